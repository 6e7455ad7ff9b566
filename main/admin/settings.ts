import type { Setting, SettingKey } from '../../contract/domain.ts';
import { failure, success } from '../../contract/errors.ts';
import type { Result } from '../../contract/errors.ts';
import type { CheckedInputs } from '../../contract/inputs.ts';
import { settings as definitions } from '../../contract/settings.ts';
import type { Act } from '../audit/act.ts';
import type { AdminRecord, LocalValues, SharedSetting } from './ports.ts';

export type FixedSettings = Readonly<Partial<Record<SettingKey, number>>>;

export interface Settings {
  /** In force at this workstation: what its configuration file fixes, else the shared value, else the standard. */
  current(key: SettingKey): number;
  /** As the shared record has them now, else as last known. */
  list(): Promise<Result<readonly Setting[]>>;
  /** `invalid-input` (details: key, least, most), `conflict` (details: current, the Setting as it is now). */
  save(change: CheckedInputs['admin.saveSetting'], act: Act): Promise<Result<Setting>>;
  /** Asks the shared record; never rejects. Call on connect and when a setting was changed somewhere. */
  refresh(): Promise<void>;
  /** Told of each value in force that changed. */
  onChange(listener: (key: SettingKey, value: number) => void): () => void;
}

export interface SettingsOptions {
  readonly record: Pick<AdminRecord, 'readSettings' | 'saveSetting'>;
  readonly fixed: FixedSettings;
  /** Keeps what was last known, so that a start without the database works with it. */
  readonly local: LocalValues;
  readonly onFault: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

const localKey = 'shared.settings';
const keys = Object.keys(definitions) as readonly SettingKey[];

const isWithin = (key: SettingKey, value: number): boolean =>
  Number.isInteger(value) && value >= definitions[key].least && value <= definitions[key].most;

/** Of what was kept only what is whole and possible. */
function parse(text: string | undefined): SharedSetting[] {
  if (text === undefined) return [];
  const kept: unknown = JSON.parse(text);
  if (!Array.isArray(kept)) return [];
  return (kept as Partial<SharedSetting>[]).flatMap((row) => {
    const { key, value, updatedBy = '', updatedAt = 0, reason = '', revision = 0 } = row;
    if (key === undefined || value === undefined || !keys.includes(key) || !isWithin(key, value)) return [];
    return [{ key, value, updatedBy, updatedAt, reason, revision }];
  });
}

/** The shared settings as this workstation obeys them. Resolves when what was last known here is read. */
export async function createSettings(options: SettingsOptions): Promise<Settings> {
  const { record, fixed, local, onFault } = options;
  const listeners = new Set<(key: SettingKey, value: number) => void>();
  let shared: ReadonlyMap<SettingKey, SharedSetting> = new Map();
  /** Of what is read or saved: an answer that was overtaken is old. */
  let latest = 0;

  const current = (key: SettingKey): number =>
    fixed[key] ?? shared.get(key)?.value ?? definitions[key].standard;

  const settingOf = (key: SettingKey): Setting => {
    const row = shared.get(key);
    return {
      key,
      value: current(key),
      sharedValue: row?.value ?? definitions[key].standard,
      fixedByConfiguration: fixed[key] !== undefined,
      updatedBy: row?.updatedBy,
      updatedAt: row?.updatedAt,
      reason: row?.reason,
      revision: row?.revision ?? 0,
    };
  };

  function take(rows: readonly SharedSetting[]): void {
    const before = new Map(keys.map((key) => [key, current(key)]));
    // A value that somebody wrote past the panel and that cannot be: the standard goes on.
    const possible = rows.filter(({ key, value }) => {
      if (!keys.includes(key)) return false;
      if (isWithin(key, value)) return true;
      onFault('a shared setting has an impossible value and is passed over', { key, value });
      return false;
    });
    shared = new Map(possible.map((row) => [row.key, row]));
    for (const key of keys) {
      const value = current(key);
      if (value !== before.get(key)) for (const listener of listeners) listener(key, value);
    }
  }

  async function keep(): Promise<void> {
    try {
      await local.set(localKey, JSON.stringify([...shared.values()]));
    } catch (error) {
      onFault('the shared settings could not be kept for the next start', { error });
    }
  }

  async function refresh(): Promise<Result<undefined>> {
    latest += 1;
    const mine = latest;
    const read = await record.readSettings();
    if (!read.ok) return read;
    if (mine !== latest) return success(undefined);
    const before = JSON.stringify([...shared.values()]);
    take(read.value);
    if (JSON.stringify([...shared.values()]) !== before) await keep();
    return success(undefined);
  }

  try {
    take(parse(await local.get(localKey)));
  } catch (error) {
    onFault('the shared settings of the last time could not be read', { error });
  }

  return {
    current,
    async list() {
      await refresh();
      return success(keys.map(settingOf));
    },
    async save(change, act) {
      const { key, value } = change;
      if (!isWithin(key, value)) {
        const { least, most } = definitions[key];
        return failure('invalid-input', `${key} must be between ${least} and ${most}.`, { key, least, most });
      }
      const saved = await record.saveSetting(change, act);
      if (saved.ok) {
        latest += 1;
        take([...[...shared.values()].filter((row) => row.key !== key), saved.value]);
        await keep();
        return success(settingOf(key));
      }
      if (saved.error.code !== 'conflict') return saved;
      // What the second one is shown is the setting as this workstation obeys it, not the bare row.
      await refresh();
      return failure('conflict', saved.error.message, { current: settingOf(key) });
    },
    async refresh() {
      const read = await refresh();
      if (!read.ok && read.error.code !== 'database-away') {
        onFault('the shared settings could not be read', { ...read.error });
      }
    },
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
