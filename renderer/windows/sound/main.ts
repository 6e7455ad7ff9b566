import type { SoundApi } from '../../../contract/api.ts';
import type { SoundName } from '../../../contract/domain.ts';
import type { SoundCommand } from '../../../contract/results.ts';
import { hasOutput, watchDevices } from './device.ts';
import { createPlayer } from './player.ts';
import { soundFiles } from './sound-files.ts';

declare global {
  interface Window {
    readonly vicoreSound: SoundApi;
  }
}

type Device = 'ok' | 'missing';

async function load(): Promise<Record<SoundName, AudioBuffer>> {
  // Needs no device.
  const decoder = new OfflineAudioContext(1, 1, 48_000);
  const names = Object.keys(soundFiles) as SoundName[];
  const loaded = await Promise.all(
    names.map(async (name) => {
      const file = await fetch(soundFiles[name]);
      return [name, await decoder.decodeAudioData(await file.arrayBuffer())] as const;
    }),
  );
  return Object.fromEntries(loaded) as Record<SoundName, AudioBuffer>;
}

/** The window that plays: hidden, never throttled, and everything it does is decided by main (main/alerts/sound-policy.ts). */
async function start(): Promise<void> {
  let device: Device | undefined;
  let looking: Promise<void> | undefined;

  const report = (playedId?: string): void => {
    if (device !== undefined) void window.vicoreSound.report({ device, playedId });
  };

  async function lookNow(): Promise<void> {
    const found = await hasOutput();
    // What was opened without a device stays without one.
    if (found && device === 'missing') player.restart();
    const next: Device = found && (await player.runs()) ? 'ok' : 'missing';
    if (next === device) return;
    device = next;
    report();
  }

  const look = (): void => {
    looking ??= lookNow()
      .catch(() => {
        // Whatever the reason: nothing can be heard here.
        if (device === 'missing') return;
        device = 'missing';
        report();
      })
      .finally(() => {
        looking = undefined;
      });
  };

  const player = createPlayer(await load(), look);

  async function obey(command: SoundCommand): Promise<void> {
    if (command.kind === 'stop') {
      player.stop();
      return;
    }
    const outcome = await player.play(command.sound, command.volume);
    if (outcome === 'broken') device = 'missing';
    // In any case: main takes a page that says nothing for one that hangs.
    report(outcome === 'begun' ? command.playId : undefined);
  }
  window.vicoreSound.onCommand((command) => {
    void obey(command).catch(look);
  });
  watchDevices(look);
}

void start();
