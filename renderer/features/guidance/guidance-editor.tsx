import { useState } from 'react';
import type { Guidance } from '../../../contract/domain.ts';
import { call } from '../../live/call.ts';
import { useAllowed } from '../../live/session.ts';
import { standardText } from '../../ui/alert-detail/shown-guidance.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { Confirmation } from '../../ui/panel/confirmation.tsx';
import { ErrorLine } from '../../ui/panel/error-line.tsx';
import { Moment } from '../../ui/panel/moment.tsx';
import { useAct } from '../../ui/panel/use-act.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { ChecklistEditor } from './checklist-editor.tsx';
import { contentOf, fieldsOf, guidanceLanguages, hasTwins, isChanged, missingTranslations } from './draft.ts';
import type { GuidanceDraft, GuidanceFields } from './draft.ts';
import { changeGuidance, dropGuidanceDraft, setGuidanceDraft } from './draft-store.ts';
import { GuidanceConflict } from './guidance-conflict.tsx';
import { GuidancePreview } from './guidance-preview.tsx';
import { isGuidance } from './is-guidance.ts';
import { rebase } from './merge.ts';
import { TextEditor } from './text-editor.tsx';

interface GuidanceEditorProps {
  /** As it is in the record, as far as this window heard. */
  readonly guidance: Guidance;
  /** Of whom the page is: the provider's subject. */
  readonly owner: string;
  readonly draft: GuidanceDraft | undefined;
  /** The record has something newer than the list: what was saved, or what somebody else was faster with. */
  readonly onCurrent: (guidance: Guidance) => void;
}

/** One guidance: texts in both languages side by side, the checklist, and how operators will see both. */
export const GuidanceEditor = ({ guidance, owner, draft, onCurrent }: GuidanceEditorProps) => {
  const { t } = useAdminWords();
  const allowed = useAllowed('admin');
  const act = useAct();
  const [discarding, setDiscarding] = useState(false);
  const [saved, setSaved] = useState(false);
  const fields = draft?.fields ?? fieldsOf(guidance);
  const content = contentOf(fields);
  const changed = draft !== undefined && isChanged(draft);
  const outdated = draft !== undefined && guidance.revision !== draft.base.revision;
  const missing = missingTranslations(content);
  const change = (next: (before: GuidanceFields) => GuidanceFields): void => {
    setSaved(false);
    changeGuidance(guidance, owner, next);
  };
  const obstacle = !allowed
    ? t('guide.obstacle.notAllowed')
    : outdated
      ? t('guide.obstacle.outdated')
      : hasTwins(content)
        ? t('guide.obstacle.twins')
        : changed
          ? undefined
          : t('guide.obstacle.unchanged');

  const save = async (): Promise<void> => {
    if (draft === undefined || obstacle !== undefined) return;
    const answer = await act.run(async () => {
      const { rule, severity, revision } = draft.base;
      const result = await call('admin.saveGuidance', {
        rule,
        severity,
        ...content,
        checklist: [...content.checklist],
        revision,
      });
      const current = result.ok ? undefined : result.error.details?.['current'];
      if (isGuidance(current)) onCurrent(current);
      return result;
    });
    if (answer === undefined) return;
    dropGuidanceDraft(owner, answer);
    onCurrent(answer);
    setSaved(true);
  };

  return (
    <div className="guidance-editor" data-testid="guidance-editor">
      <p className="secondary">
        {guidance.updatedAt === undefined ? (
          t('guide.untouched')
        ) : (
          <>
            {t('guide.lastChange', { who: guidance.updatedBy ?? '–' })} <Moment at={guidance.updatedAt} />
          </>
        )}
        {draft !== undefined && (
          <>
            {' · '}
            <b data-testid="guidance-draft">{t('guide.draftKept')}</b>
          </>
        )}
      </p>
      {draft !== undefined && outdated && (
        <GuidanceConflict
          draft={draft}
          theirs={guidance}
          onTakeTheirs={() => {
            act.clear();
            dropGuidanceDraft(owner, guidance);
          }}
          onApplyMine={(preferTheirs) => {
            act.clear();
            setGuidanceDraft(rebase(draft, guidance, preferTheirs));
          }}
        />
      )}
      <div className="guidance-columns">
        {guidanceLanguages.map((language) => (
          <TextEditor
            key={language}
            language={language}
            text={language === 'en' ? fields.textEn : fields.textFr}
            disabled={!allowed}
            missing={missing.some((each) => each.language === language && each.text)}
            standard={guidance.revision === 0 ? standardText(guidance.rule, language) : ''}
            onChange={(text) =>
              change((before) => ({ ...before, [language === 'en' ? 'textEn' : 'textFr']: text }))
            }
          />
        ))}
      </div>
      <ChecklistEditor steps={fields.steps} disabled={!allowed} onChange={change} />
      <section aria-label={t('guide.preview')} data-testid="guidance-preview">
        <h3>{t('guide.preview')}</h3>
        <div className="guidance-columns">
          {guidanceLanguages.map((language) => (
            <GuidancePreview key={language} content={content} rule={guidance.rule} language={language} />
          ))}
        </div>
      </section>
      <ErrorLine error={act.current === undefined ? act.error : undefined} />
      {discarding ? (
        <Confirmation
          title={t('guide.discardAsk')}
          confirm={t('guide.discardDo')}
          busy={false}
          testId="guidance-discard-ask"
          onCancel={() => setDiscarding(false)}
          onConfirm={() => {
            act.clear();
            setDiscarding(false);
            dropGuidanceDraft(owner, guidance);
          }}
        >
          <p>{t('guide.discardText')}</p>
        </Confirmation>
      ) : (
        <div className="acts guidance-acts">
          <button
            type="button"
            className="button button-strong"
            disabled={obstacle !== undefined || act.busy}
            data-testid="guidance-save"
            onClick={() => void save()}
          >
            {act.busy ? t('act.busy') : t('guide.save')}
          </button>
          {draft !== undefined && (
            <button
              type="button"
              className="button"
              data-testid="guidance-discard"
              onClick={() => setDiscarding(true)}
            >
              {t('guide.discard')}
            </button>
          )}
          <span role="status" className="secondary" data-testid="guidance-standing">
            {saved && !changed ? t('guide.saved') : obstacle}
          </span>
        </div>
      )}
      {missing.length > 0 && (
        <p className="secondary">
          <StateMark state="warning" decorative /> {t('guide.missingHelp')}
        </p>
      )}
    </div>
  );
};
