import { describe, expect, test } from 'vitest';
import { passFaults } from './faults.ts';
import type { PassFault, PassFaultName } from './faults.ts';
import { buildFleet } from './fleet.ts';
import { generatePass } from './generate.ts';
import type { GeneratedPass } from './generate.ts';
import { fixedPosition } from './positions.ts';
import type { Measurement, PassEvent } from './protocol.ts';
import { createRoster, createTraffic } from './traffic.ts';

const fleet = buildFleet('unit');
const startedAt = Date.UTC(2026, 10, 21, 9, 0);
const make = (faults: PassFault[] = [], more: object = {}): GeneratedPass =>
  generatePass({ seed: 'unit', fleet, startedAt, tidy: true, kind: 'truck', faults, ...more });

type Of<Type extends PassEvent['type']> = Extract<PassEvent, { type: Type }>;
const eventsOf = <Type extends PassEvent['type']>(pass: GeneratedPass, type: Type): Of<Type>[] =>
  pass.events.filter((event): event is Of<Type> => event.type === type);

/** All measurements of a spring in the order of the stream. */
const measurements = (pass: GeneratedPass, index: number, position: string): Measurement[] => {
  const identified = eventsOf(pass, 'vehicle.identified').find((event) => event.index === index);
  const { axles, leadingEnd } = identified ?? { axles: 4, leadingEnd: 'A' as const };
  return eventsOf(pass, 'springs.measured')
    .filter((event) => event.index === index)
    .flatMap((event) => event.measurements)
    .filter((measurement) => fixedPosition(measurement, axles, leadingEnd) === position);
};

const at = { vehicle: 7, position: '2La' } as const;

describe('a pass', () => {
  test('is the same for the same seed and start, and another for another', () => {
    expect(make()).toEqual(make());
    expect(make([], { seed: 'else' }).passId).not.toBe(make().passId);
    expect(make([], { startedAt: startedAt + 1 }).passId).not.toBe(make().passId);
  });

  test.each([
    ['truck', 36],
    ['passenger', 28],
  ] as const)('of a %s shuttle has %i vehicles, each identified and seen from both sides', (kind, count) => {
    const pass = make([], { kind });
    expect(eventsOf(pass, 'vehicle.identified').map(({ index }) => index)).toEqual(
      Array.from({ length: count }, (_, index) => index + 1),
    );
    const measured = eventsOf(pass, 'springs.measured');
    expect(measured).toHaveLength(count * 2);
    for (const event of measured) expect(event.measurements).toHaveLength(8);
    expect(pass.events[0]?.type).toBe('pass.started');
    expect(pass.events.at(-1)).toMatchObject({ type: 'pass.completed', vehicleCount: count });
  });

  test('takes between 21 and 75 seconds, and less when time is accelerated', () => {
    for (const [speedKmh, seconds] of [
      [140, 21.5],
      [40, 75.2],
    ] as const) {
      const pass = make([], { speedKmh });
      expect((pass.endsAt - startedAt) / 1000).toBeCloseTo(seconds, 0);
      expect((make([], { speedKmh, acceleration: 10 }).endsAt - startedAt) / 1000).toBeCloseTo(
        seconds / 10,
        1,
      );
    }
  });

  test('the other way round the same vehicles come in the opposite order with the other end first', () => {
    const rake = fleet.rakes[0];
    if (rake === undefined) throw new Error('an empty fleet');
    const there = eventsOf(make([], { rake, direction: 'uk-fr' }), 'vehicle.identified');
    const back = eventsOf(make([], { rake, direction: 'fr-uk' }), 'vehicle.identified').toReversed();
    expect(back.map(({ vehicleNumber }) => vehicleNumber)).toEqual(
      there.map(({ vehicleNumber }) => vehicleNumber),
    );
    expect(there.every(({ leadingEnd }, index) => leadingEnd !== back[index]?.leadingEnd)).toBe(true);
  });

  test('load moves the springs of a vehicle together: the same spring stays near the same place among them', () => {
    const rake = fleet.rakes[0];
    const relative = [0, 1, 2, 3, 4, 5].map((day) => {
      const pass = make([], { rake, direction: 'uk-fr', startedAt: startedAt + day * 86_400_000 });
      const heights = ['1La', '1Lb', '2La', '2Lb', '3La', '3Lb', '4La', '4Lb'].map(
        (code) => measurements(pass, 10, code)[0]?.heightMm ?? 0,
      );
      return {
        absolute: heights[2] ?? 0,
        relative: (heights[2] ?? 0) - (heights.toSorted((one, two) => one - two)[3] ?? 0),
      };
    });
    const spread = (values: number[]): number => Math.max(...values) - Math.min(...values);
    expect(spread(relative.map(({ absolute }) => absolute))).toBeGreaterThan(3);
    expect(spread(relative.map((entry) => entry.relative))).toBeLessThan(4);
  });
});

describe('faults of a pass', () => {
  test.each(Object.keys(passFaults) as PassFaultName[])('%s changes the pass and is noted', (name) => {
    const pass = make([{ name, ...at, ...(name === 'settling' && { millimetres: 7 }) }]);
    expect(pass.notApplied).toEqual([]);
    expect(pass.injections).toMatchObject([{ fault: name }]);
    expect(pass.events).not.toEqual(make().events);
  });

  test.each(['broken', 'missing', 'solid', 'displaced'] as const)(
    '%s shows at its fixed position',
    (defect) => {
      const pass = make([{ name: defect, ...at }]);
      expect(measurements(pass, 7, '2La')).toMatchObject([{ defect }]);
      const all = eventsOf(pass, 'springs.measured').flatMap((event) => event.measurements);
      expect(all.filter((measurement) => measurement.defect !== 'none')).toHaveLength(1);
    },
  );

  test('asymmetry is the difference asked for, without breaking a limit', () => {
    const pass = make([{ name: 'asymmetry', ...at, millimetres: 15 }]);
    const [left, right] = ['2La', '2Ra'].map((code) => measurements(pass, 7, code)[0]?.heightMm ?? 0);
    expect(Math.abs((left ?? 0) - (right ?? 0))).toBeCloseTo(15, 5);
  });

  test('conflict and refined say two things of one spring, the late measurement after the end', () => {
    expect(measurements(make([{ name: 'conflict', ...at }]), 7, '2La')).toHaveLength(2);
    expect(measurements(make([{ name: 'refined', ...at }]), 7, '2La')).toMatchObject([
      { heightMm: 172 },
      { confidence: 0.97 },
    ]);
    expect(make([{ name: 'late-measurement', ...at }]).events.at(-1)).toMatchObject({
      type: 'springs.measured',
      index: 7,
    });
  });

  test('a blind side has no measurement at all', () => {
    const pass = make([{ name: 'camera-blind', side: 'right' }]);
    expect(
      eventsOf(pass, 'springs.measured').every(({ measurements: all }) =>
        all.every(({ side }) => side === 'left'),
      ),
    ).toBe(true);
  });

  test('identities: contradicted, absent, late, of an unknown type with six axles', () => {
    const about = (name: PassFaultName): Of<'vehicle.identified'>[] =>
      eventsOf(make([{ name, ...at }]), 'vehicle.identified').filter(({ index }) => index === 7);
    expect(new Set(about('identity-contradiction').map(({ vehicleNumber }) => vehicleNumber)).size).toBe(2);
    expect(about('unidentified')).toEqual([]);
    expect(about('unknown-type')).toMatchObject([{ axles: 6, vehicleType: 'carrier-mystery' }]);
    expect(make([{ name: 'late-identification', ...at }]).events.at(-1)).toMatchObject({
      type: 'vehicle.identified',
      index: 7,
    });
  });

  test('endings: aborted, abandoned, fewer vehicles than seen', () => {
    expect(make([{ name: 'aborted' }]).events.at(-1)?.type).toBe('pass.aborted');
    expect(make([{ name: 'abandoned' }]).events.at(-1)?.type).toBe('springs.measured');
    expect(eventsOf(make([{ name: 'count-mismatch', count: 2 }]), 'pass.completed')).toMatchObject([
      { vehicleCount: 34 },
    ]);
  });

  test('strings that attack keep to the lengths of the protocol', () => {
    for (const kind of ['proto', 'html', 'sql', 'formula', 'nul', 'surrogate']) {
      const pass = make([{ name: 'hostile', ...at, kind }]);
      expect(pass.trainNumber.length).toBeLessThanOrEqual(12);
      for (const { vehicleNumber } of eventsOf(pass, 'vehicle.identified'))
        expect(vehicleNumber.length).toBeLessThanOrEqual(20);
    }
  });

  test('a fault of a vehicle or position that is not there is told', () => {
    expect(make([{ name: 'broken', vehicle: 99 }]).notApplied).toHaveLength(1);
    expect(make([{ name: 'broken', number: '0000 0000' }]).notApplied).toHaveLength(1);
    expect(make([{ name: 'broken', vehicle: 1, position: '8La' }]).notApplied).toHaveLength(1);
  });
});

test('in traffic a lasting fault stays with its steel, and settling goes on', () => {
  const rake = fleet.rakes[1];
  if (rake === undefined) throw new Error('a fleet of one train');
  const traffic = createTraffic({
    seed: 'unit',
    fleet,
    roster: createRoster(fleet),
    track: 'T1',
    cameras: { left: 'F1L', right: 'F1R' },
    tidy: true,
  });
  traffic.inject({ name: 'settling', vehicle: 9, position: '3Rb', perPass: 2 });
  traffic.inject({ name: 'unseen-spring', vehicle: 4, position: '1Lb', passes: 3 });
  const passes = [0, 1, 2, 3].map((step) =>
    traffic.next(startedAt + step * 3_600_000, { rake, direction: step % 2 === 0 ? 'uk-fr' : 'fr-uk' }),
  );
  const named = passes.map(({ injections }) => injections.find(({ fault }) => fault === 'settling'));
  expect(named.map((injection) => injection?.vehicleNumber)).toEqual(Array(4).fill(rake.vehicles[8]?.number));
  expect(named.map((injection) => injection?.vehicleIndex)).toEqual([9, 28, 9, 28]);
  expect(passes.map(({ injections }) => injections.some(({ fault }) => fault === 'unseen-spring'))).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect(traffic.waiting()).toMatchObject([
    { name: 'settling', number: rake.vehicles[8]?.number, position: '3Rb' },
  ]);
});
