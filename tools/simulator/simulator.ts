import { applyStreamFault } from './stream-faults.ts';
import { checkFault, isPassFault, isStreamFault } from './faults.ts';
import type { Fault, Parsed } from './faults.ts';
import { createControl } from './control.ts';
import { buildFleet } from './fleet.ts';
import type { Fleet, TrainKind } from './fleet.ts';
import type { CameraDescription, PassEvent } from './protocol.ts';
import { startServer } from './server.ts';
import { CameraStream, cameraOf } from './stream.ts';
import { Timetable } from './timetable.ts';
import type { RunOptions, RunResult } from './timetable.ts';
import { createRoster, createTraffic, generateHistory } from './traffic.ts';
import type { Traffic } from './traffic.ts';

export interface StreamSpecification {
  key: string;
  site: string;
  track: string;
  /** Made from the key and the time of the start when absent: a restart is a new stream, as its `seq` begins anew. */
  streamId?: string;
  cameras?: readonly CameraDescription[];
}

export interface SimulatorOptions {
  host?: string;
  port?: number;
  token?: string;
  seed?: string;
  streams?: readonly StreamSpecification[];
  fleet?: Fleet;
  /** Trains run by themselves (default false: only `runPass`). */
  live?: boolean;
  /** Acceleration of time (default 1). */
  speed?: number;
  /** Seconds of the trains' time between the starts of two passes of a track (default 180). */
  interval?: number;
  trains?: readonly TrainKind[];
  /** Share of passes with a random fault (default 0). */
  incidents?: number;
  tidy?: boolean;
  /** Fills the streams with so many days of passes before the start. */
  historyDays?: number;
  /** Most events kept a stream (default 120,000), of the last 24 h and of the history asked for. */
  keepEvents?: number;
  heartbeatMs?: number;
  faults?: readonly Fault[];
}

/** One stream under the simulator's control. */
export interface Site {
  stream: CameraStream;
  traffic: Traffic;
  timetable: Timetable;
}

export interface Simulator {
  port: number;
  token: string;
  fleet: Fleet;
  streams: { key: string; url: string; streamId: string; site: string; track: string }[];
  /** Clients connected now, over all streams. */
  readonly connections: number;
  /** What clients did against the protocol. */
  readonly violations: readonly string[];
  /** Highest `seq` acknowledged, by stream key or stream id; 0 at first. */
  acked(stream: string): number;
  latestSeq(stream: string): number;
  /** The `seq` and text of everything the stream still has. */
  events(stream: string): { seq: number; text: string }[];
  /** Resolves when the condition holds; asked whenever a client of the stream comes, goes, subscribes or acknowledges. */
  until(stream: string, condition: (stream: CameraStream) => boolean): Promise<void>;
  inject(fault: Fault): Parsed<Fault>;
  runPass(options?: RunOptions & { stream?: string }): Promise<RunResult>;
  /** One event of the caller's own, for what must come at a moment that the caller chooses; its `seq`. */
  send(event: PassEvent, stream?: string): number;
  stop(): Promise<void>;
}

const day = 86_400_000;
const defaultRetention = 120_000;

export const defaultStreams: readonly StreamSpecification[] = [
  { key: 't1', site: 'Folkestone T1', track: 'T1' },
  { key: 't2', site: 'Folkestone T2', track: 'T2' },
];

const camerasFor = (track: string): CameraDescription[] => {
  const number = track.replaceAll(/\D/g, '') || '1';
  return [
    { id: `F${number}L`, side: 'left', name: `Left ${number}` },
    { id: `F${number}R`, side: 'right', name: `Right ${number}` },
  ];
};

export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const { seed = 'vicore', token = 'simulator', speed = 1, interval = 180, historyDays = 0 } = options;
  const fleet = options.fleet ?? buildFleet(seed);
  const roster = createRoster(fleet);
  const begun = Date.now();
  const sites = (options.streams ?? defaultStreams).map((specification): Site => {
    const { key, site, track } = specification;
    const cameras = specification.cameras ?? camerasFor(track);
    const stream = new CameraStream({
      key,
      site,
      track,
      cameras,
      streamId:
        specification.streamId ?? `${key}-${new Date(begun).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`,
      retention: { milliseconds: day, events: options.keepEvents ?? defaultRetention },
      heartbeatMs: options.heartbeatMs ?? 5000,
    });
    const traffic = createTraffic({
      seed,
      fleet,
      roster,
      track,
      cameras: { left: cameraOf(cameras, 'left'), right: cameraOf(cameras, 'right') },
      ...(options.trains && { kinds: options.trains }),
      ...(options.incidents !== undefined && { incidents: options.incidents }),
      ...(options.tidy !== undefined && { tidy: options.tidy }),
    });
    return {
      stream,
      traffic,
      timetable: new Timetable({ stream, traffic, speed, intervalMs: interval * 1000 }),
    };
  });
  const siteOf = (name: string | undefined): Site => {
    const found =
      name === undefined
        ? sites[0]
        : sites.find(({ stream }) => stream.key === name || stream.streamId === name);
    if (found === undefined) throw new Error(`no stream ${String(name)}`);
    return found;
  };
  const inject = (input: unknown): Parsed<Fault> => {
    const checked = checkFault(input);
    if (!checked.ok) return checked;
    const fault = checked.value;
    const meant = sites.filter(({ stream }) => fault.stream === undefined || fault.stream === stream.key);
    if (meant.length === 0) return { ok: false, error: `no stream ${String(fault.stream)}` };
    for (const site of meant) {
      if (isPassFault(fault)) {
        site.traffic.inject(fault);
        site.timetable.hurry();
      } else if (isStreamFault(fault)) applyStreamFault(site, fault);
    }
    return checked;
  };
  const runPass: Simulator['runPass'] = ({ stream, ...run } = {}) => siteOf(stream).timetable.run(run);
  if (historyDays > 0) {
    for (const { stream, traffic } of sites) {
      const history = { from: begun - historyDays * day, to: begun, intervalMs: interval * 1000 };
      for (const pass of generateHistory(traffic, history)) stream.appendAll(pass.events);
    }
  }
  const server = await startServer({
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    token,
    streams: sites.map(({ stream }) => stream),
    handle: createControl({ sites, inject, runPass }),
  });
  for (const fault of options.faults ?? []) inject(fault);
  if (options.live === true) {
    sites.forEach(({ timetable }, index) =>
      timetable.start(500 + (index * interval * 1000) / speed / sites.length),
    );
  }
  return {
    port: server.port,
    token,
    fleet,
    get streams() {
      return sites.map(({ stream }) => ({
        key: stream.key,
        url: server.urlOf(stream),
        streamId: stream.streamId,
        site: stream.site,
        track: stream.track,
      }));
    },
    get connections() {
      return sites.reduce((sum, { stream }) => sum + stream.connections.size, 0);
    },
    get violations() {
      return sites.flatMap(({ stream }) => [
        ...stream.violations,
        ...[...stream.connections].flatMap((each) => each.violations),
      ]);
    },
    acked: (name) => siteOf(name).stream.acknowledged,
    latestSeq: (name) => siteOf(name).stream.ring.latestSeq,
    events: (name) => siteOf(name).stream.ring.all(),
    until: (name, condition) => siteOf(name).stream.until(condition),
    inject,
    runPass,
    send: (event, name) => siteOf(name).stream.append(event).seq,
    stop: async () => {
      for (const { timetable } of sites) timetable.stop();
      await server.stop();
    },
  };
};
