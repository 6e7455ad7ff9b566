import { useEffect, useEffectEvent, useState } from 'react';
import type { ThresholdSet } from '../../../contract/domain.ts';
import { call } from '../../live/call.ts';
import { useReference } from '../../live/reference.ts';
import { useAllowed, useSession } from '../../live/session.ts';
import { useWantedLimits } from '../../live/wanted-limits.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { Empty, Failed, Loading } from '../../ui/messages.tsx';
import { PanelPage } from '../../ui/panel/panel-page.tsx';
import { usePages } from '../../ui/panel/use-pages.ts';
import { startDraft } from './draft.ts';
import { dropDraft, setDraft, useDraft } from './draft-store.ts';
import { DraftView } from './draft-view.tsx';
import { useZones } from './use-zones.ts';
import { VersionList } from './version-list.tsx';
import { VersionView } from './version-view.tsx';
import './thresholds.css';

/** Thresholds: every version there was, and the next one. */
export const ThresholdsPage = () => {
  const { t } = useAdminWords();
  const version = useReference('threshold');
  const allowed = useAllowed('admin');
  const owner = useSession()?.subject ?? '';
  const pages = usePages('thresholds', (cursor, limit) => call('admin.listThresholds', { cursor, limit }), {
    version,
  });
  const draft = useDraft(owner);
  const zones = useZones();
  const [chosen, setChosen] = useState<number | 'draft'>('draft');
  const [tab, setTab] = useState('carrier-truck');
  const [saved, setSaved] = useState<number>();
  const [focusHead, setFocusHead] = useState(false);
  const focus = { focusHead, onFocused: () => setFocusHead(false) };
  const versions = pages.rows;
  const [newest] = versions;
  const begin = (from: ThresholdSet): void => {
    if (newest === undefined) return;
    if (draft === undefined) setDraft(startDraft(newest, from, owner));
    setChosen('draft');
    setSaved(undefined);
    setFocusHead(true);
  };
  const wanted = useWantedLimits();
  const onWanted = useEffectEvent(() => {
    if (newest !== undefined) begin(newest);
  });
  const ready = newest !== undefined;
  useEffect(() => {
    if (wanted !== undefined && ready) onWanted();
  }, [wanted, ready]);

  const content = (() => {
    if (newest === undefined) {
      return (
        <div className="panel thresholds-state">
          {pages.phase === 'failed' && pages.error !== undefined ? (
            <Failed title={t('thresholds.failed')} error={pages.error} retry={pages.retry} />
          ) : pages.phase === 'loading' ? (
            <Loading text={t('thresholds.loading')} />
          ) : (
            <Empty title={t('thresholds.empty')} />
          )}
        </div>
      );
    }
    const selected = chosen === 'draft' && draft === undefined ? newest.version : chosen;
    const shown = versions.find((set) => set.version === selected) ?? newest;
    return (
      <div className="thresholds">
        <VersionList
          pages={pages}
          selected={selected}
          draftFrom={draft?.from}
          onSelect={(next) => {
            setChosen(next);
            setSaved(undefined);
          }}
        />
        {selected === 'draft' && draft !== undefined ? (
          <DraftView
            key={draft.owner}
            draft={draft}
            versions={versions}
            newest={newest}
            zones={zones}
            allowed={allowed}
            {...focus}
            tab={tab}
            onTab={setTab}
            onSaved={(set) => {
              dropDraft(draft.owner);
              setChosen(set.version);
              setSaved(set.version);
              setFocusHead(true);
              pages.retry();
            }}
            onDiscarded={() => {
              setChosen(newest.version);
              setFocusHead(true);
            }}
            onConflict={pages.retry}
          />
        ) : (
          <VersionView
            key={shown.version}
            set={shown}
            versions={versions}
            hasDraft={draft !== undefined}
            allowed={allowed}
            saved={saved === shown.version}
            {...focus}
            tab={tab}
            onTab={setTab}
            onDraft={() => begin(shown)}
          />
        )}
      </div>
    );
  })();
  return (
    <PanelPage title={t('page.thresholds')} intro={t('thresholds.intro')} testId="page-thresholds">
      {content}
    </PanelPage>
  );
};
