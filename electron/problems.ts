import { app } from 'electron';
import type { BrowserWindow, Session, WebContents } from 'electron';
import type { Log } from '../main/core.ts';
import { applicationOrigin } from '../main/api/sender.ts';
import type { Composed } from './compose-loaded.ts';
import { localeLanguage } from './preferences.ts';
import { shellPageAddress } from './security/application-scheme.ts';
import { fill, textsOf } from './texts/texts.ts';
import type { Language } from './texts/texts.ts';
import { createWindow } from './windows/create-window.ts';
import { placeOnDisplays } from './windows/placement.ts';
import { reloadWithContext } from './windows/recovery.ts';
import { renderShellPage } from './windows/shell-pages.ts';
import type { PageAct, ShellPage } from './windows/shell-pages.ts';
import { showWhenReady } from './windows/show-when-ready.ts';
import type { WindowRecord } from './windows/window-record.ts';
import { displayAreas, primaryArea } from './windows/windows.ts';

type Problem = Extract<Composed, { kind: 'invalid' | 'failed' }>;
type PageName = 'crash-loop' | 'safe-mode' | 'problem';

export interface Problems {
  /** The page of that name as HTML, for the application's scheme. */
  readonly page: (name: string) => string | undefined;
  /** Opens a window with a page of main's own. */
  open(session: Session, name: PageName): void;
  /** The program cannot start: a window, and a line on standard error. */
  show(session: Session, problem: Problem): void;
  comeForward(): void;
  /** A link on one of these pages was followed; the same address on any other page does nothing. */
  act(contents: WebContents, address: string, record: WindowRecord | undefined): void;
}

/** What is shown when the application's own windows cannot be: pages without script or preload, written by main. */
export function createProblems(
  stageLanguage: () => Language | undefined,
  logDirectory: string,
  log: Log,
): Problems {
  let problem: Problem | undefined;
  let opened: BrowserWindow | undefined;
  const language = () => stageLanguage() ?? localeLanguage();

  const pageOf = (name: string): Omit<ShellPage, 'language'> | undefined => {
    const texts = textsOf(language());
    if (name === 'crash-loop') {
      const { title, text, reload } = texts.crashLoop;
      return { title, paragraphs: [text], button: { label: reload, act: 'reload' } };
    }
    if (name === 'safe-mode') {
      const { title, text, ok } = texts.safeMode;
      const paragraphs = [fill(text, { path: logDirectory })];
      return { title, paragraphs, button: { label: ok, act: 'continue' } };
    }
    if (name !== 'problem' || !problem) return undefined;
    if (problem.kind === 'failed') {
      const { title, text, quit } = texts.startFailed;
      const paragraphs = [fill(text, { reason: problem.reason, path: logDirectory })];
      return { title, paragraphs, button: { label: quit, act: 'quit' } };
    }
    const { title, file, headings, advice, quit } = texts.configuration;
    return {
      title,
      paragraphs: [fill(file, { path: problem.path }), advice],
      headings,
      rows: problem.problems.map(({ key, value, expected }) => [key, value, expected]),
      button: { label: quit, act: 'quit' },
    };
  };

  const open = (session: Session, name: PageName) => {
    const bounds = placeOnDisplays(undefined, { width: 960, height: 600 }, displayAreas(), primaryArea());
    const window = createWindow(session, bounds, undefined);
    opened = window;
    showWhenReady(window);
    window.on('closed', () => {
      opened = undefined;
    });
    window.loadURL(shellPageAddress(name)).catch((error: unknown) => {
      log.error({ error, name }, 'a plain page did not load');
    });
  };

  const acts: Readonly<Record<PageAct, (record: WindowRecord | undefined) => void>> = {
    quit: () => {
      app.quit();
    },
    continue: () => {
      opened?.close();
    },
    reload: (record) => {
      if (!record) return;
      record.crashes = [];
      reloadWithContext(record, log);
    },
  };

  return {
    page: (name) => {
      const page = pageOf(name);
      return page && renderShellPage({ ...page, language: language() });
    },
    open,
    show(session, found) {
      problem = found;
      process.stderr.write(`${describe(found)}\n`);
      log.error({ problem: found }, 'the program cannot start');
      open(session, 'problem');
    },
    comeForward() {
      opened?.focus();
    },
    act(contents, address, record) {
      const onPage = contents.getURL().startsWith(`${applicationOrigin}/shell/`);
      const act = address.startsWith(`${applicationOrigin}/shell/act/`)
        ? address.split('/').at(-1)
        : undefined;
      if (!onPage || (act !== 'quit' && act !== 'continue' && act !== 'reload')) return;
      acts[act](record);
    },
  };
}

/** One line for whoever started the program from a terminal or a service. */
function describe(problem: Problem): string {
  if (problem.kind === 'failed') return `vicore: cannot start: ${problem.reason}`;
  const found = problem.problems.map(
    ({ key, value, expected }) => `${key}: ${value} is not right, expected ${expected}`,
  );
  return `vicore: configuration ${problem.path}: ${found.join('; ')}`;
}
