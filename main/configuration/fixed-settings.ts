import type { SettingKey } from '../../contract/domain.ts';
import type { Configuration } from './schema.ts';

/** The shared settings that this workstation's file states, and that therefore go before the shared values here. */
export function fixedSettings({
  cache,
  alerts,
}: Pick<Configuration, 'cache' | 'alerts'>): Readonly<Partial<Record<SettingKey, number>>> {
  return {
    ...(cache.days !== undefined && { 'cache.days': cache.days }),
    ...(alerts.escalateAfterSeconds !== undefined && {
      'alerts.escalateAfterSeconds': alerts.escalateAfterSeconds,
    }),
  };
}
