import { useState } from 'react';
import type { Camera, Site } from '../../../contract/domain.ts';
import { call } from '../../live/call.ts';
import { useReference } from '../../live/reference.ts';
import { useLive } from '../../live/store.tsx';
import { formatNumber } from '../../ui/formats.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { Empty } from '../../ui/messages.tsx';
import { DataTable } from '../../ui/panel/data-table.tsx';
import { Moment } from '../../ui/panel/moment.tsx';
import { PanelPage } from '../../ui/panel/panel-page.tsx';
import { Split } from '../../ui/panel/split.tsx';
import { usePages } from '../../ui/panel/use-pages.ts';
import { CameraDetail } from './camera-detail.tsx';
import { CameraStateWords } from './camera-state.tsx';
import { RejectedList } from './rejected-list.tsx';
import { SiteDetail } from './site-detail.tsx';
import './sites.css';

const views = ['cameras', 'sites', 'rejected'] as const;
type View = (typeof views)[number];

const cameraId = ({ streamId, id }: Pick<Camera, 'streamId' | 'id'>): string => `${streamId}/${id}`;
/** The track is named only where the site's own name leaves it open. */
const placeName = ({ site, track }: Pick<Site, 'site' | 'track'>): string =>
  site.endsWith(track) ? site : `${site} · ${track}`;
const siteId = ({ site, track }: Pick<Site, 'site' | 'track'>): string => `${site}/${track}`;

/** Camera installations and their cameras, with what they said that could not be used. */
export const CamerasPage = () => {
  const { t, language } = useAdminWords();
  const cameraVersion = useReference('camera');
  const siteVersion = useReference('site');
  const rejected = useLive((state) => state.status?.rejectedCount ?? 0);
  const cameras = usePages('cameras', (cursor, limit) => call('admin.listCameras', { cursor, limit }), {
    version: cameraVersion,
    pageSize: 200,
  });
  const sites = usePages('sites', (cursor, limit) => call('admin.listSites', { cursor, limit }), {
    version: siteVersion,
  });
  const [view, setView] = useState<View>('cameras');
  const [chosenCamera, setChosenCamera] = useState<string>();
  const [chosenSite, setChosenSite] = useState<string>();
  const camera = cameras.rows.find((each) => cameraId(each) === chosenCamera);
  const site = sites.rows.find((each) => siteId(each) === chosenSite);
  const nameOf = (place: Pick<Camera, 'site' | 'track'>): string => {
    const known = sites.rows.find((each) => siteId(each) === siteId(place));
    return known?.name ?? placeName(place);
  };
  return (
    <PanelPage
      title={t('page.cameras')}
      intro={t('cameras.intro')}
      testId="page-cameras"
      tools={
        <span className="view-choice" role="group" aria-label={t('cameras.view')}>
          {views.map((each) => (
            <button
              key={each}
              type="button"
              className="button"
              aria-pressed={view === each}
              data-testid={`cameras-view-${each}`}
              onClick={() => setView(each)}
            >
              {t(`cameras.view.${each}`)}
              {each === 'rejected' && rejected > 0 && ` (${formatNumber(rejected, language)})`}
            </button>
          ))}
        </span>
      }
    >
      {view === 'cameras' && (
        <Split
          testId="camera-detail"
          detailTitle={camera?.givenName ?? camera?.name ?? ''}
          onClose={() => setChosenCamera(undefined)}
          list={
            <DataTable
              label={t('cameras.view.cameras')}
              testId="cameras"
              pages={cameras}
              leastRem={48}
              rowId={cameraId}
              selectedId={chosenCamera}
              onSelect={setChosenCamera}
              failed={t('cameras.failed')}
              empty={<Empty title={t('cameras.empty')}>{t('cameras.emptyText')}</Empty>}
              columns={[
                { key: 'site', title: t('sites.site'), cell: nameOf },
                { key: 'id', title: t('cameras.id'), rem: 5, cell: ({ id }) => <b>{id}</b> },
                {
                  key: 'name',
                  title: t('cameras.givenName'),
                  cell: ({ givenName, name }) => givenName ?? <span className="secondary">{name}</span>,
                },
                {
                  key: 'side',
                  title: t('cameras.side'),
                  rem: 7,
                  minor: true,
                  cell: ({ side }) => t(side === 'left' ? 'side.left' : 'side.right'),
                },
                {
                  key: 'state',
                  title: t('cameras.state'),
                  rem: 8.5,
                  cell: ({ status }) => <CameraStateWords status={status} />,
                },
                {
                  key: 'since',
                  title: t('cameras.since'),
                  rem: 8.5,
                  cell: ({ statusAt }) =>
                    statusAt === undefined ? '–' : <Moment at={statusAt} show="relative" />,
                },
              ]}
            />
          }
          detail={
            camera && (
              <CameraDetail
                camera={camera}
                onConflict={cameras.retry}
                onSaved={(saved) => cameras.replace((each) => cameraId(each) === cameraId(saved), saved)}
              />
            )
          }
        />
      )}
      {view === 'sites' && (
        <Split
          testId="site-detail"
          detailTitle={site === undefined ? '' : nameOf(site)}
          onClose={() => setChosenSite(undefined)}
          list={
            <DataTable
              label={t('cameras.view.sites')}
              testId="sites"
              pages={sites}
              leastRem={48}
              rowId={siteId}
              selectedId={chosenSite}
              onSelect={setChosenSite}
              failed={t('sites.failed')}
              empty={<Empty title={t('sites.empty')}>{t('cameras.emptyText')}</Empty>}
              columns={[
                { key: 'site', title: t('sites.site'), cell: ({ site: name }) => <b>{name}</b> },
                { key: 'track', title: t('sites.track'), rem: 4.5, cell: ({ track }) => track },
                { key: 'name', title: t('sites.name'), cell: ({ name }) => name ?? '–' },
                {
                  key: 'zone',
                  title: t('sites.zone'),
                  cell: ({ timeZone }) =>
                    timeZone ?? <span className="secondary">{t('sites.zoneStandard')}</span>,
                },
                { key: 'stream', title: t('sites.stream'), minor: true, cell: ({ streamId }) => streamId },
                {
                  key: 'cameras',
                  title: t('sites.cameras'),
                  rem: 5.5,
                  numeric: true,
                  cell: (row) => cameras.rows.filter((each) => siteId(each) === siteId(row)).length,
                },
              ]}
            />
          }
          detail={
            site && (
              <SiteDetail
                site={site}
                cameras={cameras.rows.filter((each) => siteId(each) === siteId(site))}
                onCamera={(each) => {
                  setChosenCamera(cameraId(each));
                  setView('cameras');
                }}
                onConflict={sites.retry}
                onSaved={(saved) => sites.replace((each) => siteId(each) === siteId(saved), saved)}
              />
            )
          }
        />
      )}
      {view === 'rejected' && <RejectedList />}
    </PanelPage>
  );
};
