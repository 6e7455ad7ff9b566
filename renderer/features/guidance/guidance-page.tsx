import { useState } from 'react';
import type { Guidance } from '../../../contract/domain.ts';
import { call } from '../../live/call.ts';
import { useReference } from '../../live/reference.ts';
import { useSession } from '../../live/session.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { Empty } from '../../ui/messages.tsx';
import { DataTable } from '../../ui/panel/data-table.tsx';
import { Moment } from '../../ui/panel/moment.tsx';
import { PanelPage } from '../../ui/panel/panel-page.tsx';
import { Split } from '../../ui/panel/split.tsx';
import { usePages } from '../../ui/panel/use-pages.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { contentOf, fieldsOf, guidanceKey, missingTranslations } from './draft.ts';
import { useGuidanceDrafts } from './draft-store.ts';
import { GuidanceEditor } from './guidance-editor.tsx';
import './guidance.css';

/** Whether anybody has written it, and whether readers of both languages can read it. */
const Standing = ({ guidance }: { readonly guidance: Guidance }) => {
  const { t } = useAdminWords();
  if (guidance.revision === 0) return <span className="secondary">{t('guide.standard')}</span>;
  const missing = missingTranslations(contentOf(fieldsOf(guidance)));
  if (missing.length === 0) return t('guide.bothLanguages');
  return (
    <span>
      <StateMark state="warning" decorative />{' '}
      {missing.map(({ language }) => t(`guide.missing.${language}`)).join(' · ')}
    </span>
  );
};

/** What operators are told to do about an alert, by rule and severity, in both languages. */
export const GuidancePage = () => {
  const { t } = useAdminWords();
  const version = useReference('guidance');
  const pages = usePages('guidance', (cursor, limit) => call('admin.listGuidance', { cursor, limit }), {
    version,
  });
  const owner = useSession()?.subject ?? '';
  const drafts = useGuidanceDrafts(owner);
  const [selected, setSelected] = useState<string>();
  const chosen = pages.rows.find((row) => guidanceKey(row) === selected);
  const nameOf = ({ rule, severity }: Guidance): string => `${t(`rule.${rule}`)} · ${t(`state.${severity}`)}`;
  return (
    <PanelPage
      title={t('page.guidance')}
      intro={t('guide.intro')}
      testId="page-guidance"
      tools={
        drafts.size > 0 && (
          <p role="status" data-testid="guidance-drafts">
            {t('guide.drafts', { count: drafts.size })}
          </p>
        )
      }
    >
      <div className="guidance-split">
        <Split
          testId="guidance-detail"
          detailTitle={chosen === undefined ? '' : nameOf(chosen)}
          onClose={() => setSelected(undefined)}
          list={
            <DataTable
              label={t('page.guidance')}
              testId="guidance-list"
              pages={pages}
              rowId={guidanceKey}
              selectedId={selected}
              onSelect={setSelected}
              failed={t('guide.failed')}
              leastRem={44}
              empty={<Empty title={t('guide.empty')} />}
              columns={[
                {
                  // First and of its own width: a long name of a rule is cut off, a severity never.
                  key: 'severity',
                  title: t('guide.severity'),
                  rem: 9,
                  cell: (row) => (
                    <span data-testid="guidance-severity">
                      <StateMark state={row.severity} decorative /> {t(`state.${row.severity}`)}
                    </span>
                  ),
                },
                {
                  key: 'rule',
                  title: t('guide.rule'),
                  cell: (row) => <b>{t(`rule.${row.rule}`)}</b>,
                },
                {
                  key: 'standing',
                  title: t('guide.standing'),
                  rem: 11.5,
                  cell: (row) =>
                    drafts.has(guidanceKey(row)) ? <b>{t('guide.draft')}</b> : <Standing guidance={row} />,
                },
                {
                  key: 'steps',
                  title: t('guide.steps'),
                  rem: 6,
                  numeric: true,
                  minor: true,
                  cell: ({ checklist }) => (checklist.length === 0 ? '–' : checklist.length),
                },
                {
                  key: 'by',
                  title: t('guide.changedBy'),
                  minor: true,
                  cell: ({ updatedBy }) => updatedBy ?? '–',
                },
                {
                  key: 'at',
                  title: t('guide.changedAt'),
                  rem: 10,
                  minor: true,
                  cell: ({ updatedAt }) =>
                    updatedAt === undefined ? '–' : <Moment at={updatedAt} show="relative" />,
                },
              ]}
            />
          }
          detail={
            chosen === undefined ? undefined : (
              <GuidanceEditor
                key={selected}
                guidance={chosen}
                owner={owner}
                draft={drafts.get(guidanceKey(chosen))}
                onCurrent={(current) => {
                  pages.replace((row) => guidanceKey(row) === guidanceKey(current), current);
                }}
              />
            )
          }
        />
      </div>
    </PanelPage>
  );
};
