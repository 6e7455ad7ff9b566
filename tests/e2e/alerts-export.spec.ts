import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at, brokenSpring } from './fixtures/alerts.ts';
import { alertRow, expect, test } from './fixtures/main-line.ts';

test('the export holds exactly what the list shows, found by parts and words too', async ({ line }) => {
  test.slow();
  const { app, page } = await at(line, 'RCC-01', 'alan');
  const first = await brokenSpring(line, '8871', page);
  const second = await brokenSpring(line, '8872', page);
  const directory = await mkdtemp(join(tmpdir(), 'vicore-alerts-'));
  const filePath = join(directory, 'alerts.csv');
  // The dialog of the operating system is none that a test could click.
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
  }, filePath);
  await page.getByTestId('alerts-more-filters').click();
  /** Ids of the alerts in the file, in its order. */
  const exported = async (rows: number): Promise<readonly (string | undefined)[]> => {
    await page.getByTestId('alerts-export').click();
    await expect(page.getByTestId('alerts-exported')).toContainText(`${rows} alerts written`);
    const lines = (await readFile(filePath, 'utf8')).trimEnd().split('\r\n').slice(1);
    return lines.map((text) => text.split(',')[0]);
  };

  await test.step('everything', async () => {
    expect(new Set(await exported(2))).toEqual(new Set([first, second]));
  });
  await test.step('words of the screen', async () => {
    await page.getByTestId('alerts-search').fill('8872 · CAR 2');
    await expect(alertRow(page, first)).toHaveCount(0);
    expect(await exported(1)).toEqual([second]);
    await page.getByTestId('alerts-search').fill('no such word');
    await expect(alertRow(page, second)).toHaveCount(0);
    expect(await exported(0)).toEqual([]);
    await page.getByTestId('alerts-search').fill('');
  });
  await test.step('a part of the number of the train', async () => {
    await page.getByTestId('alerts-train').fill('871');
    await expect(alertRow(page, second)).toHaveCount(0);
    expect(await exported(1)).toEqual([first]);
  });
  await test.step('the audit log says what was searched for, not each of the alerts', async () => {
    const audited = () =>
      line.rows(`select after -> 'filter' ->> 'search' as search, (after ->> 'named')::int as named,
        (after ->> 'rows')::int as rows from vicore.audit_log where action = 'alert.export' order by id`);
    await expect.poll(audited).toEqual([
      { search: null, named: null, rows: 2 },
      { search: '8872 · CAR 2', named: 1, rows: 1 },
      { search: 'no such word', named: 0, rows: 0 },
      { search: '871', named: 1, rows: 1 },
    ]);
  });
  await rm(directory, { recursive: true, force: true });
});
