import { describe, expect, test } from 'vitest';
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

test('the export asks for what is shown', () => {
  const person = { passId: 'p1', person: 'Alan Martin' };
  expect(exportOf({ scope: 'mine', train: '', vehicle: '98' }, person)).toEqual({
    open: true,
    owner: 'Alan Martin',
    vehicleNumber: '98',
  });
  expect(exportOf({ scope: 'all' }, person)).toEqual({ open: true, shelved: false });
  expect(exportOf({ scope: 'pass' }, person)).toEqual({ open: true, passId: 'p1' });
});
