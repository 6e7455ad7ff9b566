import type { Alert } from '../../../contract/domain.ts';
import { alertSubject, alertText } from '../../ui/alert-text.ts';
import type { Language } from '../../ui/formats.ts';
import type { Translate } from '../../ui/i18n.ts';

/** What a search in words looks through: the alert as the list shows it, and what people said about it. */
export const alertWords = (alert: Alert, t: Translate, language: Language): string =>
  [
    alertSubject(alert, t),
    alertText(alert, t, language),
    alert.vehicleNumber,
    alert.owner,
    alert.acknowledgedBy,
    alert.comment,
    alert.shelveReason,
  ].join(' ');
