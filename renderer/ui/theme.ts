/**
 * Every colour and size of the windows, in one place (docs/user-guide: they are proposals until operators
 * have tried them on their own screens). Grey is normal; saturated colour means abnormal, nothing else uses it.
 */

export type ThemeName = 'dark' | 'light';
export type SizeName = 'desk' | 'large' | 'wall';

export interface Colours {
  readonly page: string;
  readonly panel: string;
  readonly raised: string;
  /** Fields one writes into, and the ground of drawings: a step away from the panel. */
  readonly well: string;
  readonly line: string;
  /** Borders of controls: 3:1 against the panel (WCAG 1.4.11). */
  readonly control: string;
  readonly text: string;
  readonly secondary: string;
  readonly ok: string;
  readonly warning: string;
  readonly critical: string;
  /** Text in the colour of a state, readable (4.5:1) on page, panel and raised alike. */
  readonly warningText: string;
  readonly criticalText: string;
  readonly unmeasured: string;
  readonly suspect: string;
  readonly markText: string;
  /** On the light theme's red and blue, where `markText` has too little contrast. */
  readonly markTextOnDark: string;
  readonly markOutline: string;
  readonly focus: string;
  readonly selected: string;
  /** Bands behind the bars of the car view: the allowed range is lighter or darker grey, never coloured. */
  readonly bandOk: string;
  readonly bandWarning: string;
  readonly bandCritical: string;
}

export const colours: Readonly<Record<ThemeName, Colours>> = {
  dark: {
    page: '#1B1F24',
    panel: '#262B31',
    raised: '#30363D',
    well: '#1F2429',
    line: '#3C434B',
    control: '#7D8792',
    text: '#E6E9ED',
    secondary: '#B3BAC2',
    ok: '#8C96A0',
    warning: '#FF9F1C',
    critical: '#FF4060',
    warningText: '#FFB44D',
    criticalText: '#FF8095',
    unmeasured: '#8C96A0',
    suspect: '#6CC7FF',
    markText: '#101418',
    markTextOnDark: '#101418',
    markOutline: 'transparent',
    focus: '#9CC9FF',
    selected: '#3D4650',
    bandOk: '#4A535D',
    bandWarning: '#39414A',
    bandCritical: '#22272D',
  },
  light: {
    page: '#D3D6D9',
    panel: '#E4E6E8',
    raised: '#F2F3F4',
    well: '#EDEEF0',
    line: '#B4B9BE',
    control: '#5E6770',
    text: '#14181C',
    secondary: '#3D444C',
    ok: '#6B747D',
    warning: '#E07800',
    critical: '#C4161C',
    warningText: '#6E3B00',
    criticalText: '#95080E',
    unmeasured: '#6B747D',
    suspect: '#00508C',
    markText: '#101418',
    markTextOnDark: '#FFFFFF',
    markOutline: '#14181C',
    focus: '#14181C',
    selected: '#C9CED3',
    bandOk: '#BCC2C8',
    bandWarning: '#CFD3D7',
    bandCritical: '#F6F7F8',
  },
};

/** Character height of at least 16 arc-minutes at the farthest reading distance, in CSS pixels. */
export const basePixels: Readonly<Record<SizeName, number>> = { desk: 17, large: 24, wall: 48 };

/** Flashing of marks of unacknowledged alerts: 1.5 Hz while active, 0.5 Hz when cleared; never over 3 Hz. */
const flashPeriods = { active: '667ms', cleared: '2000ms' } as const;

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** CSS custom properties: `--panel`, `--critical-text`, … for the static style sheets of the live views. */
const customProperties = (theme: ThemeName): ReadonlyMap<string, string> =>
  new Map(Object.entries(colours[theme]).map(([name, value]) => [`--${kebab(name)}`, value as string]));

/** Puts theme and size on the document; a changed preference needs no reload. */
export const applyTheme = (root: HTMLElement, theme: ThemeName, size: SizeName): void => {
  for (const [name, value] of customProperties(theme)) root.style.setProperty(name, value);
  root.style.setProperty('--flash-active', flashPeriods.active);
  root.style.setProperty('--flash-cleared', flashPeriods.cleared);
  root.style.fontSize = `${basePixels[size]}px`;
  root.style.colorScheme = theme;
  root.dataset['theme'] = theme;
  root.dataset['size'] = size;
};
