import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acknowledge, seesTrain } from './fixtures/acts.ts';
import { callFrom } from './fixtures/application.ts';
import { connected, expect, saveScreenshot, test } from './fixtures/main-line.ts';

test('the audit log: found, exported, verified; and what the owner of the database changed is named', async ({
  line,
}) => {
  const { app, window } = await line.start({ person: 'sophie' });
  const system = await window('system');
  await connected(system);
  const id = await seesTrain(line, system, '8301');
  expect(await acknowledge(system, id)).toMatchObject({ ok: true });
  await callFrom(system, 'windows.openAdmin', { page: 'audit' });
  const panel = await window('admin');
  const rows = panel.getByTestId('audit-row');
  await expect(rows.filter({ hasText: 'Sophie Lambert' }).first()).toBeVisible();

  await test.step('a row tells what was before and what is after', async () => {
    await panel.getByTestId('audit-action').selectOption('alert.acknowledge');
    await expect(rows).toHaveCount(1);
    await rows.first().click();
    await expect(panel.getByTestId('audit-detail').getByTestId('difference')).toBeVisible();
    await expect(panel.getByTestId('audit-detail')).toContainText('RCC-01');
    await panel.getByTestId('audit-clear').click();
  });

  const directory = await mkdtemp(join(tmpdir(), 'vicore-export-'));
  await test.step('exported as JSON lines and as CSV, every row of it', async () => {
    for (const format of ['jsonl', 'csv'] as const) {
      const filePath = join(directory, `audit.${format}`);
      // The dialog of the operating system is none that a test could click.
      await app.evaluate(({ dialog }, chosen) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
      }, filePath);
      await panel.getByTestId(`audit-export-${format}`).click();
      await expect(panel.getByTestId('export')).toHaveAttribute('data-state', 'done');
      await expect(panel.getByTestId('export').locator('input')).toHaveValue(filePath);
      const lines = (await readFile(filePath, 'utf8')).trim().split('\n');
      expect(lines.filter((text) => text.includes('alert.acknowledge'))).toHaveLength(1);
      await panel.getByTestId('export').getByRole('button').last().click();
    }
    await expect
      .poll(() =>
        line.rows(`select count(*)::int as count from vicore.audit_log where action = 'audit.export'`),
      )
      .toEqual([{ count: 2 }]);
  });
  await rm(directory, { recursive: true, force: true });

  const outcome = panel.getByTestId('verification-outcome');
  await test.step('whole', async () => {
    await panel.getByTestId('audit-verify').click();
    await expect(outcome).toHaveAttribute('data-outcome', 'whole');
  });

  await test.step('as the workstation nothing of it can be changed; what the owner changes is found', async () => {
    const changed = `update vicore.audit_log set action = 'alert.comment' where action = 'alert.acknowledge'`;
    await expect(line.rows(changed, [], line.database.userUrl)).rejects.toThrow('permission denied');
    await expect(line.rows('delete from vicore.audit_log', [], line.database.userUrl)).rejects.toThrow(
      'permission denied',
    );
    const [row] = await line.rows<{ id: string }>(
      `select id from vicore.audit_log where action = 'alert.acknowledge'`,
    );
    await line.rows('alter table vicore.audit_log disable trigger user');
    await line.rows(changed);
    await panel.getByTestId('audit-verify').click();
    await expect(outcome).toHaveAttribute('data-row', row?.id ?? '');
    await expect(outcome).toHaveAttribute('data-outcome', 'altered');
    await panel.getByTestId('verification-show').click();
    await expect(panel.locator(`[data-testid="audit-row"][data-id="${row?.id}"]`)).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await saveScreenshot(panel, 'audit-altered');
  });
});
