import { Menu, app } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';
import type { Preferences } from '../../contract/results.ts';
import { fill, textsOf } from '../texts/texts.ts';
import type { Texts } from '../texts/texts.ts';
import { sessionMenu } from './session-menu.ts';
import type { SessionMenuOptions } from './session-menu.ts';

export interface MenuOptions extends SessionMenuOptions {
  readonly preferences: Preferences;
  readonly windows: readonly { readonly kind: string; readonly number: number; focus(): void }[];
  readonly onPreferences: (change: Partial<Preferences>) => void;
  readonly onNewCar: () => void;
  readonly onZoom: (change: 'in' | 'out' | 'reset') => void;
  readonly onAbout: () => void;
  readonly onShortcuts: () => void;
  readonly onLogs: () => void;
}

const windowLabel = (words: Texts['menu'], kind: string, number: number): string => {
  if (kind === 'car') return fill(words.carView, { number });
  return kind === 'admin' ? words.adminWindow : words.systemView;
};

/** The native menu in the person's language; built anew when anything that it shows changes. */
export function buildMenu(options: MenuOptions): Menu {
  const { preferences, onPreferences, onZoom } = options;
  const words = textsOf(preferences.language).menu;

  const choice = <Key extends keyof Preferences>(
    key: Key,
    values: readonly (readonly [Preferences[Key], string])[],
  ): MenuItemConstructorOptions[] =>
    values.map(([value, label]) => ({
      label,
      type: 'radio',
      checked: preferences[key] === value,
      click: () => {
        onPreferences({ [key]: value });
      },
    }));

  const template: MenuItemConstructorOptions[] = [
    {
      label: words.file,
      submenu: [
        { label: words.newCar, accelerator: 'CmdOrCtrl+N', click: options.onNewCar },
        { type: 'separator' },
        { label: words.close, role: 'close', accelerator: 'CmdOrCtrl+W' },
        { label: words.quit, role: 'quit', accelerator: 'CmdOrCtrl+Q' },
      ],
    },
    {
      label: words.edit,
      submenu: [
        { label: words.undo, role: 'undo' },
        { label: words.redo, role: 'redo' },
        { type: 'separator' },
        { label: words.cut, role: 'cut' },
        { label: words.copy, role: 'copy' },
        { label: words.paste, role: 'paste' },
        { label: words.selectAll, role: 'selectAll' },
      ],
    },
    {
      label: words.view,
      submenu: [
        { label: words.zoomIn, accelerator: 'CmdOrCtrl+Plus', click: () => onZoom('in') },
        {
          label: words.zoomIn,
          accelerator: 'CmdOrCtrl+=',
          visible: false,
          acceleratorWorksWhenHidden: true,
          click: () => onZoom('in'),
        },
        { label: words.zoomOut, accelerator: 'CmdOrCtrl+-', click: () => onZoom('out') },
        { label: words.zoomReset, accelerator: 'CmdOrCtrl+0', click: () => onZoom('reset') },
        { label: words.fullScreen, role: 'togglefullscreen', accelerator: 'F11' },
        { type: 'separator' },
        {
          label: words.theme,
          submenu: choice('theme', [
            ['system', words.themeSystem],
            ['dark', words.themeDark],
            ['light', words.themeLight],
          ]),
        },
        {
          label: words.language,
          submenu: choice('language', [
            ['en', 'English'],
            ['fr', 'Français'],
          ]),
        },
        {
          label: words.size,
          submenu: choice('size', [
            ['desk', words.sizeDesk],
            ['large', words.sizeLarge],
            ['wall', words.sizeWall],
          ]),
        },
        {
          label: words.notifyWarnings,
          type: 'checkbox',
          checked: preferences.notifyWarnings,
          click: (item) => onPreferences({ notifyWarnings: item.checked }),
        },
        // Not even a menu item in what is shipped; the windows deny developer tools there as well.
        ...(app.isPackaged
          ? []
          : [{ label: words.developer, role: 'toggleDevTools' } satisfies MenuItemConstructorOptions]),
      ],
    },
    { label: words.session, submenu: sessionMenu(options, words) },
    {
      label: words.window,
      submenu: [
        { label: words.minimize, role: 'minimize' },
        { type: 'separator' },
        ...options.windows.map((window, index) => ({
          label: windowLabel(words, window.kind, window.number),
          accelerator: index < 9 ? `CmdOrCtrl+${index + 1}` : undefined,
          click: () => {
            window.focus();
          },
        })),
      ],
    },
    {
      label: words.help,
      submenu: [
        { label: words.shortcuts, click: options.onShortcuts },
        { label: words.logs, click: options.onLogs },
        { label: words.about, click: options.onAbout },
      ],
    },
  ];
  return Menu.buildFromTemplate(template);
}
