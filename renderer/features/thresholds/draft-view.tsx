import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { thresholdProblems } from '../../../contract/threshold-order.ts';
import type { ThresholdSet } from '../../../contract/domain.ts';
import { isTextField } from '../../ui/dom.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { Confirmation } from '../../ui/panel/confirmation.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { AddType } from './add-type.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { DifferenceTable } from './difference-table.tsx';
import { sameValues } from './difference.ts';
import { redo, undo } from './draft.ts';
import type { Draft } from './draft.ts';
import { dropDraft, editorOf } from './draft-store.ts';
import { orderProblems, textProblem } from './problem-words.ts';
import type { FieldProblem } from './problem-words.ts';
import { placesOf, placeKey } from './places.ts';
import { SaveForm } from './save-form.tsx';
import { Trial } from './trial.tsx';
import { typeName } from './type-name.ts';
import { useHeadFocus } from './use-head-focus.ts';
import { ValuesView } from './values-view.tsx';

interface DraftViewProps {
  readonly draft: Draft;
  /** Newest first. */
  readonly versions: readonly ThresholdSet[];
  readonly newest: ThresholdSet;
  readonly zones: readonly string[];
  readonly allowed: boolean;
  /** The button that led here is gone: the head takes the focus. */
  readonly focusHead: boolean;
  readonly onFocused: () => void;
  readonly tab: string;
  readonly onTab: (tab: string) => void;
  readonly onSaved: (saved: ThresholdSet) => void;
  readonly onDiscarded: () => void;
  /** The list must be asked anew: a newer version is there than it shows. */
  readonly onConflict: () => void;
}

/** A new version being written: bands and fields, what is impossible, what differs, what it would do, and saving it. */
export const DraftView = ({
  draft,
  versions,
  newest,
  zones,
  allowed,
  focusHead,
  onFocused,
  tab,
  onTab,
  onSaved,
  onDiscarded,
  onConflict,
}: DraftViewProps) => {
  const { t, language } = useAdminWords();
  const head = useHeadFocus(focusHead, onFocused);
  const [conflictWanted, setConflictWanted] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  const { values, base, texts, owner } = draft;
  const edit = editorOf(owner);
  const found: readonly FieldProblem[] = [
    ...placesOf(values).flatMap((place) => {
      const key = placeKey(place);
      const text = texts[key];
      return text === undefined ? [] : [{ key, place, text: textProblem(place, text, t, language) }];
    }),
    ...orderProblems(thresholdProblems(values), t),
  ];
  const problems = new Map(found.toReversed().map(({ key, text }) => [key, text]));
  const outdated = newest.version > base.version;
  const unchanged = sameValues(base, values);
  const obstacles = [
    ...(allowed ? [] : [t('thresholds.save.notAllowed')]),
    ...(outdated ? [t('thresholds.save.outdated')] : []),
    ...(found.length > 0 ? [t('thresholds.save.impossible')] : []),
    ...(unchanged ? [t('thresholds.save.unchanged')] : []),
  ];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.ctrlKey || event.altKey || event.metaKey) return;
    // In the reason and the time of effect, undo is about their text.
    if (event.target instanceof HTMLElement && event.target.closest('.save-form') !== null) return;
    const key = event.key.toLowerCase();
    const backwards = key === 'z' && !event.shiftKey;
    const forwards = key === 'y' || (key === 'z' && event.shiftKey);
    if (!backwards && !forwards) return;
    event.preventDefault();
    // The field shows the value of the draft again, not what was typed.
    if (isTextField(event.target) && event.target instanceof HTMLElement) {
      event.target.blur();
      event.target.focus();
    }
    edit(backwards ? undo : redo);
  };
  return (
    <article
      className="panel threshold-detail scroll"
      data-region="detail"
      data-testid="threshold-draft"
      onKeyDown={onKeyDown}
    >
      <header className="detail-head">
        <div>
          <h2 ref={head} tabIndex={-1}>
            {t('thresholds.draft')}{' '}
            <span className="secondary">{t('thresholds.draftBase', { version: base.version })}</span>
          </h2>
          <p className="secondary">
            {draft.from !== base.version && `${t('thresholds.draftOld', { version: draft.from })} `}
            {t('thresholds.draftHelp')}
          </p>
        </div>
        <div className="acts">
          <button
            type="button"
            className="button"
            disabled={draft.past.length === 0 && Object.keys(texts).length === 0}
            title={t('thresholds.undoKeys')}
            data-testid="threshold-undo"
            onClick={() => edit(undo)}
          >
            {t('thresholds.undo')}
          </button>
          <button
            type="button"
            className="button"
            disabled={draft.future.length === 0}
            title={t('thresholds.redoKeys')}
            onClick={() => edit(redo)}
          >
            {t('thresholds.redo')}
          </button>
          <button
            type="button"
            className="button"
            aria-expanded={discarding}
            data-testid="threshold-discard"
            onClick={() => setDiscarding(true)}
          >
            {t('thresholds.discard')}
          </button>
        </div>
      </header>
      {discarding && (
        <Confirmation
          title={t('thresholds.discardAsk')}
          confirm={t('thresholds.discardDo')}
          busy={false}
          testId="threshold-discard-ask"
          onCancel={() => setDiscarding(false)}
          onConfirm={() => {
            dropDraft(owner);
            onDiscarded();
          }}
        >
          <p>{t('thresholds.discardText')}</p>
        </Confirmation>
      )}
      {outdated && (
        <ConflictNotice
          draft={draft}
          onEdit={edit}
          theirs={newest}
          focusHead={conflictWanted}
          onFocused={() => setConflictWanted(false)}
          onDone={() => head.current?.focus()}
        />
      )}
      <div className="problems" role="status" data-testid="threshold-problems">
        {found.length > 0 && (
          <div className="threshold-note">
            <h3>
              <StateMark state="warning" decorative /> {t('thresholds.problems')}
            </h3>
            <ul>
              {found
                .filter(({ mirrored }) => mirrored !== true)
                .map(({ key, place, text }) => (
                  <li key={`${key} ${text}`}>
                    <button type="button" className="problem-link" onClick={() => onTab(place.type ?? '')}>
                      {place.type === undefined ? t('thresholds.common') : typeName(place.type, t)}
                    </button>
                    {' · '}
                    {text}
                  </li>
                ))}
            </ul>
          </div>
        )}
      </div>
      <ValuesView
        values={values}
        before={base}
        texts={texts}
        problems={problems}
        onEdit={allowed ? edit : undefined}
        tab={tab}
        onTab={onTab}
      />
      <AddType draft={draft} onEdit={edit} allowed={allowed} onAdded={onTab} />
      <section className="values-part" aria-label={t('thresholds.difference')}>
        <h3>{t('thresholds.difference')}</h3>
        <DifferenceTable
          before={base}
          after={values}
          beforeName={t('thresholds.version', { version: base.version })}
          afterName={t('thresholds.draft')}
        />
      </section>
      <Trial values={values} disabled={!allowed || found.length > 0} />
      <SaveForm
        key={base.version}
        draft={draft}
        onEdit={edit}
        versions={versions}
        zones={zones}
        obstacles={obstacles}
        onSaved={onSaved}
        onConflict={() => {
          setConflictWanted(true);
          onConflict();
        }}
        onShowConflict={outdated ? () => setConflictWanted(true) : undefined}
      />
    </article>
  );
};
