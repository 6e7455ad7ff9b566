import { describe, expect, test } from 'vitest';
import { inputs } from '../../../contract/inputs.ts';
import { mostNamedAlerts } from '../../../contract/results.ts';
import { anAlert } from '../../live/test-values.ts';
import { exportOf, foldedCount, isFiltered, keeps } from './filter.ts';
import type { AlertFilter, FilterContext } from './filter.ts';

const context = (changed: Partial<FilterContext> = {}): FilterContext => ({
  passId: 'p1',
  person: 'Alan Martin',
  shelved: new Set(['on-shelf']),
  wordsOf: (alert) => `6412 · car 12 3Rb ${alert.rule} ${alert.owner ?? ''}`,
  ...changed,
});

const all: AlertFilter = { scope: 'all' };

describe('what the list keeps', () => {
  test('what is on the shelf only where one looks for it', () => {
    const shelved = anAlert('on-shelf');
    expect(keeps(shelved, all, context())).toBe(false);
    expect(keeps(shelved, { scope: 'shelved' }, context())).toBe(true);
    expect(keeps(anAlert('other'), { scope: 'shelved' }, context())).toBe(false);
  });

  test('of this pass also what is on the shelf: it blocks the confirmation', () => {
    expect(keeps(anAlert('on-shelf'), { scope: 'pass' }, context())).toBe(true);
    expect(keeps(anAlert('other', { passId: 'p2' }), { scope: 'pass' }, context())).toBe(false);
  });

  test('mine are those I own, not those I once acknowledged', () => {
    const mine: AlertFilter = { scope: 'mine' };
    const given = anAlert('a', { acknowledgedBy: 'Alan Martin', owner: 'B. Lee' });
    const taken = anAlert('b', { acknowledgedBy: 'B. Lee', owner: 'Alan Martin' });
    expect(keeps(given, mine, context())).toBe(false);
    expect(keeps(taken, mine, context())).toBe(true);
    expect(keeps(anAlert('c', { acknowledgedBy: 'Alan Martin' }), mine, context())).toBe(true);
    expect(keeps(anAlert('d', { owner: '' }), mine, context({ person: '' }))).toBe(false);
  });

  test.each<[Partial<AlertFilter>, boolean]>([
    [{ severity: 'critical' }, true],
    [{ severity: 'warning' }, false],
    [{ rule: 'height' }, true],
    [{ rule: 'defect' }, false],
    [{ state: 'active-unacknowledged' }, true],
    [{ state: 'active-acknowledged' }, false],
    [{ train: '641' }, true],
    [{ train: '999' }, false],
    [{ vehicle: '98701156' }, true],
    [{ vehicle: '9870 1156' }, true],
    [{ vehicle: '9871' }, false],
    [{ search: 'CAR 12' }, true],
    [{ search: 'car 13' }, false],
    [{ search: '  ' }, true],
  ])('%j', (changed, expected) => {
    const alert = anAlert('a', {
      severity: 'critical',
      trainNumber: '6412',
      vehicleNumber: '9870 1156 512-2',
    });
    expect(keeps(alert, { ...all, ...changed }, context())).toBe(expected);
  });
});

test('what is folded away is counted, and an empty field is no filter', () => {
  expect(foldedCount({ scope: 'all', train: '', vehicle: '98', state: 'active-acknowledged' })).toBe(2);
  expect(isFiltered({ scope: 'all', search: '' })).toBe(false);
  expect(isFiltered({ scope: 'all', train: '6' })).toBe(true);
});

describe('the export', () => {
  const id = (place: number): string => `0b9f1c1e-0000-4000-8000-${String(place).padStart(12, '0')}`;
  const alerts = [
    anAlert(id(1), { raisedAt: 1, vehicleNumber: '9870 1156', acknowledgedBy: 'Alan Martin' }),
    anAlert(id(2), { raisedAt: 2, vehicleNumber: '9870 2200', rule: 'defect', trainNumber: '6412' }),
    anAlert(id(3), { raisedAt: 3, vehicleNumber: '9870 2201', rule: 'defect', owner: 'Alan Martin' }),
    anAlert(id(4), { raisedAt: 4, vehicleNumber: '1111 0000', rule: 'defect' }),
  ];
  const known = new Set(alerts.map((alert) => alert.id));

  test('asks by what the record itself can tell', () => {
    expect(exportOf({ scope: 'all' }, context(), alerts)).toEqual({ open: true, shelved: false });
    expect(exportOf({ scope: 'pass' }, context(), alerts)).toEqual({ open: true, passId: 'p1' });
    expect(exportOf({ scope: 'all', train: '', search: ' ' }, context(), alerts)).toEqual({
      open: true,
      shelved: false,
    });
  });

  test.each<[AlertFilter, string, readonly number[]]>([
    [{ scope: 'all', search: 'DEFECT' }, 'DEFECT', [4, 3, 2]],
    [{ scope: 'all', search: 'no such word' }, 'no such word', []],
    [{ scope: 'all', vehicle: '98702' }, '98702', [3, 2]],
    [{ scope: 'all', train: '641', vehicle: '22' }, '641 · 22', [2]],
  ])('of parts and words names what is shown, in its order: %j', (filter, search, expected) => {
    expect(exportOf(filter, context(), alerts)).toEqual({
      open: true,
      shelved: false,
      search,
      alertIds: expected.map(id),
    });
  });

  test('of mine is what the list says is mine', () => {
    expect(exportOf({ scope: 'mine' }, context(), alerts)).toEqual({
      open: true,
      owner: 'Alan Martin',
      alertIds: [id(3), id(1)],
    });
  });

  test('holds exactly what the list keeps, whatever the filter, and the edge takes it', () => {
    const shown = context({ passId: id(9) });
    const filters: readonly AlertFilter[] = [
      { scope: 'mine', search: 'defect' },
      { scope: 'all', rule: 'defect', search: 'car 12' },
      { scope: 'pass', vehicle: '9870' },
      { scope: 'all', search: 'a\u0000\u007fb' },
    ];
    for (const filter of filters) {
      const asked = exportOf(filter, shown, alerts);
      expect(inputs['alerts.export'].safeParse(asked).success).toBe(true);
      expect(new Set(asked.alertIds)).toEqual(
        new Set([...known].filter((each) => alerts.some((a) => a.id === each && keeps(a, filter, shown)))),
      );
    }
    const named = { alertIds: Array.from({ length: mostNamedAlerts }, (_, place) => id(place)) };
    expect(inputs['alerts.export'].safeParse(named).success).toBe(true);
    expect(
      inputs['alerts.export'].safeParse({ alertIds: [...named.alertIds, id(mostNamedAlerts)] }).success,
    ).toBe(false);
    expect(inputs['alerts.export'].safeParse({ alertIds: ["1' or 1=1"] }).success).toBe(false);
  });
});
