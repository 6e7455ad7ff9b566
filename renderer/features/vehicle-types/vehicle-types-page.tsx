import { useState } from 'react';
import type { VehicleType } from '../../../contract/domain.ts';
import { call } from '../../live/call.ts';
import { showError } from '../../live/notices.ts';
import { useReference } from '../../live/reference.ts';
import { wantLimits } from '../../live/wanted-limits.ts';
import { formatNumber } from '../../ui/formats.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { Empty } from '../../ui/messages.tsx';
import { DataTable } from '../../ui/panel/data-table.tsx';
import { Facts } from '../../ui/panel/facts.tsx';
import { Moment } from '../../ui/panel/moment.tsx';
import { PanelPage } from '../../ui/panel/panel-page.tsx';
import { Split } from '../../ui/panel/split.tsx';
import { usePages } from '../../ui/panel/use-pages.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { VehicleTypeForm } from './vehicle-type-form.tsx';
import './vehicle-types.css';

interface DetailProps {
  readonly type: VehicleType;
  readonly onSaved: (saved: VehicleType) => void;
  readonly onConflict: () => void;
}

/** The threshold page, with a draft in which the type can be given limits. */
const toThresholds = async (code: string): Promise<void> => {
  wantLimits(code);
  const answer = await call('windows.openAdmin', { page: 'thresholds' });
  if (!answer.ok) showError(answer.error);
};

const Detail = ({ type, onSaved, onConflict }: DetailProps) => {
  const { t, language } = useAdminWords();
  const { code, name, seen, lastSeenAt, vehicleNumbers, hasLimits } = type;
  return (
    <>
      {name === undefined && (
        <div className="type-hint" data-testid="vehicle-type-unknown">
          <p>
            <StateMark state="warning" decorative /> {t('vehicleTypes.unknownText')}
          </p>
        </div>
      )}
      <Facts
        facts={[
          { key: 'code', name: t('vehicleTypes.code'), value: code },
          { key: 'seen', name: t('vehicleTypes.seen'), value: formatNumber(seen, language) },
          lastSeenAt === undefined
            ? undefined
            : { key: 'last', name: t('vehicleTypes.last'), value: <Moment at={lastSeenAt} /> },
          vehicleNumbers.length === 0
            ? undefined
            : { key: 'numbers', name: t('vehicleTypes.numbers'), value: vehicleNumbers.join(' · ') },
          {
            key: 'limits',
            name: t('vehicleTypes.limits'),
            value: hasLimits ? t('vehicleTypes.hasLimits') : t('vehicleTypes.noLimits'),
          },
        ]}
      />
      <VehicleTypeForm key={code} type={type} onSaved={onSaved} onConflict={onConflict} />
      {name !== undefined && !hasLimits && (
        <div className="type-hint" data-testid="vehicle-type-limits-hint">
          <p>
            <StateMark state="warning" decorative /> {t('vehicleTypes.limitsHint')}
          </p>
          <button
            type="button"
            className="button"
            data-testid="vehicle-type-thresholds"
            onClick={() => void toThresholds(code)}
          >
            {t('vehicleTypes.toThresholds')}
          </button>
        </div>
      )}
    </>
  );
};

/** The vehicle types; those that were met in the stream and that nobody has entered come first. */
export const VehicleTypesPage = () => {
  const { t, language } = useAdminWords();
  const types = useReference('vehicle-type');
  const thresholds = useReference('threshold');
  const pages = usePages(
    'vehicle-types',
    (cursor, limit) => call('admin.listVehicleTypes', { cursor, limit }),
    { version: `${types} ${thresholds}` },
  );
  const [selected, setSelected] = useState<string>();
  const chosen = pages.rows.find(({ code }) => code === selected);
  const unknown = pages.rows.filter(({ name }) => name === undefined).length;
  return (
    <PanelPage
      title={t('page.vehicle-types')}
      intro={t('vehicleTypes.intro')}
      testId="page-vehicle-types"
      tools={
        unknown > 0 && (
          <p role="status" data-testid="vehicle-types-unknown">
            <StateMark state="warning" decorative /> {t('vehicleTypes.unknown', { count: unknown })}
          </p>
        )
      }
    >
      <Split
        testId="vehicle-type-detail"
        detailTitle={chosen?.name ?? chosen?.code ?? ''}
        onClose={() => setSelected(undefined)}
        list={
          <DataTable
            label={t('page.vehicle-types')}
            testId="vehicle-types"
            pages={pages}
            leastRem={58}
            rowId={({ code }) => code}
            selectedId={selected}
            onSelect={setSelected}
            failed={t('vehicleTypes.failed')}
            empty={<Empty title={t('vehicleTypes.empty')}>{t('vehicleTypes.emptyText')}</Empty>}
            columns={[
              {
                key: 'code',
                title: t('vehicleTypes.code'),
                cell: ({ code }) => <b>{code}</b>,
              },
              {
                key: 'name',
                title: t('vehicleTypes.name'),
                cell: ({ name }) =>
                  name ?? (
                    <span>
                      <StateMark state="warning" decorative /> {t('vehicleTypes.notEntered')}
                    </span>
                  ),
              },
              {
                key: 'axles',
                title: t('vehicleTypes.axles'),
                rem: 5,
                numeric: true,
                cell: ({ axles }) => axles ?? '–',
              },
              {
                key: 'limits',
                title: t('vehicleTypes.limits'),
                rem: 6,
                cell: ({ hasLimits }) =>
                  hasLimits ? (
                    t('vehicleTypes.yes')
                  ) : (
                    <span>
                      <StateMark state="warning" decorative /> {t('vehicleTypes.none')}
                    </span>
                  ),
              },
              {
                key: 'seen',
                title: t('vehicleTypes.seen'),
                rem: 10,
                numeric: true,
                minor: true,
                cell: ({ seen }) => formatNumber(seen, language),
              },
              {
                key: 'last',
                title: t('vehicleTypes.last'),
                rem: 10,
                cell: ({ lastSeenAt }) =>
                  lastSeenAt === undefined ? '–' : <Moment at={lastSeenAt} show="relative" />,
              },
              {
                key: 'numbers',
                title: t('vehicleTypes.numbers'),
                minor: true,
                cell: ({ vehicleNumbers }) => (
                  <span className="secondary">{vehicleNumbers.slice(0, 3).join(' · ')}</span>
                ),
              },
            ]}
          />
        }
        detail={
          chosen === undefined ? undefined : (
            <Detail
              type={chosen}
              onConflict={pages.retry}
              onSaved={(saved) => {
                pages.replace(({ code }) => code === saved.code, saved);
                setSelected(saved.code);
              }}
            />
          )
        }
      />
    </PanelPage>
  );
};
