import type { Refusal } from '../live/refusal.ts';
import type { Translate } from './i18n.ts';

/** The reason why an act is not open now, as what to do about it: `Sign in to acknowledge.` */
export const refusalText = ({ act, cause, needed }: Refusal, t: Translate): string =>
  cause === 'role'
    ? t('refusal.role', { role: t(`role.${needed}`) })
    : t(`refusal.${cause}`, { act: t(`act.${act}`) });
