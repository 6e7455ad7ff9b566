import { startDesktop } from '../desktop/index.ts';
import type { PassEvent } from '../simulator/protocol.ts';
import type { BenchDatabase } from './database.ts';
import { startDatabase } from './database.ts';
import type { CameraSource, OnSend } from './camera-burst.ts';
import { release, startCameras, textsOf, token } from './camera-burst.ts';
import type { Scratch } from './scratch.ts';
import { dayOfPasses } from './train-load.ts';
import { configureWorkstation } from './workstation.ts';

/** A display, a database, a camera site, and a data directory for one workstation. */
export interface Site {
  readonly shared: BenchDatabase;
  readonly cameras: CameraSource;
  /** Of what is started on this site. */
  readonly environment: Readonly<Record<string, string>>;
  /** Of the empty application. */
  readonly emptyEnvironment: Readonly<Record<string, string>>;
  /** Ids of the passes of the last day, oldest first; sent when the first client comes. */
  readonly passIds: readonly string[];
}

/** The environment that puts windows on a desktop of our own. */
export async function display(scratch: Scratch): Promise<Readonly<Record<string, string>>> {
  if (process.platform !== 'linux') return {};
  const desktop = await startDesktop();
  scratch.atEnd(() => desktop.stop());
  return desktop.env;
}

/** Everything around an application; the cameras have a day of traffic to tell, and no train is passing. */
export async function startSite(scratch: Scratch, onSend?: OnSend): Promise<Site> {
  const screen = await display(scratch);
  const shared = await startDatabase(scratch);
  const cameras = await startCameras(scratch, onSend);
  const events: readonly PassEvent[] = dayOfPasses('site');
  release(cameras.stream, textsOf(events, 1));
  const directory = await scratch.directory();
  const camera = { url: cameras.url, token };
  const own = await configureWorkstation(directory, shared.database, [camera]);
  return {
    shared,
    cameras,
    environment: { ...screen, ...own },
    emptyEnvironment: { ...screen, VICORE_DATA_DIR: await scratch.directory() },
    passIds: events.flatMap((event) => (event.type === 'pass.started' ? [event.passId] : [])),
  };
}
