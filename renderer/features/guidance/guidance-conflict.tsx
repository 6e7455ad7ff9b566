import { useRef, useState } from 'react';
import type { Guidance } from '../../../contract/domain.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { Moment } from '../../ui/panel/moment.tsx';
import { useReturnFocus } from '../../ui/panel/return-focus.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { contentOf, fieldsOf } from './draft.ts';
import type { GuidanceContent, GuidanceDraft } from './draft.ts';
import { changesSince } from './merge.ts';
import type { GuidancePart, PartChange } from './merge.ts';

interface GuidanceConflictProps {
  readonly draft: GuidanceDraft;
  /** What somebody saved after the draft was begun. */
  readonly theirs: Guidance;
  readonly onTakeTheirs: () => void;
  readonly onApplyMine: (preferTheirs: ReadonlySet<GuidancePart>) => void;
}

/** One part as plain text, line by line. */
const linesOf = (content: GuidanceContent, part: GuidancePart): string =>
  part === 'checklist'
    ? content.checklist.map(({ en, fr }, place) => `${place + 1}. ${en || '–'} / ${fr || '–'}`).join('\n')
    : content[part];

/** Somebody saved this guidance meanwhile: what both changed since, part by part. Nothing of either is overwritten. */
export const GuidanceConflict = ({ draft, theirs, onTakeTheirs, onApplyMine }: GuidanceConflictProps) => {
  const { t } = useAdminWords();
  const head = useRef<HTMLHeadingElement>(null);
  useReturnFocus(head, (place) => place.focus());
  const [preferTheirs, setPreferTheirs] = useState<ReadonlySet<GuidancePart>>(new Set());
  const rows = changesSince(draft, theirs);
  const contested = rows.filter((row) => row.contested).length;
  const began = contentOf(fieldsOf(draft.base));
  const saved = contentOf(fieldsOf(theirs));
  const mine = contentOf(draft.fields);
  const choose = (part: GuidancePart, isTheirs: boolean): void => {
    const next = new Set(preferTheirs);
    if (isTheirs) next.add(part);
    else next.delete(part);
    setPreferTheirs(next);
  };
  const side = ({ part, contested: both }: PartChange, isTheirs: boolean, by: boolean) => {
    const content = isTheirs ? saved : mine;
    const text = by ? linesOf(content, part) || t('guide.conflict.nothing') : t('guide.conflict.same');
    return (
      <>
        {both && (
          <label className="guidance-choice">
            <input
              type="radio"
              name={`contested ${part}`}
              checked={preferTheirs.has(part) === isTheirs}
              data-testid={`guidance-prefer-${isTheirs ? 'theirs' : 'mine'}-${part}`}
              onChange={() => choose(part, isTheirs)}
            />{' '}
            {t(isTheirs ? 'guide.conflict.takeTheirs' : 'guide.conflict.takeMine')}
          </label>
        )}
        <div dir="auto" className={by ? 'guidance-said' : 'secondary'}>
          {text}
        </div>
      </>
    );
  };
  return (
    <section className="conflict" role="alert" data-testid="guidance-conflict">
      <h3 ref={head} tabIndex={-1}>
        <StateMark state="stale" decorative /> {t('conflict.title')}
      </h3>
      <p>
        {t('guide.conflict.who', { who: theirs.updatedBy ?? '–' })}{' '}
        {theirs.updatedAt !== undefined && <Moment at={theirs.updatedAt} />}
      </p>
      <table className="guidance-difference">
        <thead>
          <tr>
            <th scope="col">{t('difference.what')}</th>
            <th scope="col">{t('conflict.known')}</th>
            <th scope="col">{t('conflict.now')}</th>
            <th scope="col">{t('guide.conflict.mine')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.part} data-testid="guidance-difference-row" data-part={row.part}>
              <th scope="row">
                {t(`guide.part.${row.part}`)}
                {row.contested && <div>{t('guide.conflict.both')}</div>}
              </th>
              <td>
                <div dir="auto" className="guidance-said">
                  {linesOf(began, row.part) || t('guide.conflict.nothing')}
                </div>
              </td>
              <td>{side(row, true, row.byThem)}</td>
              <td>{side(row, false, row.byMe)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{contested === 0 ? t('guide.conflict.clear') : t('guide.conflict.choose', { count: contested })}</p>
      <div className="acts">
        <button type="button" className="button" data-testid="guidance-take-theirs" onClick={onTakeTheirs}>
          {t('conflict.takeTheirs')}
        </button>
        <button
          type="button"
          className="button button-strong"
          data-testid="guidance-apply-mine"
          onClick={() => onApplyMine(preferTheirs)}
        >
          {t('guide.conflict.apply')}
        </button>
        <span className="secondary">{t('guide.conflict.help')}</span>
      </div>
    </section>
  );
};
