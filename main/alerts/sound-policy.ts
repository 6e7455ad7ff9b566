import type { Alert, SoundName, SoundState, SystemStatus } from '../../contract/domain.ts';
import { callLevels, createCalls } from './sound-calls.ts';
import type { CallLevel, Moment } from './sound-calls.ts';
import { createLinkSounds } from './sound-links.ts';
import { soundLength, soundPatterns } from './sound-patterns.ts';

export type { Moment };

/** Something that the sound of this workstation depends on. */
export type SoundInput =
  | { readonly kind: 'alerts'; readonly alerts: readonly Alert[] }
  /** All that wait for somebody, as on record; of `newer` more has been heard since they were read. */
  | { readonly kind: 'record'; readonly alerts: readonly Alert[]; readonly newer: ReadonlySet<string> }
  | { readonly kind: 'status'; readonly status: SystemStatus }
  /** Without ids: everything that calls. */
  | { readonly kind: 'silence'; readonly alertIds?: readonly string[] | undefined }
  | { readonly kind: 'mute'; readonly minutes: number; readonly by: string }
  | { readonly kind: 'unmute' }
  | { readonly kind: 'volume'; readonly volume: number }
  | { readonly kind: 'test'; readonly sound: SoundName }
  | { readonly kind: 'device'; readonly device: SoundState['device'] }
  /** A supervisor works here: what escalates has its own sound. */
  | { readonly kind: 'supervised'; readonly supervised: boolean }
  | { readonly kind: 'settings'; readonly soundAgainMs: number; readonly escalateAfterMs: number }
  | { readonly kind: 'tick' };

/** What is to be done now, and why: what a test records. */
export type SoundStep =
  | {
      readonly at: number;
      readonly kind: 'play';
      readonly sound: SoundName;
      readonly volume: number;
      readonly why: string;
    }
  | { readonly at: number; readonly kind: 'stop'; readonly why: string };

export interface SoundPolicy {
  /** `tick` several times a second, everything else when it happens. */
  apply(input: SoundInput, now: Moment): readonly SoundStep[];
  state(): SoundState;
  /** Those the last `silence` was for. */
  silenced(): readonly string[];
}

export const volumeFloor = 0.2;
export const standardVolume = 0.7;
/** What begins to call is sounded no more often than this: a burst is one sound. */
const burstMs = 10_000;
/** A window that plays and says nothing for so long cannot. */
const startingMs = 10_000;
/** The shared record escalates; it has so much longer than the policy, which does it where the record does not. */
const recordMs = 15_000;
/** A sound of one moment that could not be played by then is not news any more. */
const staleMs = 10_000;

/**
 * Decides what sounds when at one workstation (docs/control-room-ux.md, sounds): no clock, no I/O, the same inputs
 * give the same sounds. Calls repeat until somebody acts; interruptions and tests are played once, after a call.
 */
export function createSoundPolicy(): SoundPolicy {
  const calls = createCalls();
  const links = createLinkSounds();
  let volume = standardVolume;
  let supervised = false;
  let settings = { soundAgainMs: 60_000, escalateAfterMs: 60_000 };
  let databaseAway = true;
  let device: SoundState['device'] = 'starting';
  let startingSince: number | undefined;
  let muted: { readonly until: number; readonly by: string } | undefined;
  let lastSilenced: readonly string[] = [];
  /** Wall clock minus the other one; kept over small differences, so that times that are shown stand still. */
  let offset = 0;
  let playing: { readonly call?: CallLevel | undefined; readonly until: number } | undefined;
  let begun: Readonly<Partial<Record<CallLevel, number>>> = {};
  let once: { readonly sound: SoundName; readonly why: string; readonly before: number } | undefined;
  let state: SoundState = { volume, device };

  /** What somebody dealt with is over: the next alert sounds at once. */
  function forgetEnded(): void {
    const audible = calls.audible(supervised);
    begun = Object.fromEntries(Object.entries(begun).filter(([level]) => audible[level as CallLevel] > 0));
  }

  function beginAnew(): void {
    begun = {};
    playing = undefined;
    calls.refresh();
  }

  function take(input: SoundInput, now: Moment): void {
    const { monotonic } = now;
    switch (input.kind) {
      case 'alerts':
        if (calls.learn(input.alerts, now, supervised)) forgetEnded();
        return;
      case 'record': {
        const alerts = input.alerts.filter(({ id }) => !input.newer.has(id));
        calls.keepOnly(new Set([...input.newer, ...alerts.map(({ id }) => id)]));
        calls.learn(alerts, now, supervised);
        forgetEnded();
        return;
      }
      case 'status':
        databaseAway = input.status.database.state !== 'connected';
        links.learn(input.status, monotonic);
        return;
      case 'silence':
        lastSilenced = calls.silence(input.alertIds, monotonic + settings.soundAgainMs);
        forgetEnded();
        return;
      case 'mute':
        muted = { until: monotonic + input.minutes * 60_000, by: input.by };
        // What calls is heard at once when the mute ends.
        begun = {};
        return;
      case 'unmute':
        muted = undefined;
        return;
      case 'volume':
        volume = Math.min(1, Math.max(volumeFloor, input.volume));
        return;
      case 'test':
        once = { sound: input.sound, why: 'test', before: monotonic + staleMs };
        return;
      case 'device':
        // A device that is back, or a window that begins anew: nobody has heard what calls now.
        if (input.device !== device) beginAnew();
        startingSince = undefined;
        device = input.device;
        return;
      case 'supervised':
        supervised = input.supervised;
        return;
      case 'settings':
        settings = { soundAgainMs: input.soundAgainMs, escalateAfterMs: input.escalateAfterMs };
        return;
      case 'tick':
        return;
    }
  }

  function pass(now: Moment): void {
    const { monotonic } = now;
    if (Math.abs(now.wall - monotonic - offset) > 500) offset = Math.round(now.wall - monotonic);
    if (muted && monotonic >= muted.until) muted = undefined;
    if (playing && monotonic >= playing.until) playing = undefined;
    if (device === 'starting') {
      startingSince ??= monotonic;
      if (monotonic - startingSince >= startingMs) {
        device = 'missing';
        beginAnew();
      }
    }
    const escalateAfterMs = settings.escalateAfterMs + (databaseAway ? 0 : recordMs);
    calls.pass(monotonic, escalateAfterMs, supervised);
    const link = links.due(monotonic);
    if (link && !muted) once = { ...link, before: monotonic + staleMs };
    if (once && (monotonic >= once.before || (muted && once.why !== 'test'))) once = undefined;
  }

  function play(sound: SoundName, call: CallLevel | undefined, why: string, at: number): SoundStep {
    playing = { call, until: at + soundLength(sound) };
    return { at, kind: 'play', sound, volume, why };
  }

  /** What must be played now of a call that goes on. */
  function callDue(level: CallLevel, at: number): string | undefined {
    const began = begun[level];
    if (began === undefined) return 'first';
    if (at - began >= (soundPatterns[level].every ?? burstMs)) return 'again';
    return at - began >= burstMs && calls.hasNews(level, supervised) ? 'new' : undefined;
  }

  function steps(at: number): SoundStep[] {
    if (device === 'starting') return [];
    const done: SoundStep[] = [];
    const audible = calls.audible(supervised);
    const level = muted ? undefined : callLevels.find((one) => audible[one] > 0);
    if (playing?.call && playing.call !== level) {
      playing = undefined;
      done.push({ at, kind: 'stop', why: muted ? 'muted' : level ? `now ${level}` : 'nothing calls' });
    }
    const why = level && callDue(level, at);
    if (level && why) {
      begun = { ...begun, [level]: at };
      calls.sounded();
      done.push(play(level, level, `${why}: ${audible[level]} ${level}`, at));
    } else if (once && !playing) {
      done.push(play(once.sound, undefined, once.why, at));
      once = undefined;
    }
    return done;
  }

  function describe(): SoundState {
    const silencedUntil = calls.silencedUntil();
    return {
      volume,
      mutedUntil: muted && muted.until + offset,
      mutedBy: muted?.by,
      silencedUntil: silencedUntil === undefined ? undefined : silencedUntil + offset,
      sounding: calls.worst(supervised),
      device,
    };
  }

  return {
    apply(input, now) {
      take(input, now);
      pass(now);
      const done = steps(now.monotonic);
      state = describe();
      return done;
    },
    state: () => state,
    silenced: () => lastSilenced,
  };
}
