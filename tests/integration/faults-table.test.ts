import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/* docs/faults.md says which test holds which fault: what it cites must be there. */

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
/** One text a fault, line breaks taken out. */
const rows = read('docs/faults.md')
  .split(/^- \*\*/m)
  .slice(1)
  .map((row) => row.split(/\n## /)[0]?.replaceAll(/\s+/g, ' ') ?? '');
/** Titles broken over lines, and the quotes around them, are as good as on one line. */
const plain = (source: string): string => source.replaceAll("\\'", "'").replaceAll(/\s+/g, ' ');

const mustBeTested = [
  1, 2, 11, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 47, 49, 53, 67, 68, 69, 70,
];

test('every fault has its line, in order', () => {
  expect(rows.map((row) => Number.parseInt(row, 10))).toEqual(
    Array.from({ length: 75 }, (_, index) => index + 1),
  );
});

test.each(rows.map((row) => [row.split('**')[0], row] as const))(
  'what is cited for %s is there',
  (_, row) => {
    const citations = [...row.matchAll(/`([^`]+\.(?:test|spec)\.ts)`((?:(?: and)? › "[^"]+")+)/g)];
    for (const [, path = '', titles = ''] of citations) {
      const source = plain(read(path));
      for (const [, title = ''] of titles.matchAll(/› "([^"]+)"/g)) {
        expect([path, title, source.includes(title)]).toEqual([path, title, true]);
      }
    }
    for (const [, path = ''] of row.matchAll(/`((?:main|electron|renderer|resources|tests)\/[^`\s]+)`/g)) {
      expect([path, existsSync(new URL(path, root))]).toEqual([path, true]);
    }
    expect([row, citations.length > 0 || row.includes('Open:')]).toEqual([row, true]);
    if (mustBeTested.includes(Number.parseInt(row, 10))) expect(row).toContain('tested:');
  },
);
