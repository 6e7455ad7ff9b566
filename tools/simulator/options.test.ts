import { expect, test } from 'vitest';
import { readCommandLine } from './options.ts';

test('without options: live traffic on two tracks, with an incident now and then', () => {
  expect(readCommandLine([])).toMatchObject({
    ok: true,
    value: { command: 'run', simulator: { live: true, incidents: 0.1 } },
  });
});

test('everything that can be said', () => {
  const line =
    '--port 4000 --streams T1,T3 --seed x --speed 10 --interval 90 --token secret --trains truck,passenger --history-days 0.5 --once';
  expect(
    readCommandLine([...line.split(' '), '--fault', 'broken:vehicle=3', '--fault', 'cut']),
  ).toMatchObject({
    ok: true,
    value: {
      once: true,
      simulator: {
        live: false,
        port: 4000,
        speed: 10,
        interval: 90,
        token: 'secret',
        trains: ['truck', 'passenger'],
        historyDays: 0.5,
        streams: [{ key: 't1' }, { key: 't3', track: 'T3' }],
        faults: [{ name: 'broken', vehicle: 3 }, { name: 'cut' }],
      },
    },
  });
});

test.each([
  [['--port', '99999'], '--port 99999'],
  [['--speed', 'fast'], '--speed fast'],
  [['--trains', 'goods'], '--trains goods'],
  [['--fault', 'nonsense'], 'unknown fault nonsense'],
  [['--colour'], '--colour'],
])('%j is refused by name', (args, expected) => {
  const result = readCommandLine(args);
  expect(result.ok ? '' : result.error).toContain(expected);
});
