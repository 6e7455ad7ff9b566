import { describe, expect, test } from 'vitest';
import { failure } from '../../contract/errors.ts';
import { errorText } from './error-text.ts';
import type { Translate } from './i18n.ts';
import { en } from './translations/en.ts';

/** The English words, without the library. */
const t: Translate = (key, values = {}) => {
  const text: string = Reflect.get(en, key) ?? key;
  return Object.entries(values).reduce(
    (said, [name, value]) => said.replaceAll(`{{${name}}}`, String(value)),
    text,
  );
};
const say = (
  ...[code, details]: readonly [Parameters<typeof failure>[0], Record<string, unknown>?]
): string => errorText(failure(code, 'in English, for the log', details).error, t, 'en');

describe('a conflict says what stood before it', () => {
  test.each([
    [{ reason: 'closed' }, 'This alert is closed.'],
    [{ reason: 'shelved', shelvedBy: 'Sophie Lambert' }, 'It is on the shelf already. (Sophie Lambert)'],
    [{ reason: 'has-it-already', by: 'B. Lee' }, 'This person has it already. (B. Lee)'],
    [{ reason: 'something new' }, 'Somebody changed it at the same time. Look again and repeat.'],
    [{}, 'Somebody changed it at the same time. Look again and repeat.'],
  ])('%j', (details, expected) => {
    expect(say('conflict', details)).toBe(expected);
  });

  test('with the time where the record knows it', () => {
    expect(say('conflict', { reason: 'not-yours', acknowledgedBy: 'B. Lee', acknowledgedAt: 0 })).toMatch(
      /^Somebody else acknowledged it.* \(B\. Lee, \d\d:\d\d:\d\d\)$/,
    );
  });
});
