import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (...parts: readonly string[]) => resolve(import.meta.dirname, ...parts);

/** Replaced in every answer by a nonce of its own (electron/security/application-scheme.ts). */
const nonce = 'VICORE_STYLE_NONCE';

const windows = ['system', 'car', 'admin', 'sound', 'setup'].filter((kind) =>
  existsSync(at('renderer/windows', kind, 'index.html')),
);

/**
 * Targets are those of the oldest runtime that runs the build: Electron 33 (Node 20.18, Chromium 130), see
 * docs/decisions/0008-runtime-fallback.md. Its Node cannot `require()` ES modules, so main is one itself.
 */
export default defineConfig({
  main: {
    build: {
      target: 'node20',
      sourcemap: true,
      // better-sqlite3 has a binary beside it; everything else is bundled, which is what makes the start fast.
      externalizeDeps: {
        include: ['better-sqlite3'],
        exclude: ['pg', 'ws', 'zod', 'pino', 'openid-client', 'csv-stringify'],
      },
      lib: {
        entry: {
          index: at('electron/index.ts'),
          'sqlite-worker': at('main/sqlite/worker.ts'),
        },
        formats: ['es'],
      },
      rollupOptions: { output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } },
    },
  },
  preload: {
    build: {
      target: 'node20',
      sourcemap: true,
      externalizeDeps: false,
      isolatedEntries: true,
      rollupOptions: {
        input: {
          system: at('preload/system.ts'),
          car: at('preload/car.ts'),
          admin: at('preload/admin.ts'),
          sound: at('preload/sound.ts'),
          setup: at('preload/setup.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react()],
    html: { cspNonce: nonce },
    build: {
      target: 'chrome130',
      sourcemap: true,
      minify: true,
      modulePreload: { polyfill: false },
      // Inlined as data: they would bypass script-src and font-src.
      assetsInlineLimit: 0,
      rollupOptions: {
        input: Object.fromEntries(windows.map((kind) => [kind, at('renderer/windows', kind, 'index.html')])),
      },
    },
  },
});
