import { expect, test } from 'vitest';
import type { Pass } from '../../contract/domain.ts';
import { confirmationObstacle, mergePassRow } from './pass-row.ts';

const pending: Pass = {
  id: 'p',
  streamId: 's',
  site: 'Folkestone',
  siteTrack: 'T1',
  track: 'T1',
  trainNumber: '6412',
  direction: 'uk-fr',
  startedAt: 1,
  endedAt: 2,
  status: 'pending',
  aborted: false,
  thresholdVersion: 1,
  reopened: false,
  revision: 9,
};
const confirmed = {
  ...pending,
  status: 'confirmed',
  confirmedBy: 'ada',
  confirmedAt: 5,
  notes: 'n',
} as const;

test('what people decided survives a later judgement', () => {
  const merged = mergePassRow({ ...pending, state: 'warning' }, confirmed, false);
  expect(merged).toEqual({ ...confirmed, state: 'warning' });
});

test('an alert that becomes active re-opens a confirmed pass', () => {
  expect(mergePassRow(pending, confirmed, true)).toMatchObject({
    status: 'pending',
    reopened: true,
    notes: 'n',
  });
});

test('a re-opened pass stays re-opened, whatever the fold remembers of it', () => {
  const reopened = { ...pending, reopened: true };
  expect(mergePassRow(confirmed, reopened, false)).toMatchObject({ status: 'pending', reopened: true });
});

test('a pass that was in progress becomes pending', () => {
  expect(mergePassRow(pending, { ...pending, status: 'in-progress' }, true)).toEqual(pending);
});

test.each([
  ['in-progress', [], 'not-ended'],
  ['confirmed', [], 'conflict'],
  ['pending', ['active-acknowledged', 'closed'], undefined],
  ['pending', ['active-acknowledged', 'cleared-unacknowledged'], 'unacknowledged-alerts'],
  ['pending', ['active-unacknowledged'], 'unacknowledged-alerts'],
] as const)('%s with alerts %j can be confirmed unless: %s', (status, states, obstacle) => {
  const alerts = states.map((state) => ({ state }));
  expect(confirmationObstacle({ status }, alerts)).toBe(obstacle);
});
