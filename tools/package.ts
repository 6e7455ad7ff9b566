/**
 * `npm run package`: the installers of this system, in dist/. `-- --dir` makes the unpacked application only.
 *
 * electron-builder fetches Electron and its own helpers from GitHub. Where that cannot be reached, the
 * unpacked application is still made, on the fallback runtime: that proves the packaging (contents, archive,
 * fuses), but it is not for shipping, and the command fails so that nobody takes it for a release.
 */
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build, Platform } from 'electron-builder';
import type { Configuration } from 'electron-builder';
import { ensureBuild } from './setup/build.mjs';
import { electronRuntime, reportAndFail, root, SetupError } from './setup/index.mjs';

const config = join(root, 'electron-builder.yml');
const runtime = electronRuntime();
const fallback = runtime.env.VICORE_SQLITE_MODULE !== undefined;

async function makeDirectory(): Promise<void> {
  const unpacked: Configuration = {
    extends: config,
    electronVersion: runtime.version,
    electronDist: dirname(runtime.executable),
    // The fallback's loader takes the place of Electron's default app, which electron-builder removes itself.
    afterPack: ({ appOutDir }) => rm(join(appOutDir, 'resources', 'app'), { recursive: true, force: true }),
  };
  await build({ projectDir: root, targets: Platform.current().createTarget('dir'), config: unpacked });
}

try {
  await ensureBuild({ always: true });
  if (fallback) {
    await makeDirectory();
    throw new SetupError(
      'No installers were made: Electron and the installer tools come from GitHub, which this machine does not ' +
        `reach.\nThe unpacked application in ${join(root, 'dist')} rests on the fallback runtime ` +
        `(Electron ${runtime.version}): look at it, do not ship it. Run npm run package on a machine with access ` +
        'to GitHub, or set ELECTRON_MIRROR and ELECTRON_BUILDER_BINARIES_MIRROR to mirrors within reach.',
    );
  }
  if (process.argv.includes('--dir')) await makeDirectory();
  else await build({ projectDir: root, config });
} catch (error) {
  reportAndFail(error);
}
