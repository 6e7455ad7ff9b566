import { expect, test } from 'vitest';
import type { SystemStatus } from '../../contract/domain.ts';
import { createStatusBoard } from './status-board.ts';

function setUp() {
  const tasks: (() => void)[] = [];
  const told: SystemStatus[] = [];
  const board = createStatusBoard({
    workstation: 'W1',
    timeZone: 'Europe/London',
    streams: [{ url: 'a', link: 'connecting', since: 0, lag: 0, cameras: [] }],
    database: { state: 'connecting' },
    now: () => 42,
    soon: (task) => tasks.push(task),
  });
  const stop = board.subscribe((status) => told.push(status));
  const run = () => tasks.splice(0).forEach((task) => task());
  return { board, told, run, stop };
}

test('changes made together are told together, with everything in them', () => {
  const { board, told, run } = setUp();
  board.setDatabase({ state: 'connected', asOf: 40 });
  board.setJournalEntries(3);
  board.setWarning('replica-rebuilt', true);
  expect(told).toEqual([]);
  run();
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({
    at: 42,
    workstation: 'W1',
    database: { state: 'connected', asOf: 40 },
    journalEntries: 3,
    warnings: ['replica-rebuilt'],
  });
});

test('a camera is called what an administrator calls it, the others as their system does', () => {
  const { board } = setUp();
  const camera = { side: 'left', status: 'ok', since: 0 } as const;
  const cameras = [
    { ...camera, id: 'F1L', name: 'system 1' },
    { ...camera, id: 'F1R', name: 'system 2' },
  ];
  board.setStream('a', { url: 'a', streamId: 's1', link: 'live', since: 0, lag: 0, cameras });
  board.setNames({
    sites: [{ site: 'Folkestone', track: 'T1', name: 'North portal' }],
    cameras: [
      { streamId: 's1', id: 'F1L', name: 'Upper left' },
      { streamId: 'other', id: 'F1R', name: 'elsewhere' },
    ],
  });
  const { streams, sites } = board.status();
  expect(streams[0]?.cameras.map(({ name }) => name)).toEqual(['Upper left', 'system 2']);
  expect(sites).toEqual([{ site: 'Folkestone', track: 'T1', name: 'North portal' }]);
});

test('what says nothing new is not told; a beat always is; who left is not told', () => {
  const { board, told, run, stop } = setUp();
  board.setJournalEntries(0);
  board.setRejected(0);
  board.setWarning('x', false);
  run();
  expect(told).toEqual([]);
  board.beat();
  expect(told).toHaveLength(1);
  stop();
  board.beat();
  expect(told).toHaveLength(1);
});
