import type { SettingKey } from './domain.ts';

export interface SettingDefinition {
  readonly standard: number;
  readonly least: number;
  readonly most: number;
  readonly unit: 'seconds' | 'minutes' | 'days' | 'months';
}

/**
 * The shared settings with their standard values and bounds. A value that a workstation's configuration file states
 * goes before the shared one there (docs/configuration.md).
 */
export const settings: Readonly<Record<SettingKey, SettingDefinition>> = {
  /** A critical alert that nobody acknowledged for so long escalates (docs/domain.md, alerts). */
  'alerts.escalateAfterSeconds': { standard: 60, least: 10, most: 3_600, unit: 'seconds' },
  /** A silenced alert that nobody acknowledged sounds again after this. */
  'alerts.soundAgainSeconds': { standard: 60, least: 30, most: 120, unit: 'seconds' },
  /** Days of passes in each workstation's replica. */
  'cache.days': { standard: 7, least: 1, most: 90, unit: 'days' },
  /** Measurements older than this are dropped, whole months at a time; the audit log never. */
  'retention.measurementMonths': { standard: 25, least: 3, most: 240, unit: 'months' },
  /** Nobody touched keyboard and mouse for so long: the session locks. 0: never. */
  'session.lockAfterMinutes': { standard: 0, least: 0, most: 480, unit: 'minutes' },
};
