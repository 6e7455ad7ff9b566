import { expect, test } from 'vitest';
import { failure, success } from '../../contract/errors.ts';
import { createAnchoring } from './anchoring.ts';
import type { AuditMark } from './ports.ts';

const day = 86_400_000;

function setUp(kept: (AuditMark & { at: number })[] = []) {
  const state = { now: 20_000 * day + 5, head: { id: 7, hash: 'a'.repeat(64) }, away: false };
  const told: AuditMark[] = [];
  const faults: unknown[] = [];
  const create = () =>
    createAnchoring({
      reads: {
        auditHead: () => Promise.resolve(state.away ? failure('database-away', 'away') : success(state.head)),
      },
      anchors: { add: (anchor) => Promise.resolve(void kept.push(anchor)), all: () => Promise.resolve(kept) },
      now: () => state.now,
      onAnchored: (mark) => told.push(mark),
      onFault: (error) => faults.push(error),
    });
  return { state, kept, told, faults, create };
}

test('the head is anchored once a UTC day, restarts included, and told to the log', async () => {
  const { state, kept, told, create } = setUp();
  const first = create();
  await Promise.all([first.consider(), first.consider()]);
  state.now += day - 6;
  await first.consider();
  await create().consider();
  expect(kept).toEqual([{ id: 7, hash: 'a'.repeat(64), at: 20_000 * day + 5 }]);
  state.now += 1;
  state.head = { id: 9, hash: 'b'.repeat(64) };
  await create().consider();
  expect(kept.map(({ id }) => id)).toEqual([7, 9]);
  expect(told.map(({ id }) => id)).toEqual([7, 9]);
});

test('it waits for the database, and for something to anchor', async () => {
  const { state, kept, create, faults } = setUp();
  state.away = true;
  const anchoring = create();
  await anchoring.consider();
  state.away = false;
  state.head = { id: 0, hash: '0'.repeat(64) };
  await anchoring.consider();
  expect(kept).toEqual([]);
  state.head = { id: 1, hash: 'c'.repeat(64) };
  await anchoring.consider();
  expect(kept).toHaveLength(1);
  expect(faults).toEqual([]);
});
