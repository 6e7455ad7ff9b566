import type { Change } from '../../contract/changes.ts';
import type { Alert, Role, Session, SettingKey, SoundName, SoundState } from '../../contract/domain.ts';
import type { CheckedInputs } from '../../contract/inputs.ts';
import type { SoundCommand } from '../../contract/results.ts';
import type { Act } from '../audit/act.ts';
import { entryOf } from '../audit/entry.ts';
import type { AuditTrail } from '../audit/trail.ts';
import { createSoundPolicy } from './sound-policy.ts';
import type { Moment, SoundInput, SoundStep } from './sound-policy.ts';

/** What a sound plays late at most, ms. */
const tickMs = 200;
const volumeKey = 'sound.volume';
/** Alerts that an audit entry names. */
const mostNamed = 200;

type Fields = Readonly<Record<string, unknown>>;

export interface SoundOptions {
  /** Small values that outlive a restart. */
  readonly keyValue: {
    get(key: string): Promise<string | undefined>;
    set(key: string, value: string): Promise<void>;
  };
  readonly trail: Pick<AuditTrail, 'record'>;
  readonly settings: { current(key: SettingKey): number };
  readonly session: () => Session;
  readonly clock: { now(): number; monotonic(): number };
  readonly log: { debug(fields: Fields, message: string): void; warn(fields: Fields, message: string): void };
  /** The state of the sound is another one. */
  readonly onState: (state: SoundState) => void;
}

export interface SoundController {
  /** Takes alerts and status, and ignores the rest. Returns at once: the sound is decided after the caller is done. */
  changed(changes: readonly Change[]): void;
  /**
   * Compares with all that wait for somebody on record: at the start, and when the record itself is another one (an
   * alert that is gone from it calls for nobody). What is told while they are read is newer. Never rejects.
   */
  compare(read: () => Promise<readonly Alert[]>): Promise<void>;
  state(): SoundState;
  /** What the window that plays does next; a later listener is not told again. */
  onCommand(listener: (command: SoundCommand) => void): () => void;
  silence(alertIds: readonly string[] | undefined, act: Act): SoundState;
  /** 0.2 to 1. */
  setVolume(volume: number): SoundState;
  mute(minutes: number, act: Act): SoundState;
  unmute(act: Act): SoundState;
  test(sound: SoundName): SoundState;
  report(report: CheckedInputs['sound.report']): void;
  /** The page that plays is gone or being loaded: what calls is sounded anew when it reports again. */
  windowGone(): void;
  stop(): void;
}

const supervises: Readonly<Record<Role, boolean>> = {
  viewer: false,
  operator: false,
  supervisor: true,
  admin: true,
};

/** The sound of this workstation: feeds the policy and tells the window that plays what to do. */
export function createSoundController(options: SoundOptions): SoundController {
  const { clock, log, settings, trail } = options;
  const policy = createSoundPolicy();
  const listeners = new Set<(command: SoundCommand) => void>();
  let told = JSON.stringify(policy.state());
  let played = 0;
  let waiting: Change[] = [];
  let soon: NodeJS.Immediate | undefined;
  /** Of which more was heard while the record is being read. */
  const newer = new Set<Set<string>>();

  const moment = (): Moment => ({ monotonic: clock.monotonic(), wall: clock.now() });

  function tell(step: SoundStep): void {
    if (step.kind === 'play') played += 1;
    const playId = `${played}`;
    log.debug({ ...step, playId }, 'sound');
    const command: SoundCommand =
      step.kind === 'play'
        ? { kind: 'play', sound: step.sound, volume: step.volume, playId }
        : { kind: 'stop' };
    for (const listener of listeners) listener(command);
  }

  function apply(input: SoundInput): SoundState {
    for (const step of policy.apply(input, moment())) tell(step);
    const state = policy.state();
    const text = JSON.stringify(state);
    if (text !== told) {
      told = text;
      options.onState(state);
    }
    return state;
  }

  function learn(): void {
    soon = undefined;
    const changes = waiting;
    waiting = [];
    const alerts = changes.flatMap((change): Alert[] => (change.kind === 'alert' ? [change.alert] : []));
    const status = changes.findLast((change) => change.kind === 'status');
    for (const ids of newer) for (const { id } of alerts) ids.add(id);
    if (alerts.length > 0) apply({ kind: 'alerts', alerts });
    if (status) apply({ kind: 'status', status: status.status });
  }

  function flush(): void {
    if (!soon) return;
    clearImmediate(soon);
    learn();
  }

  /** Session and settings are read, not followed: who is there at the time of the sound is what counts. */
  function tick(): void {
    const { role, ownRole } = options.session();
    // Also while the screen of a supervisor is locked.
    apply({ kind: 'supervised', supervised: supervises[ownRole ?? role] });
    apply({
      kind: 'settings',
      soundAgainMs: settings.current('alerts.soundAgainSeconds') * 1_000,
      escalateAfterMs: settings.current('alerts.escalateAfterSeconds') * 1_000,
    });
  }

  options.keyValue.get(volumeKey).then(
    (kept) => {
      const volume = Number(kept);
      if (kept !== undefined && Number.isFinite(volume)) apply({ kind: 'volume', volume });
    },
    (error: unknown) => log.warn({ error }, 'the volume of the last time is not known'),
  );
  tick();
  const timer = setInterval(tick, tickMs);
  // The windows keep the program running, and the core that serves without them is kept by its links.
  timer.unref();

  return {
    changed(changes) {
      const relevant = changes.filter(({ kind }) => kind === 'alert' || kind === 'status');
      if (relevant.length === 0) return;
      waiting = waiting.concat(relevant);
      soon ??= setImmediate(learn);
    },
    async compare(read) {
      flush();
      const since = new Set<string>();
      newer.add(since);
      try {
        const alerts = await read();
        flush();
        apply({ kind: 'record', alerts, newer: since });
      } catch (error) {
        log.warn({ error }, 'the alerts that wait could not be read for the sound');
      } finally {
        newer.delete(since);
      }
    },
    state: () => policy.state(),
    onCommand(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    silence(alertIds, act) {
      // What was announced before the person pressed the key is silenced with the rest.
      flush();
      const state = apply({ kind: 'silence', alertIds });
      const silenced = policy.silenced();
      const [only] = silenced;
      if (only === undefined) return state;
      const subject =
        silenced.length === 1
          ? { entity: 'alert', entityId: only }
          : { entity: 'workstation', entityId: act.workstation };
      const after = {
        alerts: silenced.length,
        alertIds: silenced.slice(0, mostNamed),
        until: state.silencedUntil,
      };
      trail.record(entryOf(act, { action: 'alert.silence', ...subject, after }));
      return state;
    },
    setVolume(volume) {
      const state = apply({ kind: 'volume', volume });
      options.keyValue.set(volumeKey, String(state.volume)).catch((error: unknown) => {
        log.warn({ error }, 'the volume could not be kept');
      });
      return state;
    },
    mute(minutes, act) {
      const state = apply({ kind: 'mute', minutes, by: act.actor });
      trail.record(
        entryOf(act, {
          action: 'sound.mute',
          entity: 'workstation',
          entityId: act.workstation,
          after: { minutes, until: state.mutedUntil },
        }),
      );
      return state;
    },
    unmute(act) {
      const { mutedUntil, mutedBy } = policy.state();
      const state = apply({ kind: 'unmute' });
      if (mutedUntil === undefined) return state;
      trail.record(
        entryOf(act, {
          action: 'sound.unmute',
          entity: 'workstation',
          entityId: act.workstation,
          before: { mutedUntil, mutedBy },
        }),
      );
      return state;
    },
    test: (sound) => apply({ kind: 'test', sound }),
    report({ device, playedId }) {
      if (playedId !== undefined) log.debug({ playId: playedId, device }, 'sound played');
      if (device === 'missing' && policy.state().device !== device) {
        log.warn({}, 'this machine has nothing to play sounds with');
      }
      apply({ kind: 'device', device });
    },
    windowGone() {
      apply({ kind: 'device', device: 'starting' });
    },
    stop() {
      clearInterval(timer);
      clearImmediate(soon);
      listeners.clear();
    },
  };
}
