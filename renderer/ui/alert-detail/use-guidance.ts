import type { Alert } from '../../../contract/domain.ts';
import { call } from '../../live/call.ts';
import { useReference } from '../../live/reference.ts';
import { useAsk } from '../ask.ts';
import { useWords } from '../i18n.ts';
import { shownGuidance } from './shown-guidance.ts';
import type { ShownGuidance } from './shown-guidance.ts';

/** What a person does about the alert; the standard text until the answer is there. */
export const useGuidance = ({ rule, severity }: Pick<Alert, 'rule' | 'severity'>): ShownGuidance => {
  const { language } = useWords();
  const version = useReference('guidance');
  const asked = useAsk(
    `guidance ${rule} ${severity} ${version}`,
    () => call('alerts.guidance', { rule, severity }),
    true,
  );
  const written = asked.kind === 'ready' && asked.value.revision > 0 ? asked.value : undefined;
  return shownGuidance(written, rule, language);
};
