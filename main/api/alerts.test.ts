import { expect, test } from 'vitest';
import type { Alert, Session } from '../../contract/domain.ts';
import { failure, success } from '../../contract/errors.ts';
import type { Result } from '../../contract/errors.ts';
import type { Caller } from '../core.ts';
import { alertHandlers } from './alerts.ts';
import type { AlertHandlersOptions } from './alerts.ts';

const session: Session = {
  state: 'signed-in',
  signingIn: false,
  configured: true,
  name: 'Alan Martin',
  subject: 'alan',
  role: 'supervisor',
  workstation: 'W-1',
  sessionOnly: false,
};
const caller: Caller = { windowId: 1, kind: 'system', session, at: 1_000, correlationId: 'c-1' };
const act = {
  actor: 'Alan Martin',
  subject: 'alan',
  role: 'supervisor',
  workstation: 'W-1',
  at: 1_000,
  correlationId: 'c-1',
};

const alertOf = (id: string, provisional = false): Alert => ({
  id,
  rule: 'defect',
  severity: 'critical',
  state: 'active-acknowledged',
  present: true,
  raisedAt: 1,
  receivedAt: 2,
  provisional,
});

/** Notes what is asked; acknowledging answers as told for each alert. */
function setUp(answers: Readonly<Record<string, Result<Alert>>> = {}) {
  const asked: unknown[][] = [];
  const note =
    (name: string) =>
    (alertId: string, ...rest: unknown[]): Promise<Result<Alert>> => {
      asked.push([name, alertId, ...rest]);
      return Promise.resolve(answers[alertId] ?? success(alertOf(alertId)));
    };
  const shared: AlertHandlersOptions['shared'] = {
    comment: note('comment'),
    handOver: note('handOver'),
    shelve: note('shelve'),
    unshelve: note('unshelve'),
    verdict: note('verdict'),
    people: (query) => {
      asked.push(['people', query]);
      return Promise.resolve(success({ items: [] }));
    },
    figures: (from, to) => {
      asked.push(['figures', from, to]);
      return Promise.resolve(failure('database-away', 'away'));
    },
  };
  const handlers = alertHandlers({
    reads: {
      listAlerts: (query) => {
        asked.push(['list', query]);
        return Promise.resolve({ items: [] });
      },
      getAlert: () => Promise.resolve(undefined),
    },
    acknowledgement: { acknowledge: note('acknowledge'), undo: note('undo') },
    shared,
    guidance: {
      find: (rule, severity) => ({ rule, severity, textEn: 'look', textFr: '', checklist: [], revision: 1 }),
    },
  });
  return { handlers, asked };
}

test('each act goes to the shared record with who acts', async () => {
  const { handlers, asked } = setUp();
  const checklist = [{ step: 'Call the train', done: true }];
  await handlers['alerts.acknowledge']({ alertId: 'a', comment: 'seen', checklist }, caller);
  await handlers['alerts.undo']({ alertId: 'a' }, caller);
  await handlers['alerts.handOver']({ alertId: 'a', to: 'mona', comment: 'shift ends' }, caller);
  await handlers['alerts.shelve']({ alertId: 'a', minutes: 10, reason: 'known' }, caller);
  await handlers['alerts.unshelve']({ alertId: 'a' }, caller);
  await handlers['alerts.verdict']({ alertId: 'a', verdict: 'false' }, caller);
  expect(asked).toEqual([
    ['acknowledge', 'a', { comment: 'seen', checklist }, act],
    ['undo', 'a', act],
    ['handOver', 'a', 'mona', 'shift ends', act],
    ['shelve', 'a', 10, 'known', act],
    ['unshelve', 'a', act],
    ['verdict', 'a', 'false', undefined, act],
  ]);
});

test('many are acknowledged one by one, each by its name; a refusal of one leaves the others', async () => {
  const taken = failure('already-acknowledged', 'Mona was earlier');
  const { handlers, asked } = setUp({ b: taken, c: success(alertOf('c', true)) });
  const result = await handlers['alerts.acknowledgeMany'](
    { alertIds: ['a', 'b', 'c', 'a'], comment: 'all seen' },
    caller,
  );
  expect(asked.map(([, alertId]) => alertId)).toEqual(['a', 'b', 'c']);
  expect(result).toEqual(
    success({
      acknowledged: [alertOf('a'), alertOf('c', true)],
      failed: [{ alertId: 'b', error: taken.error }],
    }),
  );
});

test('figures are of a period that ends after it begins, of two years at most', async () => {
  const { handlers, asked } = setUp();
  const day = 86_400_000;
  for (const [from, to] of [
    [5, 5],
    [6, 5],
    [0, 733 * day],
  ] as const) {
    expect(await handlers['alerts.figures']({ from, to }, caller)).toMatchObject({
      error: { code: 'invalid-input' },
    });
  }
  expect(asked).toEqual([]);
  expect(await handlers['alerts.figures']({ from: 0, to: 732 * day }, caller)).toMatchObject({
    error: { code: 'database-away' },
  });
});

test('guidance is answered from what is known here, lists with every filter', async () => {
  const { handlers, asked } = setUp();
  expect(await handlers['alerts.guidance']({ rule: 'trend', severity: 'warning' }, caller)).toMatchObject({
    value: { rule: 'trend', textEn: 'look' },
  });
  await handlers['alerts.list']({ owner: 'Alan Martin', shelved: true, rule: 'height' }, caller);
  await handlers['alerts.people']({ search: 'mo' }, caller);
  expect(asked).toEqual([
    ['list', { owner: 'Alan Martin', shelved: true, rule: 'height', limit: 100 }],
    ['people', { search: 'mo', limit: 50 }],
  ]);
});
