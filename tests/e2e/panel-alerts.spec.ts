import { randomUUID } from 'node:crypto';
import { acknowledge, actions, seesTrain } from './fixtures/acts.ts';
import { callFrom } from './fixtures/application.ts';
import { alertRow, connected, expect, test } from './fixtures/main-line.ts';
import { sessionOf } from './fixtures/session.ts';

const text = 'Look at the picture. <script>alert(1)</script> Call ext. 4410.';

test('an admin writes what to do; operators see it as plain text, and a faster admin is never overwritten', async ({
  line,
}) => {
  const there = await line.start({ name: 'RCC-02', person: 'alan' });
  const here = await line.start({ name: 'RCC-01', person: 'dora' });
  const operator = await there.window('system');
  const system = await here.window('system');
  await connected(operator);
  await connected(system);
  const id = await seesTrain(line, operator, '8301');
  const standing = () =>
    line.rows(
      `select text_en, text_fr, checklist, revision from vicore.guidance where rule = 'defect' and severity = 'critical'`,
    );

  await callFrom(system, 'windows.openAdmin', { page: 'guidance' });
  const panel = await here.window('admin');
  const row = panel.getByTestId('guidance-list-row');
  await expect(row).toHaveCount(22);
  await panel.locator('[data-testid="guidance-list-row"][data-id="defect/critical"]').click();

  await test.step('the list says every severity by mark and word, from the least width on', async () => {
    const shown = await here.app.browserWindow(panel);
    for (const width of [480, 760, 1100, 1440]) {
      await shown.evaluate((place: Electron.BrowserWindow, wide) => place.setSize(wide, 900), width);
      await expect.poll(() => panel.evaluate(() => innerWidth)).toBeLessThanOrEqual(width);
      const severity = panel.getByTestId('guidance-severity').first();
      await expect(severity).toHaveText(/critical|warning/);
      await expect(severity.locator('.state-mark')).toBeInViewport({ ratio: 1 });
      await expect
        .poll(() =>
          panel.getByTestId('guidance-severity').evaluateAll((all) =>
            all.every((each) => {
              const cell = each.closest('[role="gridcell"]');
              return cell !== null && cell.scrollWidth <= cell.clientWidth;
            }),
          ),
        )
        .toBe(true);
    }
  });

  await panel.getByTestId('guidance-text-en').fill(text);
  await expect(panel.getByTestId('guidance-missing-fr')).toBeVisible();

  await test.step('the draft outlives another page and the end of the session', async () => {
    await panel.getByTestId('navigate-audit').click();
    await panel.getByTestId('navigate-guidance').click();
    await callFrom(panel, 'session.logout', {});
    await expect(panel.getByTestId('missing-rights')).toBeVisible();
    await expect(panel.getByTestId('guidance-editor')).toBeHidden();
    await panel.getByTestId('page-sign-in').click();
    await expect.poll(async () => (await sessionOf(panel)).state).toBe('signed-in');
    await expect(panel.getByTestId('guidance-text-en')).toHaveValue(text);
  });

  await panel.getByTestId('guidance-text-fr').fill('Regarder l’image.');
  await panel.getByTestId('guidance-step-add').click();
  await panel.getByTestId('guidance-step-en').fill('Controller called');
  await panel.getByTestId('guidance-step-fr').fill('Contrôleur appelé');
  await panel.getByTestId('guidance-save').click();
  await expect(panel.getByTestId('guidance-draft')).toHaveCount(0);
  const checklist = [{ en: 'Controller called', fr: 'Contrôleur appelé' }];
  expect(await standing()).toEqual([{ text_en: text, text_fr: 'Regarder l’image.', checklist, revision: 1 }]);

  await test.step('the operator at another workstation reads it with the alert', async () => {
    await alertRow(operator, id).click();
    await expect(operator.getByTestId('guidance').first()).toContainText(text);
    await expect(operator.getByTestId('guidance').first()).toContainText('Controller called');
  });

  await test.step('another admin is faster', async () => {
    await panel.getByTestId('guidance-text-en').fill('Mine');
    const act = { subject: 'paul', workstation: 'RCC-03', at: Date.now(), correlationId: randomUUID() };
    await line.rows('select vicore.record_person($1::json, $2, $3)', [
      JSON.stringify({ subject: 'paul', name: 'Paul Moreau', claimedRole: 'admin' }),
      'RCC-03',
      randomUUID(),
    ]);
    expect(
      await line.rows(
        `select (vicore.save_guidance('defect', 'critical', 'Theirs', 'Regarder.', $1::jsonb, 1, $2::json)).outcome`,
        [JSON.stringify(checklist), JSON.stringify(act)],
      ),
    ).toEqual([{ outcome: 'done' }]);
    const conflict = panel.getByTestId('guidance-conflict');
    await expect(conflict).toContainText('Paul Moreau');
    await expect(conflict).toContainText('Theirs');
    await expect(panel.getByTestId('guidance-save')).toBeDisabled();
    expect(await standing()).toMatchObject([{ text_en: 'Theirs', revision: 2 }]);
    await panel.getByTestId('guidance-apply-mine').click();
    await panel.getByTestId('guidance-save').click();
    await expect.poll(standing).toMatchObject([{ text_en: 'Mine', text_fr: 'Regarder.', revision: 3 }]);
  });
  expect((await actions(line)).filter((action) => action === 'guidance.save')).toHaveLength(3);
});

test('a supervisor reads the figures of today; the table says what the picture says', async ({ line }) => {
  const there = await line.start({ name: 'RCC-02', person: 'alan' });
  const here = await line.start({ name: 'RCC-01', person: 'sophie' });
  const operator = await there.window('system');
  const system = await here.window('system');
  await connected(operator);
  await connected(system);
  const id = await seesTrain(line, operator, '8302');
  expect(await acknowledge(operator, id)).toMatchObject({ ok: true });
  await callFrom(system, 'windows.openAdmin', { page: 'statistics' });
  const panel = await here.window('admin');
  await expect(panel.getByTestId('figures')).toBeVisible();
  const [raised] = await line.rows<{ count: number }>('select count(*)::int as count from vicore.alert');
  const count = raised?.count ?? 0;
  expect(count).toBeGreaterThan(0);
  // What came a moment ago is in it as soon as one asks anew.
  await expect(async () => {
    await panel.getByTestId('statistics-refresh').click();
    await expect(panel.getByTestId('figure-raised').locator('.key-figure-value')).toHaveText(String(count), {
      timeout: 1_000,
    });
  }).toPass({ timeout: 15_000 });
  await expect(panel.getByTestId('figure-per-operator')).toContainText('144');
  await expect(panel.getByTestId('figure-median')).not.toContainText('–');
  await panel.getByTestId('series-open').click();
  const totals = await panel.getByTestId('series-row').locator('td:nth-of-type(3)').allTextContents();
  expect(totals.reduce((sum, total) => sum + Number(total), 0)).toBe(count);
  await panel.getByTestId('series-copy').click();
  await expect(panel.getByTestId('series-text')).toBeFocused();
  await panel.getByTestId('statistics-period-own').click();
  await expect(panel.getByTestId('statistics-problem')).toHaveAttribute('data-problem', 'incomplete');
});
