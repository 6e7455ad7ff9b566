import { describe, expect, test } from 'vitest';
import type { Role, Session } from '../../contract/domain.ts';
import { success } from '../../contract/errors.ts';
import type { Handlers, Refusal } from '../core.ts';
import { createCallEntry } from './call.ts';
import { callBurst } from './rate-limit.ts';
import { applicationOrigin } from './sender.ts';
import type { SenderFacts } from './sender.ts';

const passId = '0b9f1c1e-0000-4000-8000-000000000001';
const sender: SenderFacts = {
  window: { id: 7, kind: 'system' },
  frame: { isMain: true, origin: applicationOrigin },
};

const signedIn: Session = {
  state: 'signed-in',
  signingIn: false,
  configured: true,
  name: 'A. Martin',
  subject: 'martin',
  role: 'operator',
  workstation: 'W',
  sessionOnly: false,
};

function setUp(handlers: Partial<Handlers> = {}, role: Role = 'operator') {
  const refusals: Refusal[] = [];
  const errors: string[] = [];
  const lines: unknown[] = [];
  const clock = { monotonic: 0, wall: 1000 };
  const ignore = () => undefined;
  const entry = createCallEntry({
    handlers: () => handlers,
    session: () => ({ ...signedIn, role }),
    onRefusal: (refusal) => refusals.push(refusal),
    log: {
      debug: ignore,
      info: (fields) => lines.push(fields),
      warn: ignore,
      error: (_fields, message) => errors.push(message),
    },
    now: () => clock.wall,
    monotonic: () => clock.monotonic,
    newCorrelationId: () => 'c-1',
  });
  return { entry, refusals, errors, lines, clock };
}

const refused = (code: string) =>
  expect.objectContaining({ ok: false, error: expect.objectContaining({ code, correlationId: 'c-1' }) });

describe('a call', () => {
  test('reaches its handler with the checked input and the caller', async () => {
    const { entry } = setUp({
      'passes.confirm': (input, caller) => {
        expect(input).toEqual({ passId, notes: 'seen' });
        expect(caller).toEqual(
          expect.objectContaining({ windowId: 7, kind: 'system', at: 1000, correlationId: 'c-1' }),
        );
        expect(caller.session.name).toBe('A. Martin');
        return Promise.resolve({ ok: false, error: { code: 'not-ended', message: 'still running' } });
      },
    });
    expect(await entry.call(sender, 'passes.confirm', { passId, notes: 'seen' })).toEqual({
      ok: false,
      error: { code: 'not-ended', message: 'still running', correlationId: 'c-1' },
    });
  });

  test.each<[string, SenderFacts]>([
    ['a window nobody recorded', { ...sender, window: undefined }],
    ['a frame that is gone (null)', { ...sender, frame: undefined }],
    ['an inner frame', { ...sender, frame: { isMain: false, origin: applicationOrigin } }],
    ['another origin', { ...sender, frame: { isMain: true, origin: 'https://example.com' } }],
    ['another host of the scheme', { ...sender, frame: { isMain: true, origin: 'vicore-app://app.evil' } }],
    ['an opaque origin', { ...sender, frame: { isMain: true, origin: 'null' } }],
  ])('from %s is refused and reported', async (_name, facts) => {
    const { entry, refusals } = setUp();
    expect(await entry.call(facts, 'session.current', {})).toEqual(refused('forbidden'));
    expect(refusals).toEqual([expect.objectContaining({ code: 'foreign-sender' })]);
  });

  test.each([['no.such'], ['__proto__'], ['constructor'], ['toString'], [undefined], [42], [{}], ['']])(
    'of no method is refused: %s',
    async (method) => {
      const { entry, refusals } = setUp();
      expect(await entry.call(sender, method, {})).toEqual(refused('invalid-input'));
      expect(refusals).toEqual([expect.objectContaining({ code: 'unknown-method', method: undefined })]);
    },
  );

  test('from a kind of window that may not is refused', async () => {
    const { entry, refusals } = setUp();
    expect(await entry.call(sender, 'setup.save', {})).toEqual(refused('forbidden'));
    expect(refusals).toEqual([
      expect.objectContaining({
        code: 'forbidden',
        method: 'setup.save',
        actor: 'A. Martin',
        subject: 'martin',
        role: 'operator',
      }),
    ]);
  });

  test('of a role below what is needed is refused', async () => {
    const { entry, refusals } = setUp({}, 'viewer');
    expect(await entry.call(sender, 'passes.confirm', { passId })).toEqual(refused('forbidden'));
    expect(refusals).toMatchObject([{ method: 'passes.confirm', actor: 'A. Martin', role: 'viewer' }]);
  });

  test.each<[string, unknown]>([
    ['more than the schema', { passId, extra: 1 }],
    ['less', {}],
    ['something else', 'x'],
    ['nothing', undefined],
    ['too much', { passId: 'x'.repeat(300_000) }],
    ['a map', new Map()],
    ['bytes', new Uint8Array(1000)],
    ['a wide array', Array.from({ length: 1_000_000 })],
  ])('with %s is refused', async (_name, input) => {
    const { entry, refusals } = setUp();
    expect(await entry.call(sender, 'passes.get', input)).toEqual(refused('invalid-input'));
    expect(refusals).toHaveLength(1);
  });

  test('nested without end, or in a circle, is refused', async () => {
    const { entry } = setUp();
    const circle: { inner?: unknown } = {};
    circle.inner = circle;
    expect(await entry.call(sender, 'passes.get', circle)).toEqual(refused('invalid-input'));
  });

  test('whose handler throws is an internal failure, logged, without the reason', async () => {
    const { entry, errors } = setUp({
      'session.current': () => Promise.reject(new Error('password=hunter2')),
    });
    const answer = await entry.call(sender, 'session.current', {});
    expect(answer).toEqual(refused('internal'));
    expect(JSON.stringify(answer)).not.toContain('hunter2');
    expect(errors).toHaveLength(1);
  });

  test('before its handler exists is an internal failure', async () => {
    expect(await setUp().entry.call(sender, 'session.current', {})).toEqual(refused('internal'));
  });
});

describe('the log', () => {
  test('has one line for each act, with who, where and the outcome, and nothing of what was sent', async () => {
    const { entry, lines, clock } = setUp({
      'passes.confirm': () => {
        clock.monotonic += 12.4;
        return Promise.resolve({ ok: false, error: { code: 'not-ended', message: 'still running' } });
      },
      'session.logout': () => Promise.resolve(success(signedIn)),
      'passes.get': () => Promise.resolve({ ok: false, error: { code: 'not-found', message: 'none' } }),
    });
    await entry.call(sender, 'passes.confirm', { passId, notes: 'a secret remark' });
    await entry.call(sender, 'session.logout', {});
    await entry.call(sender, 'passes.get', { passId });
    const line = { correlationId: 'c-1', actor: 'A. Martin', role: 'operator', window: 7, kind: 'system' };
    expect(lines).toEqual([
      { ...line, method: 'passes.confirm', outcome: 'not-ended', milliseconds: 12 },
      { ...line, method: 'session.logout', outcome: 'ok', milliseconds: 0 },
    ]);
    expect(JSON.stringify(lines)).not.toContain('remark');
  });
});

describe('a flood', () => {
  test('is refused for its window only, reported once and counted, and ends', async () => {
    const answer = signedIn;
    const { entry, refusals, clock } = setUp({ 'session.current': () => Promise.resolve(success(answer)) });
    for (let index = 0; index < callBurst; index += 1) await entry.call(sender, 'session.current', {});
    for (let index = 0; index < 1000; index += 1) {
      expect(await entry.call(sender, 'session.current', {})).toEqual(refused('rate-limited'));
    }
    expect(refusals).toHaveLength(1);
    const other: SenderFacts = { ...sender, window: { id: 8, kind: 'car' } };
    expect(await entry.call(other, 'session.current', {})).toEqual(success(answer));

    clock.monotonic += 1000;
    expect(await entry.call(sender, 'session.current', {})).toEqual(success(answer));
    for (let index = 0; index < callBurst; index += 1) await entry.call(sender, 'session.current', {});
    clock.wall += 10_000;
    await entry.call(sender, 'session.current', {});
    expect(refusals).toHaveLength(2);
    expect(refusals[1]?.repeated).toBeGreaterThanOrEqual(999);
  });
});
