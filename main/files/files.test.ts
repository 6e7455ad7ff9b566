import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AuditRow } from '../../contract/domain.ts';
import { fileAnchors } from './anchors.ts';
import { openAuditFile } from './audit-export.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'vicore-files-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const rowOf = (fields: Partial<AuditRow>): AuditRow => ({
  id: 1,
  at: Date.UTC(2026, 10, 21, 9, 14, 2, 120),
  actor: 'Alan Martin',
  role: 'operator',
  workstation: 'RCC-01',
  action: 'alert.comment',
  entity: 'alert',
  entityId: 'a-1',
  correlationId: 'c-1',
  ...fields,
});

async function exported(format: 'csv' | 'jsonl', ...pages: AuditRow[][]): Promise<string> {
  const name = path.join(directory, `audit.${format}`);
  const file = await openAuditFile(name, format);
  for (const rows of pages) await file.write(rows);
  await file.finish();
  expect((await readdir(directory)).filter((entry) => entry.endsWith('.part'))).toEqual([]);
  return readFile(name, 'utf8');
}

describe('an exported audit log', () => {
  test('as CSV has a head, a byte order mark, UTC times and one line a row', async () => {
    const text = await exported(
      'csv',
      [rowOf({ before: { name: 'Dupré, "Jo"' }, after: { name: 'Jo' } })],
      [rowOf({ id: 2, after: 'two\nlines' })],
    );
    expect(text).toBe(
      [
        '\ufeffid,at,actor,role,workstation,action,entity,entity_id,before,after,correlation_id',
        '1,2026-11-21T09:14:02.120Z,Alan Martin,operator,RCC-01,alert.comment,alert,a-1,' +
          '"{""name"":""Dupré, \\""Jo\\""""}","{""name"":""Jo""}",c-1',
        '2,2026-11-21T09:14:02.120Z,Alan Martin,operator,RCC-01,alert.comment,alert,a-1,,"""two\\nlines""",c-1',
        '',
      ].join('\r\n'),
    );
  });

  test.each([
    '=cmd|"/c calc"!A1',
    '+1+1',
    '-2+3',
    '@SUM(1)',
    '\t=1+1',
    '\r=1+1',
    '\n=1+1',
    ' =1+1',
    '\uff1d1+1',
    'harmless; =HYPERLINK("http://evil.example")',
    'x;=1;-2',
    '\u0000=1',
    '\ufeff=1',
  ])('as CSV has no cell that calculates: %j', async (actor) => {
    const text = await exported('csv', [rowOf({ actor })]);
    const line = text.split('\r\n')[1] ?? '';
    // However the line is cut, by a comma or by a semicolon as a French spreadsheet does.
    for (const cell of line.split(/[,;]/)) {
      expect(cell.replace(/^[\s"]+/, ''), line).not.toMatch(/^[=+\-@\uff1d\uff0b\uff0d\uff20]/);
    }
  });

  test('has no control character and nothing that turns the text around', async () => {
    const nasty = 'a\u0000b\u001b[31mc\u0007\u0085\u2028\u202egnp.exe\u2066';
    const csv = await exported('csv', [rowOf({ actor: nasty, after: { nasty } })]);
    const lines = await exported('jsonl', [rowOf({ actor: nasty, after: { nasty } })]);
    for (const text of [csv.slice(1), lines]) {
      expect(text.replaceAll('\r\n', '').replaceAll('\n', '')).not.toMatch(
        /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/,
      );
    }
  });

  test('as JSON lines is exact, and no page to a program that guesses', async () => {
    const rows = [
      rowOf({
        actor: '<script>alert(1)</script>',
        after: { html: '<img src=x onerror=alert(1)>', formula: '=1+1' },
      }),
      rowOf({ id: 2, actor: 'ends\u2028here', before: [1, null, { deep: true }] }),
    ];
    const text = await exported('jsonl', rows);
    expect(text).not.toContain('<');
    const read = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(read).toEqual(rows.map((row) => ({ ...row, at: '2026-11-21T09:14:02.120Z' })));
  });

  test('that is abandoned leaves what stood there before', async () => {
    const name = path.join(directory, 'audit.csv');
    await writeFile(name, 'old');
    const file = await openAuditFile(name, 'csv');
    await file.write([rowOf({})]);
    await file.abandon();
    expect(await readdir(directory)).toEqual(['audit.csv']);
    expect(await readFile(name, 'utf8')).toBe('old');
  });

  test('in a directory that is not there is an error', async () => {
    await expect(openAuditFile(path.join(directory, 'none', 'a.csv'), 'csv')).rejects.toThrow(/ENOENT/);
  });
});

describe('anchors', () => {
  const anchor = (id: number) => ({ id, hash: 'ab'.repeat(32), at: id * 1000 });

  test('come back in order, also after a restart and when added at once', async () => {
    const file = path.join(directory, 'anchors.jsonl');
    const anchors = fileAnchors({ file, onDamaged: (line) => expect.unreachable(String(line)) });
    expect(await anchors.all()).toEqual([]);
    await Promise.all([1, 2, 3].map((id) => anchors.add(anchor(id))));
    expect(await fileAnchors({ file, onDamaged: () => undefined }).all()).toEqual([1, 2, 3].map(anchor));
  });

  test('that are damaged are passed over and told; half a line costs only itself', async () => {
    const file = path.join(directory, 'anchors.jsonl');
    const damaged: number[] = [];
    const anchors = fileAnchors({ file, onDamaged: (line) => damaged.push(line) });
    await anchors.add(anchor(1));
    const whole = await readFile(file, 'utf8');
    await writeFile(file, `${whole}{"id":0,"hash":"x","at":1}\nnull\n{"id":2,"ha`);
    await anchors.add(anchor(3));
    expect(await anchors.all()).toEqual([1, 3].map(anchor));
    expect(damaged).toEqual([2, 3, 4]);
  });

  test('that cannot be kept reject, and the next one is tried', async () => {
    const file = path.join(directory, 'none', 'anchors.jsonl');
    const anchors = fileAnchors({ file, onDamaged: () => undefined });
    await expect(anchors.add(anchor(1))).rejects.toThrow(/ENOENT/);
    await expect(anchors.add(anchor(1))).rejects.toThrow(/ENOENT/);
  });
});
