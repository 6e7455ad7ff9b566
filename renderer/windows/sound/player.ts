import type { SoundName } from '../../../contract/domain.ts';

/** Short enough to be at once, long enough not to click, s. */
const fadeS = 0.015;
/** An audio system that takes longer to begin does not work, ms. */
const resumeMs = 2_000;

export interface Player {
  /** Ends what plays. `superseded`: something else was asked for before it could begin. */
  play(sound: SoundName, volume: number): Promise<'begun' | 'superseded' | 'broken'>;
  stop(): void;
  /** Whether the audio system runs: without it nothing is heard, whatever is there of devices. */
  runs(): Promise<boolean>;
  /** Begins anew on the devices that are there now. */
  restart(): void;
}

/** Plays one sound at a time with Web Audio, without delay: all of them are in memory, decoded. */
export function createPlayer(sounds: Readonly<Record<SoundName, AudioBuffer>>, onBroken: () => void): Player {
  /** Counts what was asked for. */
  let asked = 0;
  let playing: { readonly source: AudioBufferSourceNode; readonly gain: GainNode } | undefined;

  function open(): AudioContext {
    const context = new AudioContext({ latencyHint: 'interactive' });
    // The device went while it was in use.
    context.addEventListener('error', onBroken);
    context.addEventListener('statechange', () => {
      if (context === audio && context.state !== 'running') onBroken();
    });
    return context;
  }
  let audio = open();

  async function runs(): Promise<boolean> {
    const context = audio;
    if (context.state === 'closed') return false;
    if (context.state !== 'running') {
      const late = new Promise<void>((resolve) => {
        setTimeout(resolve, resumeMs);
      });
      await Promise.race([context.resume(), late]);
    }
    return context.state === 'running';
  }

  function stop(): void {
    asked += 1;
    if (!playing) return;
    const { source, gain } = playing;
    playing = undefined;
    gain.gain.setTargetAtTime(0, audio.currentTime, fadeS / 3);
    source.stop(audio.currentTime + fadeS);
  }

  return {
    async play(sound, volume) {
      stop();
      const mine = asked;
      const can = await runs();
      if (mine !== asked) return 'superseded';
      if (!can) return 'broken';
      const source = new AudioBufferSourceNode(audio, { buffer: sounds[sound] });
      const gain = new GainNode(audio, { gain: volume });
      source.connect(gain).connect(audio.destination);
      const current = { source, gain };
      source.addEventListener('ended', () => {
        gain.disconnect();
        if (playing === current) playing = undefined;
      });
      playing = current;
      source.start();
      return 'begun';
    },
    stop,
    runs,
    restart() {
      playing = undefined;
      const before = audio;
      audio = open();
      if (before.state !== 'closed') void before.close();
    },
  };
}
