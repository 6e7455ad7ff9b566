import { useMemo, useState } from 'react';
import { useSite } from '../../live/zone.ts';
import { zoneOfSite } from '../../ui/formats.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { Failed, Loading } from '../../ui/messages.tsx';
import { ErrorLine } from '../../ui/panel/error-line.tsx';
import { PanelPage } from '../../ui/panel/panel-page.tsx';
import { FiguresView } from './figures-view.tsx';
import { PeriodBar } from './period-bar.tsx';
import { periodOf } from './period.ts';
import type { PeriodChoice } from './period.ts';
import { useFigures } from './use-figures.ts';
import './statistics.css';

/** How the alarm system itself does: figures of a period, from the shared record. */
export const StatisticsPage = () => {
  const { t } = useAdminWords();
  const zone = zoneOfSite(useSite());
  const [choice, setChoice] = useState<PeriodChoice>(() => ({
    range: 'day',
    chosenAt: Date.now(),
    from: '',
    to: '',
  }));
  const chosen = useMemo(() => periodOf(choice, zone), [choice, zone]);
  const period = 'from' in chosen ? chosen : undefined;
  const { figures, loading, error, retry } = useFigures(period);
  return (
    <PanelPage
      title={t('page.statistics')}
      intro={t('statistics.intro')}
      testId="page-statistics"
      tools={
        <PeriodBar
          choice={choice}
          zone={zone}
          problem={'problem' in chosen ? chosen.problem : undefined}
          onChange={setChoice}
        />
      }
    >
      {figures === undefined ? (
        <div
          className="panel statistics-state"
          data-testid="statistics-state"
          data-phase={error === undefined ? 'loading' : 'failed'}
        >
          {error === undefined ? (
            period !== undefined && <Loading text={t('statistics.loading')} />
          ) : (
            <Failed title={t('statistics.failed')} error={error} retry={retry} />
          )}
        </div>
      ) : (
        <div
          className="panel statistics scroll"
          data-region="list"
          tabIndex={0}
          role="group"
          aria-label={t('page.statistics')}
        >
          {error !== undefined && (
            <div className="statistics-old hatched" data-testid="statistics-old">
              <p>{t('statistics.old')}</p>
              <ErrorLine error={error} />
              <button type="button" className="button" onClick={retry}>
                {t('error.retry')}
              </button>
            </div>
          )}
          <FiguresView figures={figures} zone={zone} loading={loading} />
        </div>
      )}
    </PanelPage>
  );
};
