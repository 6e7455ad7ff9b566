import { useVirtualizer } from '@tanstack/react-virtual';
import { useDeferredValue, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useLive, useLiveActions } from '../../live/store.tsx';
import { useWords } from '../../ui/i18n.ts';
import { Empty, Failed, Loading } from '../../ui/messages.tsx';
import { rootPixels } from '../../ui/root-size.ts';
import { PassRow } from './pass-row.tsx';
import { usePassPages } from './use-pass-pages.ts';
import './passes.css';

const rowRem = 2.7;

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: -Infinity,
  End: Infinity,
};

/** The live list of passes: search, older pages by scrolling, arrow keys move the selection. */
export const PassList = ({ onClose }: { readonly onClose?: (() => void) | undefined }) => {
  const { t } = useWords();
  const { select, setFollowLive } = useLiveActions();
  const selected = useLive((state) => state.selection.passId);
  const followLive = useLive((state) => state.selection.followLive);
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const { passes, loading, error, more, retry } = usePassPages(search);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: passes.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowRem * rootPixels(),
    overscan: 8,
    getItemKey: (place) => passes[place]?.id ?? place,
  });
  const rows = virtual.getVirtualItems();
  const lastShown = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastShown >= passes.length - 20) more();
  }, [lastShown, passes.length, more]);

  const selectedPlace = passes.findIndex((pass) => pass.id === selected);
  // When another pass is selected, not when the list grows under the operator's eyes.
  const showSelected = useEffectEvent(() => {
    if (selectedPlace >= 0) virtual.scrollToIndex(selectedPlace, { align: 'auto' });
  });
  useEffect(() => {
    showSelected();
  }, [selected]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step === undefined || passes.length === 0 || event.ctrlKey) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(passes.length - 1, selectedPlace + step));
    const pass = passes[next];
    if (pass === undefined) return;
    select({ passId: pass.id });
    virtual.scrollToIndex(next, { align: 'auto' });
  };

  return (
    <nav className="panel passes" aria-label={t('passes.title')}>
      <div className="passes-head">
        <h2>{t('passes.title')}</h2>
        <button
          type="button"
          className="button"
          aria-pressed={followLive}
          title={t('passes.followLiveHelp')}
          data-testid="follow-live"
          onClick={() => setFollowLive(!followLive)}
        >
          <span aria-hidden="true">{followLive ? '◉' : '○'}</span> {t('passes.followLive')}
        </button>
        {onClose !== undefined && (
          <button
            type="button"
            className="button button-quiet"
            aria-label={t('passes.hide')}
            onClick={onClose}
          >
            ✕
          </button>
        )}
      </div>
      <div className="passes-search">
        <input
          type="search"
          className="field"
          value={typed}
          maxLength={64}
          aria-label={t('passes.search')}
          placeholder={t('passes.search')}
          data-testid="pass-search"
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      {passes.length > 0 ? (
        <div
          ref={scroller}
          className="passes-rows scroll"
          role="listbox"
          tabIndex={0}
          aria-label={t('passes.title')}
          aria-activedescendant={selectedPlace < 0 ? undefined : `pass-${selected}`}
          data-testid="pass-list"
          onKeyDown={onKeyDown}
        >
          <div className="virtual" style={{ blockSize: virtual.getTotalSize() }}>
            {rows.map(({ index, key, start, size }) => {
              const pass = passes[index];
              return (
                pass !== undefined && (
                  <PassRow
                    key={key}
                    pass={pass}
                    top={start}
                    height={size}
                    selected={pass.id === selected}
                    onSelect={select}
                  />
                )
              );
            })}
          </div>
        </div>
      ) : loading ? (
        <Loading text={t('passes.loading')} />
      ) : error !== undefined ? (
        <Failed title={t('passes.failed')} error={error} retry={retry} />
      ) : search === '' ? (
        <Empty title={t('passes.empty')}>{t('passes.emptyText')}</Empty>
      ) : (
        <Empty title={t('passes.noMatch', { search })} />
      )}
      {passes.length > 0 && loading && (
        <p className="passes-more secondary" role="status">
          {t('passes.more')}
        </p>
      )}
      {passes.length > 0 && error !== undefined && (
        <button type="button" className="button passes-retry" onClick={retry}>
          {t('error.retry')}
        </button>
      )}
    </nav>
  );
};
