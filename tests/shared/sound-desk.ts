import type { Alert, DatabaseState, LinkState, SoundName, SystemStatus } from '../../contract/domain.ts';
import { createSoundPolicy } from '../../main/alerts/sound-policy.ts';
import type { Moment, SoundInput, SoundStep } from '../../main/alerts/sound-policy.ts';

/** How often the controller lets the policy look, ms. */
const tickMs = 200;

/** One alert, active and nobody's unless something else is said. */
export const soundingAlert = (id: string, change: Partial<Alert> = {}): Alert => ({
  id,
  rule: 'height',
  severity: 'critical',
  state: 'active-unacknowledged',
  present: true,
  raisedAt: 0,
  receivedAt: 0,
  provisional: false,
  ...change,
});

export const statusWith = (link: LinkState, database: DatabaseState): SystemStatus => ({
  at: 0,
  workstation: 'RCC-01',
  timeZone: 'Europe/London',
  sites: [],
  streams: [{ url: 'wss://cameras/t1', link, since: 0, lag: 0, cameras: [] }],
  database: { state: database },
  journalEntries: 0,
  rejectedCount: 0,
  warnings: [],
});

export interface SoundDesk {
  /** Now, ms since the desk began. */
  readonly now: () => number;
  apply(input: SoundInput): void;
  raise(...alerts: readonly Alert[]): void;
  /** Lets time go by. */
  pass(milliseconds: number): void;
  /** The calendar's clock is set: nothing that sounds may notice. */
  setClock(milliseconds: number): void;
  /** Everything that was played or stopped, oldest first. */
  readonly steps: readonly SoundStep[];
  /** When a sound began, s. */
  starts(sound?: SoundName): number[];
  readonly policy: ReturnType<typeof createSoundPolicy>;
}

/** A workstation's sound without windows and without waiting: the policy on clocks of its own. */
export function createSoundDesk(options: { readonly silentWindow?: boolean } = {}): SoundDesk {
  const policy = createSoundPolicy();
  const steps: SoundStep[] = [];
  let monotonic = 0;
  let jump = 0;
  const moment = (): Moment => ({ monotonic, wall: 1_800_000_000_000 + monotonic + jump });
  const apply = (input: SoundInput): void => {
    steps.push(...policy.apply(input, moment()));
  };
  apply({ kind: 'settings', soundAgainMs: 60_000, escalateAfterMs: 60_000 });
  apply({ kind: 'status', status: statusWith('live', 'connected') });
  if (!options.silentWindow) apply({ kind: 'device', device: 'ok' });
  return {
    now: () => monotonic,
    apply,
    raise: (...alerts) => apply({ kind: 'alerts', alerts }),
    pass(milliseconds) {
      const end = monotonic + milliseconds;
      while (monotonic < end) {
        monotonic = Math.min(end, monotonic + tickMs);
        apply({ kind: 'tick' });
      }
    },
    setClock(milliseconds) {
      jump += milliseconds;
    },
    steps,
    starts: (sound) =>
      steps.flatMap((step) =>
        step.kind === 'play' && (sound === undefined || step.sound === sound) ? [step.at / 1_000] : [],
      ),
    policy,
  };
}
