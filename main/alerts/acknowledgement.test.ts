import { describe, expect, test } from 'vitest';
import type { Alert } from '../../contract/domain.ts';
import { failure, success } from '../../contract/errors.ts';
import type { CallError, Result } from '../../contract/errors.ts';
import { createAcknowledgement } from './acknowledgement.ts';
import type { Act } from '../audit/act.ts';
import type { Remark } from './ports.ts';

const act: Act = {
  actor: 'A. Martin',
  subject: 'mona',
  role: 'operator',
  workstation: 'W1',
  at: 5,
  correlationId: 'c',
};
const alert: Alert = {
  id: 'a1',
  rule: 'defect',
  severity: 'critical',
  state: 'active-acknowledged',
  present: true,
  raisedAt: 1,
  receivedAt: 2,
  provisional: false,
};

function setUp(answers: readonly Result<Alert>[]) {
  const queue = [...answers];
  const sent: { alertId: string; at: number; late: boolean }[] = [];
  const kept: { id: number; alertId: string; remark: Remark; act: Act }[] = [];
  const refused: string[] = [];
  const provisional: Alert[] = [];
  const subject = createAcknowledgement({
    shared: {
      acknowledge(alertId, _remark, by, late) {
        sent.push({ alertId, at: by.at, late });
        return Promise.resolve(queue.shift() ?? failure('internal', 'no answer prepared'));
      },
    },
    local: {
      acknowledgeProvisionally(alertId, remark, by) {
        kept.push({ id: kept.length + 1, alertId, remark, act: by });
        return Promise.resolve(success({ ...alert, provisional: true }));
      },
      pendingActs: () => Promise.resolve([...kept]),
      removeAct(id) {
        kept.splice(
          kept.findIndex((entry) => entry.id === id),
          1,
        );
        return Promise.resolve();
      },
      async refuseAct(id) {
        await this.removeAct(id);
        return undefined;
      },
    },
    onProvisional: (value) => provisional.push(value),
    onRefused: (_id, _act, reason) => refused.push(reason),
  });
  return { subject, sent, kept, refused, provisional };
}

describe('acknowledging', () => {
  test('goes to the shared record when it answers', async () => {
    const { subject, kept } = setUp([success(alert)]);
    expect(await subject.acknowledge('a1', {}, act)).toEqual(success(alert));
    expect(kept).toEqual([]);
  });

  test.each<CallError['code']>(['database-away', 'not-found', 'timeout', 'read-only'])(
    'is kept here when the answer is %s, and sent later with its original time',
    async (code) => {
      const { subject, kept, sent, provisional } = setUp([failure(code, ''), success(alert)]);
      const result = await subject.acknowledge('a1', { comment: 'seen' }, act);
      expect(result.ok && result.value.provisional).toBe(true);
      expect(provisional).toHaveLength(1);
      await subject.reconcile();
      expect(sent.at(-1)).toEqual({ alertId: 'a1', at: 5, late: true });
      expect(kept).toEqual([]);
    },
  );

  test('a refusal by a person who was earlier is passed on, nothing is kept', async () => {
    const { subject, kept } = setUp([failure('already-acknowledged', 'B. Lee was earlier')]);
    expect((await subject.acknowledge('a1', {}, act)).ok).toBe(false);
    expect(kept).toEqual([]);
  });

  test('a kept act that lost is told and dropped; one whose alert is not there yet stays', async () => {
    const { subject, kept, refused } = setUp([
      failure('database-away', ''),
      failure('database-away', ''),
      failure('already-acknowledged', 'B. Lee was earlier'),
      failure('not-found', ''),
    ]);
    await subject.acknowledge('a1', {}, act);
    await subject.acknowledge('a2', {}, act);
    await subject.reconcile();
    expect(refused).toEqual(['B. Lee was earlier']);
    expect(kept.map((entry) => entry.alertId)).toEqual(['a2']);
  });

  test('the database going away again ends the round and keeps the rest', async () => {
    const { subject, kept } = setUp([failure('database-away', ''), failure('database-away', '')]);
    await subject.acknowledge('a1', {}, act);
    await subject.reconcile();
    expect(kept).toHaveLength(1);
  });
});

test('what is told as refused is not kept any more', async () => {
  const { subject, kept, refused } = setUp([
    failure('database-away', ''),
    failure('conflict', 'raised again'),
  ]);
  await subject.acknowledge('a1', {}, act);
  await subject.reconcile();
  expect({ kept, refused }).toEqual({ kept: [], refused: ['raised again'] });
});

test('an unexpected failure keeps the act', async () => {
  const { subject, kept, refused } = setUp([failure('database-away', ''), failure('internal', '23505')]);
  await subject.acknowledge('a1', {}, act);
  await subject.reconcile();
  expect({ kept: kept.length, refused }).toEqual({ kept: 1, refused: [] });
});

test('an act that had arrived, and was undone since, is taken back here too', async () => {
  const { subject, kept, refused } = setUp([
    failure('database-away', 'its answer was lost'),
    success({ ...alert, state: 'active-unacknowledged' }),
  ]);
  await subject.acknowledge('a1', {}, act);
  await subject.reconcile();
  expect({ kept, refused }).toEqual({ kept: [], refused: ['undone meanwhile'] });
});
