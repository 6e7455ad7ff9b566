import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { soundLength, soundPatterns } from '../../main/alerts/sound-patterns.ts';
import { render, sampleRate } from '../../tools/sounds/synthesis.ts';
import { decodeWav } from '../../tools/sounds/wav.ts';
import { heardPulses, partialsOf } from '../shared/sound-measure.ts';
import { createSoundDesk, soundingAlert, statusWith } from '../shared/sound-desk.ts';
import type { SoundDesk } from '../shared/sound-desk.ts';

const root = resolve(import.meta.dirname, '../..');
const output = join(root, 'tests/output');
const names = Object.keys(soundPatterns) as (keyof typeof soundPatterns)[];
const shipped = (name: string) => decodeWav(readFileSync(join(root, 'resources/sounds', `${name}.wav`)));

describe.each(names)('the sound %s that is shipped', (name) => {
  const { samples, sampleRate: rate } = shipped(name);
  const pulses = heardPulses(samples, rate);

  test('is what its pattern renders to', () => {
    const fresh = render(soundPatterns[name]);
    expect(rate).toBe(sampleRate);
    expect(samples).toHaveLength(fresh.length);
    // Another machine's sine may round the last bit differently.
    expect(samples.every((sample, index) => Math.abs(sample - (fresh[index] ?? 0)) <= 1)).toBe(true);
  });

  test('is not clipped, and begins and ends in silence', () => {
    const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(loudest).toBeGreaterThan(0.5 * 32_767);
    expect(loudest).toBeLessThan(0.95 * 32_767);
    expect(Math.abs(samples[0] ?? 1)).toBeLessThan(100);
    expect(samples.at(-1)).toBe(0);
    const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
    expect(Math.abs(mean)).toBeLessThan(33);
  });

  test('has as many pulses as the policy counts on, when it counts on them', () => {
    const expected = soundPatterns[name].pulses;
    expect(pulses).toHaveLength(expected.length);
    for (const [index, pulse] of pulses.entries()) {
      const wanted = expected[index];
      if (!wanted) throw new Error('a pulse too many');
      // Their edges rise slowly: what is heard is a little shorter.
      expect(Math.abs(pulse.at - wanted.at)).toBeLessThan(0.15 * wanted.length);
      expect(pulse.length).toBeGreaterThan(0.75 * wanted.length);
      expect(pulse.length).toBeLessThanOrEqual(wanted.length + 5);
    }
  });

  test('has fundamentals of 150 to 1000 Hz with at least four harmonics', () => {
    for (const [index, pulse] of pulses.entries()) {
      const { fundamental, harmonics } = partialsOf(samples, rate, pulse);
      expect(fundamental).toBeGreaterThanOrEqual(150);
      expect(fundamental).toBeLessThanOrEqual(1_000);
      expect(Math.abs(fundamental - (soundPatterns[name].pulses[index]?.hertz ?? 0))).toBeLessThan(5);
      // Within 15 dB of the fundamental.
      expect(harmonics.filter(({ decibels }) => decibels > -15).length).toBeGreaterThanOrEqual(4);
    }
    const measured = pulses.map((pulse) => ({ ...pulse, ...partialsOf(samples, rate, pulse) }));
    mkdirSync(join(output, 'sounds'), { recursive: true });
    writeFileSync(
      join(output, 'sounds', `${name}.json`),
      JSON.stringify({ name, milliseconds: soundLength(name), pulses: measured }, undefined, 2),
    );
  });
});

test('a falling pair is a loss, a rising one a return, and no two sounds are alike', () => {
  const steps = (name: keyof typeof soundPatterns) => {
    const { samples, sampleRate: rate } = shipped(name);
    return heardPulses(samples, rate).map((pulse) => partialsOf(samples, rate, pulse).fundamental);
  };
  const [lostFirst = 0, lostThen = 0] = steps('link-lost');
  const [backFirst = 0, backThen = 0] = steps('link-restored');
  expect(lostThen).toBeLessThan(lostFirst);
  expect(backThen).toBeGreaterThan(backFirst);
  const rhythms = names.map((name) => JSON.stringify(soundPatterns[name].pulses));
  expect(new Set(rhythms).size).toBe(names.length);
});

/** An hour at a supervisor's workstation, as far as sound goes: every rule of the policy once. */
const story: readonly (readonly [at: number, what: string, act: (desk: SoundDesk) => void])[] = [
  [0, 'a supervisor works here', (desk) => desk.apply({ kind: 'supervised', supervised: true })],
  [1, 'a warning is raised', (desk) => desk.raise(soundingAlert('w', { severity: 'warning' }))],
  [
    35,
    'three critical alerts of one vehicle',
    (desk) => desk.raise(...['a', 'b', 'c'].map((id) => soundingAlert(id))),
  ],
  [50, 'F8: everything is silenced', (desk) => desk.apply({ kind: 'silence' })],
  [
    95,
    'nobody took them: they escalate',
    (desk) => desk.raise(...['a', 'b', 'c'].map((id) => soundingAlert(id, { escalatedAt: 1 }))),
  ],
  [
    120,
    'all three are acknowledged on another workstation',
    (desk) => desk.raise(...['a', 'b', 'c'].map((id) => soundingAlert(id, { state: 'active-acknowledged' }))),
  ],
  [
    130,
    'the warning is shelved for two minutes',
    (desk) =>
      desk.raise(
        soundingAlert('w', { severity: 'warning', shelvedUntil: 1_800_000_000_000 + desk.now() + 120_000 }),
      ),
  ],
  [
    150,
    'the database goes away',
    (desk) => desk.apply({ kind: 'status', status: statusWith('live', 'away') }),
  ],
  [200, 'the clock is set an hour back', (desk) => desk.setClock(-3_600_000)],
  [
    220,
    'the database is back',
    (desk) => desk.apply({ kind: 'status', status: statusWith('live', 'connected') }),
  ],
  [
    260,
    'the sound is muted for a minute',
    (desk) => desk.apply({ kind: 'mute', minutes: 1, by: 'Sophie Lambert' }),
  ],
  [270, 'the warning rises to critical', (desk) => desk.raise(soundingAlert('w'))],
  [
    335,
    'the measurement is corrected',
    (desk) => desk.raise(soundingAlert('w', { state: 'cleared-unacknowledged' })),
  ],
  [350, 'the loudspeaker is tested', (desk) => desk.apply({ kind: 'test', sound: 'link-lost' })],
];

test('the recording of what plays when', () => {
  const desk = createSoundDesk();
  const lines: { readonly second: number; readonly event: string }[] = [];
  for (const [second, what, act] of story) {
    desk.pass(second * 1_000 - desk.now());
    lines.push({ second, event: what });
    act(desk);
  }
  desk.pass(60_000);
  const played = desk.steps.map(({ at, kind, why, ...rest }) => ({
    second: at / 1_000,
    [kind]: 'sound' in rest ? rest.sound : true,
    why,
  }));
  mkdirSync(output, { recursive: true });
  const recording = [...lines, ...played].toSorted((a, b) => a.second - b.second);
  writeFileSync(join(output, 'sound-policy.json'), JSON.stringify(recording, undefined, 2));

  expect(desk.steps.map((step) => [step.at / 1_000, step.kind === 'play' ? step.sound : 'stop'])).toEqual([
    [1, 'warning'],
    [31, 'warning'],
    [35, 'critical'],
    [45, 'critical'],
    [95, 'escalation'],
    [105, 'escalation'],
    [115, 'escalation'],
    [120, 'warning'],
    [152, 'link-lost'],
    [222, 'link-restored'],
    [250, 'warning'],
    [320, 'critical'],
    [330, 'critical'],
    [350, 'link-lost'],
  ]);
});
