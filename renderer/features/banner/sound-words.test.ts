import { expect, test } from 'vitest';
import type { SoundState } from '../../../contract/domain.ts';
import { soundStanding } from './sound-words.ts';

const sound = (changed: Partial<SoundState> = {}): SoundState => ({ volume: 0.8, device: 'ok', ...changed });

test.each([
  [sound(), 'quiet'],
  [sound({ device: 'starting' }), 'starting'],
  [sound({ sounding: 'critical' }), 'sounding'],
  [sound({ sounding: 'critical', silencedUntil: 2000 }), 'silenced'],
  [sound({ sounding: 'critical', silencedUntil: 900 }), 'sounding'],
  [sound({ sounding: 'critical', silencedUntil: 2000, mutedUntil: 3000 }), 'muted'],
  [sound({ sounding: 'critical', mutedUntil: 1000 }), 'sounding'],
  [sound({ sounding: 'critical', mutedUntil: 3000, device: 'missing' }), 'missing'],
])('%j is %s at 1000', (state, expected) => {
  expect(soundStanding(state, 1000)).toBe(expected);
});
