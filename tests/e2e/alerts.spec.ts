import { callFrom } from './fixtures/application.ts';
import { at, brokenSpring, details, eventsOf, train } from './fixtures/alerts.ts';
import { refused } from './fixtures/acts.ts';
import { alertRow, expect, test } from './fixtures/main-line.ts';
import { soundState } from './fixtures/sound.ts';
import { alertId } from '../../main/alerts/identity.ts';

test('who has an alert is seen everywhere at once; it is taken, handed over, spoken about and given back', async ({
  line,
}) => {
  test.slow();
  const alan = await at(line, 'RCC-01', 'alan');
  const sophie = await at(line, 'RCC-02', 'sophie');
  const id = await brokenSpring(line, '8801', alan.page, sophie.page);
  const here = alertRow(alan.page, id);
  const there = alertRow(sophie.page, id);
  const ownerOf = async () => (await line.rows('select owner from vicore.alert where id = $1', [id]))[0];

  await test.step('undo within 30 s: it waits for everybody again', async () => {
    await here.getByTestId('ack-button').click();
    await expect(there.getByTestId('tag-owner')).toContainText('Alan Martin');
    // Only whoever acknowledged can take it back.
    await expect(there.getByTestId('undo-button')).toHaveCount(0);
    expect(await callFrom(sophie.page, 'alerts.undo', { alertId: id })).toMatchObject({ ok: false });
    await here.getByTestId('undo-button').click();
    for (const row of [here, there]) await expect(row).toHaveAttribute('data-state', 'active-unacknowledged');
    await expect(there.getByTestId('tag-owner')).toHaveCount(0);
    expect(await eventsOf(line, id)).toEqual(
      expect.arrayContaining(['acknowledged', 'acknowledgement-undone']),
    );
    expect(await ownerOf()).toEqual({ owner: null });
  });

  const mine = await details(alan.page, id);
  const theirs = await details(sophie.page, id);

  await test.step('acknowledged: the name stands at both', async () => {
    await mine.getByTestId('ack-comment').fill('Stopped at Folkestone');
    await mine.getByTestId('ack-button').click();
    for (const detail of [mine, theirs])
      await expect(detail.getByTestId('alert-owner')).toContainText('Alan Martin');
    await expect(mine.getByTestId('alert-owner')).toContainText('(you)');
    await expect(theirs.getByTestId('alert-owner')).not.toContainText('(you)');
  });

  await test.step('the second workstation has it now, then hands it back by name', async () => {
    await theirs.getByTestId('take-button').click();
    await expect(mine.getByTestId('alert-owner')).toContainText('Sophie Lambert');
    await expect.poll(ownerOf).toEqual({ owner: 'Sophie Lambert' });
    await theirs.getByTestId('hand-over-open').click();
    await theirs.getByTestId('hand-over-search').fill('Martin');
    await theirs.getByTestId('hand-over-to').selectOption('alan');
    await theirs.getByTestId('hand-over-confirm').click();
    await expect(mine.getByTestId('alert-owner')).toContainText('(you)');
    await expect.poll(ownerOf).toEqual({ owner: 'Alan Martin' });
  });

  await test.step('what they say is a conversation, the same at both', async () => {
    await theirs.getByTestId('comment').fill('Depot is told');
    await theirs.getByTestId('comment-button').click();
    await expect(mine.getByTestId('conversation')).toContainText('Depot is told');
    await mine.getByTestId('comment').fill('<b>Inspection</b> at 14:00');
    await mine.getByTestId('comment-button').click();
    for (const detail of [mine, theirs]) {
      await expect(detail.getByTestId('conversation').locator('.said')).toHaveText([
        'Stopped at Folkestone',
        'Depot is told',
        '<b>Inspection</b> at 14:00',
      ]);
      await expect(detail.getByTestId('alert-history')).toContainText('handed over');
    }
    expect(await eventsOf(line, id)).toEqual([
      'raised',
      'acknowledged',
      'acknowledgement-undone',
      'acknowledged',
      'handed-over',
      'handed-over',
      'commented',
      'commented',
    ]);
  });
});

test('a shelf has a reason and an end; it is silent and counted, blocks the confirmation, and returns', async ({
  line,
}) => {
  test.slow();
  const alan = await at(line, 'RCC-01', 'alan');
  const sophie = await at(line, 'RCC-02', 'sophie');
  const id = await brokenSpring(line, '8811', alan.page, sophie.page);
  const [{ pass_id: passId } = { pass_id: '' }] = await line.rows<{ pass_id: string }>(
    'select pass_id from vicore.alert where id = $1',
    [id],
  );
  expect((await soundState(alan.page)).sounding).toBe('critical');

  await test.step('refused to the operator, and without an end or a reason', async () => {
    const detail = await details(alan.page, id);
    await expect(detail.getByTestId('shelve-open')).toHaveAttribute('aria-disabled', 'true');
    const shelve = { alertId: id, minutes: 5, reason: 'Known' };
    expect(await callFrom(alan.page, 'alerts.shelve', shelve)).toEqual(refused);
    for (const wrong of [{ minutes: 0 }, { minutes: 1441 }, { minutes: undefined }, { reason: '' }]) {
      expect(await callFrom(sophie.page, 'alerts.shelve', { ...shelve, ...wrong })).toMatchObject({
        ok: false,
        error: { code: 'invalid-input' },
      });
    }
  });

  await test.step('shelved by the supervisor: out of the way at both, but counted', async () => {
    const detail = await details(sophie.page, id);
    await detail.getByTestId('shelve-open').click();
    await detail.getByTestId('shelve-minutes').fill('1');
    await detail.getByTestId('shelve-reason').fill('Depot inspects tonight');
    await detail.getByTestId('shelve-confirm').click();
    await expect(detail.getByTestId('alert-shelf')).toContainText('Depot inspects tonight');
    for (const { page } of [alan, sophie]) {
      await expect(page.getByTestId('count-shelved')).toContainText('1');
      await expect(page.getByTestId('count-critical')).toContainText('0');
      await expect(page.getByTestId('banner-newest')).toContainText('No unacknowledged alert');
      await expect(alertRow(page, id)).toHaveCount(0);
    }
    await expect.poll(async () => (await soundState(alan.page)).sounding).toBeUndefined();
  });

  await test.step('it is found among the shelved, and blocks the confirmation', async () => {
    await alan.page.getByTestId('count-shelved').click();
    await expect(alertRow(alan.page, id).getByTestId('tag-shelved')).toBeVisible();
    expect(await callFrom(alan.page, 'passes.confirm', { passId })).toMatchObject({
      ok: false,
      error: { code: 'unacknowledged-alerts' },
    });
    await alan.page.getByTestId('alerts-scope-all').click();
  });

  await test.step('at its end it is back, and rings', async () => {
    await line.rows('update vicore.alert set shelved_until = clock_timestamp() where id = $1', [id]);
    for (const { page } of [alan, sophie]) {
      await expect(alertRow(page, id)).toHaveAttribute('data-state', 'active-unacknowledged');
      await expect(page.getByTestId('count-shelved')).toContainText('0');
      await expect(page.getByTestId('count-critical')).toContainText('1');
    }
    await expect.poll(async () => (await soundState(alan.page)).sounding).toBe('critical');
    await expect.poll(() => eventsOf(line, id)).toEqual(['raised', 'shelved', 'shelf-ended']);
  });
});

test('guidance is followed step by step, and the verdict of the inspection is corrected with its history', async ({
  line,
}) => {
  test.slow();
  const alan = await at(line, 'RCC-01', 'alan');
  const dora = await at(line, 'RCC-02', 'dora');
  await callFrom(dora.page, 'windows.openAdmin', { page: 'guidance' });
  const panel = await dora.window('windows/admin');
  expect(
    await callFrom(panel, 'admin.saveGuidance', {
      rule: 'defect',
      severity: 'critical',
      textEn: 'Call the rolling-stock controller.',
      textFr: 'Appelez le permanent matériel.',
      checklist: [
        { en: 'Picture looked at', fr: 'Photo regardée' },
        { en: 'Train held', fr: 'Train retenu' },
      ],
      revision: 0,
    }),
  ).toMatchObject({ ok: true });
  const id = await brokenSpring(line, '8821', alan.page, dora.page);

  await test.step('ticked before the acknowledgement, kept in its event', async () => {
    const detail = await details(alan.page, id);
    await expect(detail.getByTestId('guidance')).toContainText('Call the rolling-stock controller.');
    await detail.getByTestId('guidance').getByLabel('Picture looked at').check();
    await detail.getByTestId('ack-button').click();
    await expect(detail.getByTestId('alert-owner')).toContainText('Alan Martin');
    expect(
      await line.rows(
        `select details -> 'checklist' as checklist from vicore.alert_event where alert_id = $1 and kind = 'acknowledged'`,
        [id],
      ),
    ).toEqual([
      {
        checklist: [
          { step: 'Picture looked at', done: true },
          { step: 'Train held', done: false },
        ],
      },
    ]);
    await expect(detail.getByTestId('alert-history')).toContainText('☑ Picture looked at');
    await expect(detail.getByTestId('alert-history')).toContainText('☐ Train held');
  });

  await test.step('a verdict, and another later', async () => {
    const mine = await details(alan.page, id);
    await expect(mine.getByTestId('verdict-open')).toHaveAttribute('aria-disabled', 'true');
    expect(await callFrom(alan.page, 'alerts.verdict', { alertId: id, verdict: 'true' })).toEqual(refused);
    const detail = await details(dora.page, id);
    for (const verdict of ['true', 'false'] as const) {
      await detail.getByTestId('verdict-open').click();
      await detail.getByTestId(`verdict-${verdict}`).check();
      await detail.getByTestId('verdict-confirm').click();
      await expect(mine.getByTestId('alert-verdict')).toHaveAttribute('data-verdict', verdict);
    }
    const history = mine.getByTestId('alert-history').locator('[data-kind="verdict"]');
    await expect(history).toHaveCount(2);
    await expect(history.first()).toContainText('a real fault');
    await expect(history.last()).toContainText('no fault');
    expect(
      await line.rows(
        `select details ->> 'verdict' as verdict from vicore.alert_event where alert_id = $1 and kind = 'verdict' order by id`,
        [id],
      ),
    ).toEqual([{ verdict: 'true' }, { verdict: 'false' }]);
  });
});

test('several are acknowledged at once only by name, and who was faster is named', async ({ line }) => {
  test.slow();
  const alan = await at(line, 'RCC-01', 'alan');
  const sophie = await at(line, 'RCC-02', 'sophie');
  const places = ['1La', '2La', '3La'];
  const faults = places.map((position, index) => ({
    name: 'broken' as const,
    vehicle: index + 1,
    position,
    millimetres: 222,
  }));
  const { passId } = await train(line, '8831', faults);
  const ids = places.map((position, index) => alertId(passId, index + 1, position, 'defect'));
  for (const id of ids) await expect(alertRow(sophie.page, id)).toBeVisible();
  await expect(alan.page.getByTestId('alert-row')).toHaveCount(3);
  await expect
    .poll(() => line.rows('select id from vicore.alert where pass_id = $1', [passId]))
    .toHaveLength(3);

  await alan.page.locator('.alerts-rows').focus();
  await alan.page.keyboard.press('Control+a');
  await expect(alan.page.getByTestId('bulk-count')).toContainText('3 marked');
  await alan.page.getByTestId('bulk-acknowledge').click();
  const names = alan.page.getByTestId('bulk-names').locator('li');
  await expect(names).toHaveCount(3);
  for (const position of places) await expect(names.filter({ hasText: position })).toContainText('8831');
  const [first = ''] = ids;
  expect(await callFrom(sophie.page, 'alerts.acknowledge', { alertId: first })).toMatchObject({ ok: true });
  await expect(alertRow(alan.page, first)).toHaveAttribute('data-state', 'active-acknowledged');
  await alan.page.getByTestId('bulk-comment').fill('One rake, one cause');
  await alan.page.getByTestId('bulk-confirm-button').click();
  const outcome = alan.page.getByTestId('bulk-outcome');
  await expect(outcome).toHaveAttribute('data-failed', '1');
  await expect(outcome).toContainText('2 alerts acknowledged');
  await expect(outcome).toContainText('Sophie Lambert');
  expect(
    await line.rows(
      'select acknowledged_by, count(*)::int as count from vicore.alert where pass_id = $1 group by 1 order by 1',
      [passId],
    ),
  ).toEqual([
    { acknowledged_by: 'Alan Martin', count: 2 },
    { acknowledged_by: 'Sophie Lambert', count: 1 },
  ]);
});

test('keys: F2 goes to the next that waits, Ctrl+Enter acknowledges it, F8 silences', async ({ line }) => {
  const { page } = await at(line, 'RCC-01', 'alan');
  const { passId } = await train(line, '8841', [
    { name: 'displaced', vehicle: 3, position: '1La' },
    { name: 'broken', vehicle: 4, position: '3Ra', millimetres: 222 },
  ]);
  const displaced = alertId(passId, 3, '1La', 'defect');
  const broken = alertId(passId, 4, '3Ra', 'defect');
  for (const id of [displaced, broken]) await expect(alertRow(page, id)).toBeVisible();
  await expect(alertRow(page, displaced)).toHaveAttribute('data-severity', 'warning');

  expect((await soundState(page)).sounding).toBe('critical');
  await page.keyboard.press('F8');
  await expect.poll(async () => (await soundState(page)).silencedUntil).toBeGreaterThan(Date.now());
  await expect
    .poll(() => line.rows(`select actor from vicore.audit_log where action = 'alert.silence'`))
    .toEqual([{ actor: 'Alan Martin' }]);
  await expect(alertRow(page, broken)).toHaveAttribute('data-state', 'active-unacknowledged');

  await page.keyboard.press('F2');
  await expect(alertRow(page, broken)).toHaveAttribute('data-selected', 'true');
  await page.keyboard.press('F2');
  await expect(alertRow(page, displaced)).toHaveAttribute('data-selected', 'true');
  await page.keyboard.press('F2');
  await expect(alertRow(page, broken)).toHaveAttribute('data-selected', 'true');
  await page.keyboard.press('Control+Enter');
  await expect(alertRow(page, broken)).toHaveAttribute('data-state', 'active-acknowledged');
  await expect(alertRow(page, displaced)).toHaveAttribute('data-state', 'active-unacknowledged');
});

test('a viewer sees all of it and changes nothing', async ({ line }) => {
  const { page } = await at(line, 'RCC-01', 'vera');
  const id = await brokenSpring(line, '8851', page);
  const detail = await details(page, id);
  await expect(detail.getByTestId('alert-history')).toBeVisible();
  for (const act of ['ack-button', 'shelve-open', 'verdict-open']) {
    await expect(detail.getByTestId(act)).toHaveAttribute('aria-disabled', 'true');
  }
  // A keyboard can press it all the same: it says why, and nothing happens.
  await detail.getByTestId('ack-button').press('Enter');
  await expect(page.getByText('Needs the role operator').first()).toBeVisible();
  const acts = {
    'alerts.acknowledge': { alertId: id },
    'alerts.acknowledgeMany': { alertIds: [id] },
    'alerts.comment': { alertId: id, comment: 'mine' },
    'alerts.undo': { alertId: id },
    'alerts.handOver': { alertId: id },
    'alerts.shelve': { alertId: id, minutes: 5, reason: 'quiet' },
    'alerts.unshelve': { alertId: id },
    'alerts.verdict': { alertId: id, verdict: 'false' },
    'alerts.silence': {},
    'sound.mute': { minutes: 1 },
  };
  for (const [method, input] of Object.entries(acts)) {
    expect(await callFrom(page, method, input), method).toEqual(refused);
  }
  await expect(alertRow(page, id)).toHaveAttribute('data-state', 'active-unacknowledged');
  expect(await eventsOf(line, id)).toEqual(['raised']);
});
