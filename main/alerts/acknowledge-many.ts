import type { Alert } from '../../contract/domain.ts';
import type { CallError } from '../../contract/errors.ts';
import type { AcknowledgedMany } from '../../contract/results.ts';
import type { Act } from '../audit/act.ts';
import type { Acknowledgement } from './acknowledgement.ts';

/**
 * Each named alert by itself, one after the other, with its own entry in history and audit log: a refusal of one
 * says nothing of the others (docs/domain.md, "Acknowledging one alert never acknowledges another"). An id that is
 * given twice counts once.
 */
export async function acknowledgeMany(
  acknowledgement: Pick<Acknowledgement, 'acknowledge'>,
  alertIds: readonly string[],
  comment: string | undefined,
  act: Act,
): Promise<AcknowledgedMany> {
  const acknowledged: Alert[] = [];
  const failed: { readonly alertId: string; readonly error: CallError }[] = [];
  for (const alertId of new Set(alertIds)) {
    const result = await acknowledgement.acknowledge(alertId, { comment }, act);
    if (result.ok) acknowledged.push(result.value);
    else failed.push({ alertId, error: result.error });
  }
  return { acknowledged, failed };
}
