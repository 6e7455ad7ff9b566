import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useSession } from '../../live/session.ts';
import { useLive } from '../../live/store.tsx';
import { useWords } from '../../ui/i18n.ts';
import { AlertTotals } from './alert-totals.tsx';
import { BannerClock } from './banner-clock.tsx';
import { Conditions } from './conditions.tsx';
import { Connections } from './connections.tsx';
import { NewestAlert } from './newest-alert.tsx';
import { PanelButtons } from './panel-buttons.tsx';
import type { PanelChoice } from './panel-buttons.tsx';
import { SessionControl } from './session-control.tsx';
import { SessionMenu } from './session-menu.tsx';
import { SessionStrip } from './session-strip.tsx';
import { SoundControl } from './sound-control.tsx';
import { SoundPanel } from './sound-panel.tsx';
import { SoundStrip } from './sound-strip.tsx';
import { useSilenceKey } from './silence-key.ts';
import './banner.css';

interface BannerProps {
  readonly title: string;
  /** The window's side panels for preferences and help, where it has them. */
  readonly panels?: PanelChoice | undefined;
  /** Shows what is on the shelf, where the window has the list. */
  readonly onShelved?: (() => void) | undefined;
  /** More buttons of the window, at the end. */
  readonly children?: ReactNode;
}

/**
 * On top of every window and readable across the room: counts by severity, the newest unacknowledged alert,
 * links, database age, sound, clock, and who is at the workstation with which rights.
 */
export const Banner = ({ title, panels, onShelved, children }: BannerProps) => {
  const { t } = useWords();
  const session = useSession();
  const sound = useLive((state) => state.sound);
  const [menu, setMenu] = useState(false);
  const [soundOpen, setSoundOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const soundButton = useRef<HTMLButtonElement>(null);
  useSilenceKey();
  const closeMenu = (refocus: boolean): void => {
    setMenu(false);
    if (refocus) button.current?.focus();
  };
  return (
    <header className="banner" data-testid="banner" aria-label={t('banner.label')}>
      <h1 className="visually-hidden">VICORE – {title}</h1>
      <div className="banner-row">
        <AlertTotals onShelved={onShelved} />
        <NewestAlert />
        <Connections />
        {sound !== undefined && (
          <SoundControl
            ref={soundButton}
            sound={sound}
            open={soundOpen}
            onToggle={() => setSoundOpen(!soundOpen)}
          />
        )}
        <BannerClock>
          {session !== undefined && (
            <SessionControl ref={button} session={session} open={menu} onToggle={() => setMenu(!menu)} />
          )}
          {children}
          {panels !== undefined && <PanelButtons {...panels} />}
        </BannerClock>
      </div>
      {menu && session !== undefined && (
        <SessionMenu
          session={session}
          onClose={closeMenu}
          onPreferences={panels === undefined ? undefined : () => panels.onToggle('preferences')}
        />
      )}
      {soundOpen && sound !== undefined && (
        <SoundPanel
          sound={sound}
          onClose={() => {
            setSoundOpen(false);
            soundButton.current?.focus();
          }}
        />
      )}
      {session !== undefined && <SessionStrip session={session} />}
      {sound !== undefined && <SoundStrip sound={sound} />}
      <Conditions />
    </header>
  );
};
