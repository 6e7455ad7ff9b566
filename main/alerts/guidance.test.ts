import { expect, test } from 'vitest';
import type { Guidance } from '../../contract/domain.ts';
import { failure, success } from '../../contract/errors.ts';
import type { Result } from '../../contract/errors.ts';
import { createGuidanceBook } from './guidance.ts';

const page: Guidance = {
  rule: 'height',
  severity: 'critical',
  textEn: 'Stop the train at the next signal.',
  textFr: 'Arrêter le train au prochain signal.',
  checklist: [{ en: 'Call the driver', fr: 'Appeler le conducteur' }],
  updatedBy: 'Dora Okafor',
  updatedAt: 5,
  revision: 2,
};

function setUp(kept?: string) {
  const values = new Map(kept === undefined ? [] : [['shared.guidance', kept]]);
  const faults: string[] = [];
  let answer: Result<readonly Guidance[]> = success([page]);
  return {
    faults,
    values,
    answerWith(next: Result<readonly Guidance[]>) {
      answer = next;
    },
    open: () =>
      createGuidanceBook({
        record: { readGuidance: () => Promise.resolve(answer) },
        local: {
          get: (key) => Promise.resolve(values.get(key)),
          set: (key, value) => Promise.resolve(void values.set(key, value)),
        },
        onFault: (message) => faults.push(message),
      }),
  };
}

test('where nobody has written one there is an empty page', async () => {
  const book = await setUp().open();
  expect(book.find('trend', 'warning')).toEqual({
    rule: 'trend',
    severity: 'warning',
    textEn: '',
    textFr: '',
    checklist: [],
    revision: 0,
  });
});

test('what the shared record has is found, and still after a start without the database', async () => {
  const rig = setUp();
  const book = await rig.open();
  await book.refresh();
  expect(book.find('height', 'critical')).toEqual(page);
  expect(book.find('height', 'warning').revision).toBe(0);
  rig.answerWith(failure('database-away', 'away'));
  const later = await rig.open();
  await later.refresh();
  expect(later.find('height', 'critical')).toEqual(page);
  expect(rig.faults).toEqual([]);
});

test.each(['{', '5', '[{"rule":"height","severity":"critical"}]'])(
  'what was kept and is not whole is passed over: %s',
  async (kept) => {
    const book = await setUp(kept).open();
    expect(book.find('height', 'critical').revision).toBe(0);
  },
);

test('a refusal is told and leaves what is known', async () => {
  const rig = setUp(JSON.stringify([page]));
  rig.answerWith(failure('internal', 'broken'));
  const book = await rig.open();
  await book.refresh();
  expect(rig.faults).toHaveLength(1);
  expect(book.find('height', 'critical')).toEqual(page);
});
