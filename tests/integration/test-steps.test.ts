import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runStep } from '../../tools/checks/step.mjs';
import type { Count } from '../../tools/checks/step.mjs';

/** `npm test` must not be green by mistake: what counts as passed is tested here. */

let report = '';
let directory = '';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vicore-step-'));
  report = join(directory, 'report.json');
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(directory, { recursive: true, force: true });
});

const count = (read: unknown): Count => read as Count;
const writing = (passed: number, failed: number, code: number): string =>
  `require('fs').writeFileSync(process.env.REPORT, JSON.stringify({ passed: ${passed}, failed: ${failed} })); process.exitCode = ${code}`;
const runner = (script: string): Promise<Count> =>
  runStep({ name: 'tests', args: ['-e', script], env: { REPORT: report }, report, count }, { live: false });

test('a check counts as one', async () => {
  const check = (code: number) =>
    runStep({ name: 'check', args: ['-e', `process.exitCode = ${code}`] }, { live: false });
  expect(await check(0)).toEqual({ passed: 1, failed: 0 });
  expect(await check(2)).toEqual({ passed: 0, failed: 1 });
});

test('a runner counts its tests', async () => {
  expect(await runner(writing(12, 0, 0))).toEqual({ passed: 12, failed: 0 });
  expect(await runner(writing(10, 2, 1))).toEqual({ passed: 10, failed: 2 });
});

test('a runner that fails without a failed test has failed', async () => {
  expect(await runner(writing(12, 0, 1))).toEqual({ passed: 12, failed: 1 });
});

test('a runner that ran nothing, or left no report, has failed', async () => {
  expect(await runner(writing(0, 0, 0))).toEqual({ passed: 0, failed: 1 });
  expect(await runner('')).toEqual({ passed: 0, failed: 1 });
});

test('a report of an earlier run is not read', async () => {
  await runner(writing(12, 0, 0));
  expect(await runner('')).toEqual({ passed: 0, failed: 1 });
});

test('a step that hangs is stopped with what it started, and has failed', async () => {
  const hanging =
    "require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' }); setInterval(() => {}, 1000)";
  const stopped = await runStep({ name: 'hanging', args: ['-e', hanging], minutes: 0.01 }, { live: false });
  expect(stopped).toEqual({ passed: 0, failed: 1 });
});
