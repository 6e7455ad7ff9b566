import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkFault, isPassFault, passFaults, streamFaults } from './faults.ts';
import type { Fault, Parsed, PassFault } from './faults.ts';
import { respond } from './server.ts';
import type { ExtraHandler } from './server.ts';
import type { Site, Simulator } from './simulator.ts';

const maximumBody = 64 * 1024;

/** The body as JSON; undefined when it is too long or none. */
const readJson = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Buffer);
    length += bytes.length;
    if (length > maximumBody) return undefined;
    chunks.push(bytes);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
  } catch {
    return undefined;
  }
};

const overview = (sites: readonly Site[]): object => ({
  streams: sites.map(({ stream, traffic }) => ({
    key: stream.key,
    streamId: stream.streamId,
    site: stream.site,
    track: stream.track,
    oldestSeq: stream.ring.oldestSeq,
    latestSeq: stream.ring.latestSeq,
    acknowledged: stream.acknowledged,
    clients: [...stream.connections].map(({ remote, cursor, acknowledged, sent }) => ({
      remote,
      nextSeq: cursor,
      acknowledged,
      sent,
    })),
    waitingFaults: traffic.waiting(),
  })),
  faults: { pass: passFaults, stream: streamFaults },
});

const faultList = (value: unknown): PassFault[] | string => {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return 'faults must be a list';
  const faults: PassFault[] = [];
  for (const entry of value) {
    const checked = checkFault(entry);
    if (!checked.ok) return checked.error;
    if (!isPassFault(checked.value)) return `${checked.value.name} is not a fault of a pass`;
    faults.push(checked.value);
  }
  return faults;
};

interface ControlOptions {
  sites: readonly Site[];
  inject: (input: unknown) => Parsed<Fault>;
  runPass: Simulator['runPass'];
}

/**
 * `GET /control` tells the state and the faults, `POST /control/fault` injects one, `POST /control/pass` runs one
 * pass at once: {stream?, kind?, faults?, instant?}.
 */
export const createControl = ({ sites, inject, runPass }: ControlOptions): ExtraHandler => {
  const fault = (response: ServerResponse, body: unknown): void => {
    const result = inject(body);
    if (result.ok) respond(response, 200, { accepted: result.value });
    else respond(response, 400, { error: result.error });
  };
  const pass = async (response: ServerResponse, body: unknown): Promise<void> => {
    const asked: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
    const faults = faultList(asked['faults']);
    const stream = typeof asked['stream'] === 'string' ? asked['stream'] : sites[0]?.stream.key;
    const known = sites.some((site) => site.stream.key === stream);
    if (typeof faults === 'string' || stream === undefined || !known) {
      respond(response, 400, { error: typeof faults === 'string' ? faults : `no stream ${String(stream)}` });
      return;
    }
    const kind = asked['kind'] === 'truck' || asked['kind'] === 'passenger' ? asked['kind'] : undefined;
    const instant = asked['instant'] === true;
    respond(response, 200, await runPass({ stream, faults, instant, ...(kind && { kind }) }));
  };
  return (request, response, path) => {
    if (request.method === 'GET' && path === '/control') {
      respond(response, 200, overview(sites));
      return true;
    }
    if (request.method !== 'POST' || (path !== '/control/fault' && path !== '/control/pass')) return false;
    void readJson(request).then((body) =>
      body === undefined
        ? respond(response, 400, { error: 'the body must be JSON' })
        : path === '/control/fault'
          ? fault(response, body)
          : pass(response, body),
    );
    return true;
  };
};
