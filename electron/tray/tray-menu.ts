import type { MenuItemConstructorOptions } from 'electron';
import type { AlertCounts, Role, Session, SoundState } from '../../contract/domain.ts';
import { methods } from '../../contract/methods.ts';
import { sessionMenu } from '../menu/session-menu.ts';
import type { SessionMenuOptions } from '../menu/session-menu.ts';
import { fill, textsOf } from '../texts/texts.ts';
import type { Language } from '../texts/texts.ts';
import type { TrayState } from './tray-icon.ts';

/** What the tray shows, as far as it is known. */
export interface TrayFacts {
  readonly counts: AlertCounts;
  readonly sound?: SoundState | undefined;
  readonly session: Session;
  readonly language: Language;
  /** Of the mute's end. */
  readonly timeZone?: string | undefined;
}

export interface TrayActs extends Pick<SessionMenuOptions, 'onSession' | 'onAdmin'> {
  readonly onOpen: () => void;
  readonly onSilence: () => void;
  readonly onQuit: () => void;
}

const rank: Readonly<Record<Role, number>> = { viewer: 0, operator: 1, supervisor: 2, admin: 3 };

export const trayState = ({ criticalUnacknowledged, warningUnacknowledged }: AlertCounts): TrayState => {
  if (criticalUnacknowledged > 0) return 'critical';
  return warningUnacknowledged > 0 ? 'warning' : 'calm';
};

export const isMute = (sound: SoundState | undefined): boolean =>
  sound !== undefined && (sound.mutedUntil !== undefined || sound.device === 'missing');

const unacknowledged = ({
  criticalUnacknowledged: critical,
  warningUnacknowledged: warning,
}: AlertCounts) => ({
  critical,
  warning,
});

export const trayTooltip = ({ counts, language }: TrayFacts): string =>
  fill(textsOf(language).tray.tooltip, unacknowledged(counts));

/** Why nothing can be heard, when that is so. */
function muteLine({ sound, language, timeZone }: TrayFacts): string | undefined {
  const words = textsOf(language).tray;
  if (sound?.mutedUntil !== undefined) {
    const format = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'short',
      timeZone,
    });
    return fill(words.muted, { name: sound.mutedBy ?? '', time: format.format(sound.mutedUntil) });
  }
  return sound?.device === 'missing' ? words.noDevice : undefined;
}

/** Counts first, then what can be done without opening a window. */
export function trayMenu(facts: TrayFacts, acts: TrayActs): MenuItemConstructorOptions[] {
  const { counts, sound, session, language } = facts;
  const words = textsOf(language);
  const mute = muteLine(facts);
  const { acknowledged, shelved } = counts;
  const rings = sound?.sounding !== undefined && sound.silencedUntil === undefined;
  const may = rank[session.role] >= rank[methods['alerts.silence'].role];
  return [
    { label: fill(words.tray.counts, unacknowledged(counts)), enabled: false },
    { label: fill(words.tray.others, { acknowledged, shelved }), enabled: false },
    ...(mute === undefined ? [] : [{ label: mute, enabled: false }]),
    { type: 'separator' },
    { label: words.tray.open, click: acts.onOpen },
    { label: words.tray.silence, enabled: rings && may, click: acts.onSilence },
    { type: 'separator' },
    // Accelerators belong to the windows.
    ...sessionMenu({ session, onSession: acts.onSession, onAdmin: acts.onAdmin }, words.menu).map(
      ({ accelerator: _accelerator, ...item }) => item,
    ),
    { type: 'separator' },
    { label: words.tray.quit, click: acts.onQuit },
  ];
}
