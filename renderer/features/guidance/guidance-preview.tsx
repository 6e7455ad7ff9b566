import type { Rule } from '../../../contract/domain.ts';
import { shownGuidance } from '../../ui/alert-detail/shown-guidance.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import type { GuidanceContent, GuidanceLanguage } from './draft.ts';

interface GuidancePreviewProps {
  readonly content: GuidanceContent;
  readonly rule: Rule;
  readonly language: GuidanceLanguage;
}

/** As it stands beside an alert on the screen of somebody who reads `language`. Nothing can be ticked here. */
export const GuidancePreview = ({ content, rule, language }: GuidancePreviewProps) => {
  const { t } = useAdminWords();
  const { text, steps, standard } = shownGuidance(content, rule, language);
  const places = new Map<string, number>();
  return (
    <figure className="guidance-preview" data-testid={`guidance-preview-${language}`}>
      <figcaption className="secondary">
        {t(`guide.previewFor.${language}`)}
        {standard && ` · ${t('guide.standard')}`}
      </figcaption>
      <div className="guidance-preview-card" dir="auto">
        {text !== '' && <p>{text}</p>}
        {steps.length > 0 && (
          <ul>
            {steps.map((step) => {
              const before = places.get(step) ?? 0;
              places.set(step, before + 1);
              return (
                <li key={`${step} ${before}`}>
                  <span className="guidance-box" aria-hidden="true" /> <span dir="auto">{step}</span>
                </li>
              );
            })}
          </ul>
        )}
      </div>
    </figure>
  );
};
