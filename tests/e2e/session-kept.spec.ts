import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKeyStore } from '../shared/key-store.ts';
import type { KeyStore } from '../shared/key-store.ts';
import { acknowledge, acknowledgedBy, seesTrain } from './fixtures/acts.ts';
import { callFrom } from './fixtures/application.ts';
import type { Launched } from './fixtures/application.ts';
import { connected, expect, test as base } from './fixtures/main-line.ts';
import { sessionOf } from './fixtures/session.ts';

const test = base.extend<{ keyStore: KeyStore }>({
  keyStore: async ({ desktop }, use) => {
    const keyStore = await startKeyStore(desktop.env);
    await use(keyStore);
    await keyStore.stop();
  },
});

async function quit({ app }: Launched): Promise<void> {
  const ended = once(app.process(), 'exit');
  await app.close();
  await ended;
}

test('with a key store the session outlives a restart, the provider being there or not, and so does a sign-out', async ({
  line,
  keyStore,
}) => {
  test.slow();
  const dataDirectory = mkdtempSync(join(tmpdir(), 'vicore-e2e-'));
  const again = () => line.start({ dataDirectory, person: 'nobody', extraArgs: keyStore.args });

  const first = await line.start({ dataDirectory, extraArgs: keyStore.args });
  const { since, sessionOnly } = await sessionOf(await first.window('system'));
  expect(sessionOnly).toBe(false);
  await quit(first);

  await test.step('restarted: the same person, and nobody is asked', async () => {
    const second = await again();
    const system = await second.window('system');
    await expect
      .poll(() => sessionOf(system))
      .toMatchObject({ state: 'signed-in', subject: 'alan', role: 'operator', since });
    expect(await second.browser.said()).toBe('');
    await quit(second);
  });

  await test.step('restarted without the provider: the grace, in which acts are possible', async () => {
    await line.provider.stop();
    const third = await again();
    const system = await third.window('system');
    await connected(system);
    await expect
      .poll(() => sessionOf(system), { timeout: 20_000 })
      .toMatchObject({ state: 'grace', subject: 'alan', role: 'operator' });
    const id = await seesTrain(line, system, '7502');
    expect(await acknowledge(system, id)).toMatchObject({ ok: true });
    await expect
      .poll(() => acknowledgedBy(line, id))
      .toEqual([{ state: 'active-acknowledged', acknowledged_by: 'Alan Martin' }]);

    expect(await callFrom(system, 'session.logout', {})).toMatchObject({ ok: true });
    expect(await sessionOf(system)).toMatchObject({ state: 'signed-out', name: '', role: 'viewer' });
    await quit(third);
  });

  await test.step('signed out while the provider was away: told to it when it is back, after a restart too', async () => {
    const revocations = () => line.provider.requests.filter(({ path }) => path === '/token/revocation');
    expect(revocations()).toEqual([]);
    await line.provider.start();
    const fourth = await again();
    const system = await fourth.window('system');
    await expect.poll(revocations, { timeout: 20_000 }).toMatchObject([{ status: 200 }]);
    expect(await sessionOf(system)).toMatchObject({ state: 'signed-out', role: 'viewer' });
    expect(await fourth.browser.said()).toBe('');
  });
});
