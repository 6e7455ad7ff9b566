import { describe, expect, test } from 'vitest';
import type { TypeLimits } from '../../../contract/domain.ts';
import type { TrendPoint } from '../../../contract/results.ts';
import { limitTicks, passLabels } from './trend-labels.ts';

const limits: TypeLimits = {
  criticalLowCmm: 18000,
  warningLowCmm: 19500,
  warningHighCmm: 26500,
  criticalHighCmm: 28000,
  asymmetryCriticalCmm: 2000,
  window: 10,
  minHistory: 5,
  dropCmm: 600,
};
const hour = 3_600_000;
const start = Date.UTC(2026, 10, 20, 6, 30);
const every = (step: number, count: number): TrendPoint[] =>
  Array.from({ length: count }, (_, place) => ({
    passId: String(place),
    vehicleIndex: 1,
    startedAt: start + place * step,
  }));

describe('figures of the height axis', () => {
  test('stand at every limit', () => {
    expect(limitTicks(limits, 10)).toEqual([180, 195, 265, 280]);
  });

  test('leave out warning limits that would run into the critical ones', () => {
    expect(limitTicks(limits, 16)).toEqual([180, 280]);
  });

  test('are two for an unknown type', () => {
    const unknown = { ...limits, warningLowCmm: undefined, warningHighCmm: undefined };
    expect(limitTicks(unknown, 1)).toEqual([180, 280]);
  });
});

describe('labels of the passes', () => {
  test('are days over a long span, no day twice', () => {
    const labels = passLabels(every(5 * hour, 50), 'en', 'UTC');
    expect(labels.of([0, 1, 20, 40])).toEqual(['20 Nov', '11:30', '24 Nov', '28 Nov']);
  });

  test('have the hour over a short span', () => {
    const labels = passLabels(every(6 * hour, 6), 'fr', 'UTC');
    expect(labels.of([0, 2, 4, 9])).toEqual(['20 nov. 06:30', '18:30', '21 nov. 06:30', '']);
  });
});
