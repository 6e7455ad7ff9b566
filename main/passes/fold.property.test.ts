import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createScript, measured, passA } from '../../tests/shared/camera-events.ts';
import { folded } from '../../tests/shared/folded.ts';
import type { Folded } from '../../tests/shared/folded.ts';
import type { Measurement } from '../springs/measurement.ts';

const runningPosition = fc.record({
  axle: fc.integer({ min: 1, max: 4 }),
  side: fc.constantFrom<Measurement['side']>('left', 'right'),
  nest: fc.constantFrom<Measurement['nest']>('lead', 'trail'),
});

const content = fc.record({
  heightCmm: fc.option(fc.integer({ min: 17_000, max: 29_000 }), { nil: undefined }),
  confidence: fc.constantFrom(0, 0.59, 0.6, 0.79, 0.8, 0.9, 1),
  defect: fc.constantFrom<Measurement['defect']>('none', 'none', 'none', 'broken', 'displaced', 'solid'),
});

const measurement: fc.Arbitrary<Measurement> = fc
  .tuple(runningPosition, content)
  .map(([position, rest]) => ({ ...position, ...rest }));

const differentPositions = fc.uniqueArray(measurement, {
  minLength: 1,
  maxLength: 16,
  selector: ({ axle, side, nest }) => `${axle}${side}${nest}`,
});

function write(messages: readonly (readonly Measurement[])[]): ReturnType<typeof createScript> {
  const script = createScript();
  script.start();
  script.identify(1, { leadingEnd: 'B' });
  for (const measurements of messages) script.measure(1, measurements);
  script.complete(1);
  return script;
}

/** What is on record, without who measured when. */
function record({ store, alerts }: Folded): unknown {
  const vehicle = store.vehicles.get(passA)?.get(1);
  return {
    state: vehicle?.state,
    blank: vehicle?.blankCount,
    springs: vehicle?.springs.map(({ position, state, heightCmm, defect, confidence }) => ({
      position,
      state,
      heightCmm,
      defect,
      confidence,
    })),
    alerts: alerts(),
  };
}

/** Alerts that are there at the end; in between others may have come and gone. */
const lasting = (result: Folded): readonly string[] =>
  result.alerts().filter((alert) => alert.endsWith('active-unacknowledged'));

test('the order in which different positions arrive changes nothing of the springs and the lasting alerts', async () => {
  await fc.assert(
    fc.asyncProperty(
      differentPositions.chain((all) =>
        fc.tuple(
          fc.constant(all),
          fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
        ),
      ),
      async ([measurements, shuffled]) => {
        const one = await folded(write(measurements.map((single) => [single])).entries);
        const other = await folded(write(shuffled.map((single) => [single])).entries);
        expect({ ...Object(record(other)), alerts: lasting(other).map(withoutSeverity) }).toEqual({
          ...Object(record(one)),
          alerts: lasting(one).map(withoutSeverity),
        });
      },
    ),
    { numRuns: 100 },
  );
});

/** Severity latches: how far an alert rose on the way may depend on the order. */
const withoutSeverity = (alert: string): string => alert.replace(/ (?:warning|critical) /, ' ');

test('duplicates and the split into batches change nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(measurement, { minLength: 1, maxLength: 6 }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 7 }),
      fc.infiniteStream(fc.nat(3)),
      async (messages, size, repeats) => {
        const { entries } = write(messages);
        const repeated = entries.flatMap((entry, index) => {
          const back = repeats.next().value ?? 0;
          return entries.slice(Math.max(0, index - back), index).concat(entry);
        });
        const plain = await folded(entries);
        const noisy = await folded(repeated, { size });
        expect(noisy.store.passes).toEqual(plain.store.passes);
        expect(noisy.store.vehicles).toEqual(plain.store.vehicles);
        expect(noisy.store.alerts).toEqual(plain.store.alerts);
        expect(noisy.transitions).toEqual(plain.transitions);
      },
    ),
    { numRuns: 100 },
  );
});

test('a better measurement wins, wherever it comes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(content, { maxLength: 6 }), fc.nat(6), async (others, place) => {
      const best = measured({ heightCmm: 23_456, confidence: 0.95 });
      const messages = others
        .filter(({ confidence }) => confidence < 0.95)
        .map((other) => [measured({ ...other, heightCmm: other.heightCmm })]);
      messages.splice(place, 0, [best]);
      const result = await folded(write(messages).entries);
      const spring = result.store.vehicles
        .get(passA)
        ?.get(1)
        ?.springs.find(({ position }) => position === '4Rb');
      expect(spring?.heightCmm).toBe(23_456);
    }),
    { numRuns: 100 },
  );
});
