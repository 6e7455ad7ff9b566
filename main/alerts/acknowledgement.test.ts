import { describe, expect, test } from 'vitest';
import type { Alert } from '../../contract/domain.ts';
import { failure, success } from '../../contract/errors.ts';
import type { CallError, Result } from '../../contract/errors.ts';
import { createAcknowledgement } from './acknowledgement.ts';
import type { Act } from '../audit/act.ts';
import type { KeptAct } from './ports.ts';

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
  const sent: { alertId: string; at?: number; undoneAt?: number; late: boolean }[] = [];
  const kept: KeptAct[] = [];
  const settled: string[] = [];
  const takenBack: Alert[] = [];
  let ids = 0;
  const refused: string[] = [];
  const provisional: Alert[] = [];
  const subject = createAcknowledgement({
    shared: {
      acknowledge(alertId, _remark, by, late) {
        sent.push({ alertId, at: by.at, late });
        return Promise.resolve(queue.shift() ?? failure('internal', 'no answer prepared'));
      },
      acknowledgeUndone(alertId, _remark, by, undo) {
        sent.push({ alertId, at: by.at, undoneAt: undo.at, late: true });
        return Promise.resolve(queue.shift() ?? failure('internal', 'no answer prepared'));
      },
      undo(alertId, by) {
        sent.push({ alertId, undoneAt: by.at, late: false });
        return Promise.resolve(queue.shift() ?? failure('internal', 'no answer prepared'));
      },
    },
    local: {
      acknowledgeProvisionally(alertId, remark, by) {
        kept.push({ id: (ids += 1), alertId, remark, act: by });
        return Promise.resolve(success({ ...alert, provisional: true }));
      },
      pendingActs: () => Promise.resolve([...kept]),
      undoProvisionally(alertId, by) {
        const at = kept.findLastIndex((entry) => entry.alertId === alertId);
        const entry = kept[at];
        if (!entry || entry.undo) return Promise.resolve(undefined);
        kept[at] = { ...entry, undo: by };
        return Promise.resolve(success({ ...alert, state: 'active-unacknowledged' }));
      },
      removeAct({ id, undo }) {
        const at = kept.findIndex((entry) => entry.id === id);
        if (at >= 0 && kept[at]?.undo && !undo) return Promise.resolve(false);
        kept.splice(at, 1);
        return Promise.resolve(true);
      },
      async refuseAct(id) {
        await this.removeAct({ id });
        return undefined;
      },
    },
    onProvisional: (value) => provisional.push(value),
    onTakenBack: (value) => takenBack.push(value),
    onSettled: (id) => settled.push(id),
    onRefused: (_id, _act, reason) => refused.push(reason),
  });
  return { subject, sent, kept, refused, provisional, takenBack, settled };
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

describe('taking back what is kept here', () => {
  const undo: Act = { ...act, at: 9 };
  const nobodys: Alert = { ...alert, state: 'active-unacknowledged' };
  const both = { alertId: 'a1', at: 5, undoneAt: 9, late: true };

  test('needs no database, and both acts are sent as one when it is back', async () => {
    const { subject, sent, kept, takenBack, settled } = setUp([
      failure('database-away', ''),
      failure('database-away', ''),
      failure('not-found', ''),
      success(nobodys),
    ]);
    await subject.acknowledge('a1', {}, act);
    expect(await subject.undo('a1', undo)).toEqual(success(nobodys));
    expect(takenBack).toEqual([nobodys]);
    expect(sent).toHaveLength(1);
    // Away still; then the writer has not brought the alert; then it arrives.
    for (const left of [1, 1, 0]) {
      await subject.reconcile();
      expect({ sent: sent.at(-1), kept: kept.length }).toEqual({ sent: both, kept: left });
    }
    expect(settled).toEqual(['a1']);
  });

  test('what is not kept here is the shared record’s to undo', async () => {
    const { subject, sent, takenBack } = setUp([failure('database-away', 'away')]);
    expect((await subject.undo('a1', undo)).ok).toBe(false);
    expect({ sent, takenBack }).toEqual({
      sent: [{ alertId: 'a1', undoneAt: 9, late: false }],
      takenBack: [],
    });
  });

  test.each([
    ['taken', success(alert)],
    ['refused', failure('already-acknowledged', 'B. Lee was earlier')],
  ] as const)('while the acknowledgement is on its way and is then %s, it follows it', async (_, answer) => {
    const { subject, sent, kept, settled, refused } = setUp([
      failure('database-away', ''),
      answer,
      success(nobodys),
    ]);
    await subject.acknowledge('a1', {}, act);
    const sending = subject.reconcile();
    await subject.undo('a1', undo);
    await sending;
    expect(sent.slice(1)).toEqual([{ alertId: 'a1', at: 5, late: true }, both]);
    expect({ kept, settled, refused }).toEqual({ kept: [], settled: ['a1'], refused: [] });
  });

  test('somebody has built on it since: it stands, and that is told', async () => {
    const { subject, kept, settled, refused } = setUp([
      failure('database-away', ''),
      failure('conflict', 'handed over'),
    ]);
    await subject.acknowledge('a1', {}, act);
    await subject.undo('a1', undo);
    await subject.reconcile();
    expect({ kept, settled, refused }).toEqual({ kept: [], settled: [], refused: ['handed over'] });
  });
});
