import { describe, expect, test } from 'vitest';
import type { SettingKey } from '../../contract/domain.ts';
import { failure, success } from '../../contract/errors.ts';
import type { AdminRecord, SharedSetting } from './ports.ts';
import { createSettings } from './settings.ts';
import type { FixedSettings } from './settings.ts';

const act = { actor: 'Dora', subject: 'dora', role: 'admin', workstation: 'W-1', at: 9, correlationId: 'c' };

const rowOf = (key: SettingKey, value: number, revision = 1): SharedSetting => ({
  key,
  value,
  updatedBy: 'Dora',
  updatedAt: 5,
  reason: 'because',
  revision,
});

async function setUp(rows: SharedSetting[] = [], fixed: FixedSettings = {}, kept?: string) {
  const state = { away: false, rows, saved: 0, slow: Promise.resolve() };
  const values = new Map<string, string>(kept === undefined ? [] : [['shared.settings', kept]]);
  const faults: string[] = [];
  const record: Pick<AdminRecord, 'readSettings' | 'saveSetting'> = {
    readSettings() {
      const answer = state.away ? failure('database-away', 'away') : success(state.rows);
      return state.slow.then(() => answer);
    },
    saveSetting({ key, value, reason, revision }, { actor, at }) {
      const current = state.rows.find((row) => row.key === key);
      if ((current?.revision ?? 0) !== revision)
        return Promise.resolve(failure('conflict', 'changed', { current }));
      state.saved += 1;
      const row = { key, value, reason, updatedBy: actor, updatedAt: at, revision: revision + 1 };
      state.rows = [...state.rows.filter((other) => other.key !== key), row];
      return Promise.resolve(success(row));
    },
  };
  const create = () =>
    createSettings({
      record,
      fixed,
      local: {
        get: (key) => Promise.resolve(values.get(key)),
        set: (key, value) => Promise.resolve(void values.set(key, value)),
      },
      onFault: (message) => faults.push(message),
    });
  const settings = await create();
  const changes: [SettingKey, number][] = [];
  settings.onChange((key, value) => changes.push([key, value]));
  return { settings, state, values, faults, changes, create };
}

describe('a setting', () => {
  test('is the standard, then the shared value, and what the configuration file fixes before both', async () => {
    const { settings, changes } = await setUp(
      [rowOf('cache.days', 3), rowOf('alerts.escalateAfterSeconds', 30)],
      { 'alerts.escalateAfterSeconds': 90 },
    );
    expect(settings.current('cache.days')).toBe(7);
    await settings.refresh();
    expect(settings.current('cache.days')).toBe(3);
    expect(settings.current('alerts.escalateAfterSeconds')).toBe(90);
    expect(settings.current('retention.measurementMonths')).toBe(25);
    expect(changes).toEqual([['cache.days', 3]]);
    const list = await settings.list();
    expect(list).toMatchObject({
      value: [
        {
          key: 'alerts.escalateAfterSeconds',
          value: 90,
          sharedValue: 30,
          fixedByConfiguration: true,
          revision: 1,
        },
        { key: 'alerts.soundAgainSeconds', value: 60, revision: 0 },
        { key: 'cache.days', value: 3, sharedValue: 3, fixedByConfiguration: false, updatedBy: 'Dora' },
        { key: 'retention.measurementMonths', value: 25, revision: 0 },
        { key: 'session.lockAfterMinutes', value: 0, revision: 0 },
      ],
    });
  });

  test('is known at a start without the database', async () => {
    const { settings, state, create } = await setUp([rowOf('session.lockAfterMinutes', 15)]);
    await settings.refresh();
    state.away = true;
    const offline = await create();
    expect(offline.current('session.lockAfterMinutes')).toBe(15);
    expect(await offline.list()).toMatchObject({ ok: true });
  });

  test('is saved, obeyed at once and told', async () => {
    const { settings, changes } = await setUp();
    const change = { key: 'cache.days', value: 14, reason: 'more room', revision: 0 } as const;
    expect(await settings.save(change, act)).toMatchObject({
      value: { key: 'cache.days', value: 14, updatedBy: 'Dora', revision: 1 },
    });
    expect(settings.current('cache.days')).toBe(14);
    expect(changes).toEqual([['cache.days', 14]]);
  });

  test('is not set back by an answer that was under way when it was saved', async () => {
    const { settings, state } = await setUp([rowOf('cache.days', 3)]);
    let answer = (): void => undefined;
    state.slow = new Promise((resolve) => {
      answer = resolve;
    });
    const refreshing = settings.refresh();
    await settings.save({ key: 'cache.days', value: 14, reason: 'r', revision: 1 }, act);
    answer();
    await refreshing;
    expect(settings.current('cache.days')).toBe(14);
  });

  test('that somebody else changed meanwhile is shown as it is now, and not overwritten', async () => {
    const { settings, state } = await setUp([rowOf('cache.days', 3, 2)]);
    const change = { key: 'cache.days', value: 14, reason: 'more room', revision: 1 } as const;
    expect(await settings.save(change, act)).toMatchObject({
      error: {
        code: 'conflict',
        details: { current: { value: 3, revision: 2, fixedByConfiguration: false } },
      },
    });
    expect(state.saved).toBe(0);
  });

  test.each([0, 91, 1.5])('is refused beyond its bounds: %d days', async (value) => {
    const { settings, state } = await setUp();
    const change = { key: 'cache.days', value, reason: 'r', revision: 0 } as const;
    expect(await settings.save(change, act)).toMatchObject({
      error: { code: 'invalid-input', details: { least: 1, most: 90 } },
    });
    expect(state.saved).toBe(0);
  });

  test('with an impossible value in the record, or in what was kept, leaves the standard', async () => {
    const { settings, faults } = await setUp([rowOf('retention.measurementMonths', 0)]);
    await settings.refresh();
    expect(settings.current('retention.measurementMonths')).toBe(25);
    expect(faults).toHaveLength(1);
    for (const kept of [
      '{',
      '[{}]',
      '[{"key":"cache.days","value":"x"}]',
      '"text"',
      '[{"key":"nothing","value":1}]',
    ]) {
      expect((await setUp([], {}, kept)).settings.current('cache.days')).toBe(7);
    }
  });
});
