import { fileURLToPath } from 'node:url';
import type { Alert, RejectedMessage, SystemStatus } from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';
import type { Page } from '../../contract/results.ts';
import type { FromDesktop, ToDesktop } from './desktop-core.ts';
import { configureWorkstation, startProgram } from './workstation-process.ts';
import type { Program, WorkstationOptions } from './workstation-process.ts';

const script = fileURLToPath(new URL('./desktop-core.ts', import.meta.url));

export interface Desktop extends Program {
  /** The latest status a window was told; undefined before the first. */
  readonly status: () => SystemStatus | undefined;
  /** What the desktop was asked to notify, in order, with the time of the request, ms since the epoch. */
  readonly notified: readonly { readonly alert: Alert; readonly at: number }[];
  /** The desktop has shown these. */
  mark(alertIds: readonly string[]): Promise<void>;
  rejected(limit: number, cursor?: string): Promise<Page<RejectedMessage>>;
  alerts(): Promise<readonly Alert[]>;
  /** ms for which its main thread was busy without a pause, at most, since the last question. */
  heldUp(): Promise<number>;
}

function valueOf<T>(result: unknown): T {
  const answered = result as Result<T>;
  if (!answered.ok) throw new Error(answered.error.message);
  return answered.value;
}

/** The desktop's core, everything but windows, as a process of its own. */
export async function startDesktop(options: WorkstationOptions): Promise<Desktop> {
  const { file, environment, within } = await configureWorkstation(options);
  const program = startProgram([script, '--config', file], environment, within);
  let status: SystemStatus | undefined;
  const notified: { alert: Alert; at: number }[] = [];
  const waiting: ((result: unknown) => void)[] = [];
  program.child.on('message', (message: FromDesktop) => {
    if (message.kind === 'status') status = message.status;
    else if (message.kind === 'notified') notified.push({ alert: message.alert, at: Date.now() });
    else waiting.shift()?.(message.result);
  });
  // One question at a time.
  const ask = (message: ToDesktop): Promise<unknown> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      program.child.send(message);
    });
  return {
    ...program,
    status: () => status,
    notified,
    mark: async (alertIds) => {
      await ask({ kind: 'mark', alertIds });
    },
    rejected: async (limit, cursor) =>
      valueOf(await ask({ kind: 'rejected', limit, ...(cursor && { cursor }) })),
    heldUp: async () => Number(await ask({ kind: 'held-up' })),
    alerts: async () => valueOf<Page<Alert>>(await ask({ kind: 'alerts' })).items,
  };
}
