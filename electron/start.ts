import { randomUUID } from 'node:crypto';
import { app, session as sessions } from 'electron';
import { createCallEntry } from '../main/api/call.ts';
import type { Core } from '../main/core.ts';
import { composeLoaded } from './compose-loaded.ts';
import type { Composition } from './composition.ts';
import { guardAgainstFaults, startsInSafeMode } from './crash-guard.ts';
import { canBeHandedOn, deepLinkOf } from './deep-link.ts';
import { connectCalls } from './ipc/connect.ts';
import { openLog } from './log/log.ts';
import { logDirectory, rendererRoot, useDataDirectory } from './paths.ts';
import { defaultPreferences, loadPreferences, localeLanguage } from './preferences.ts';
import { createProblems } from './problems.ts';
import { runWithCore } from './running.ts';
import { registerApplicationScheme, serveApplication } from './security/application-scheme.ts';
import { denyPermissions, hardenWebContents } from './security/harden.ts';
import { openSetup } from './setup.ts';
import { createSignInPages } from './sign-in/sign-in-pages.ts';
import { nobody } from './stage.ts';
import type { Stage } from './stage.ts';
import { endWith } from './stop.ts';
import { textsOf } from './texts/texts.ts';

/**
 * The start, in the order that matters: where to write, the scheme, the sandbox and the single instance before
 * anything is ready; then configuration, core, windows.
 */
export async function startApplication<Configuration>(
  composition: Composition<Configuration>,
): Promise<void> {
  const dataDirectory = useDataDirectory(process.env);
  registerApplicationScheme();
  enableSandbox();
  if (!canBeHandedOn(process.argv)) {
    process.stderr.write(
      'VICORE was called with a link that is too long to be one of its own: nothing is opened.\n',
    );
    app.exit(0);
    return;
  }
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }
  const logs = logDirectory(dataDirectory);
  const log = openLog(logs);
  guardAgainstFaults(dataDirectory, log);
  const safeMode = startsInSafeMode(dataDirectory, Date.now());
  const monotonic = () => performance.now();

  let stage: Stage | undefined;
  let pendingLink = deepLinkOf(process.argv);
  const find = (id: number) => stage?.find(id);
  const problems = createProblems(() => stage?.language(), logs, log);

  const language = () => stage?.language() ?? localeLanguage();
  const signIn = createSignInPages({ texts: () => textsOf(language()), language, log });
  hardenWebContents(log, {
    mayNavigate: signIn.mayNavigate,
    onBlocked(contents, address) {
      problems.act(contents, address, find(contents.id));
    },
  });
  const comeForward = (commandLine: readonly string[]) => {
    const link = deepLinkOf(commandLine);
    if (stage) stage.comeForward(link);
    else pendingLink = link ?? pendingLink;
    problems.comeForward();
  };
  app.on('second-instance', (_event, commandLine) => {
    comeForward(commandLine);
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    comeForward([url]);
  });
  if (app.isPackaged) app.setAsDefaultProtocolClient('vicore');
  endWith(() => stage, log);

  const entry = createCallEntry({
    handlers: () => stage?.handlers ?? {},
    session: () => stage?.session() ?? nobody,
    onRefusal: (refusal) => {
      stage?.refused(refusal);
    },
    log,
    now: Date.now,
    monotonic,
    newCorrelationId: randomUUID,
  });
  connectCalls(entry, find);

  // Reading the configuration and opening the store do not need the desktop: they run while it gets ready.
  const load = () => composeLoaded(composition, { dataDirectory, log, openSignInPage: signIn.open });
  const [loaded] = await Promise.all([load(), app.whenReady()]);
  log.info({ version: app.getVersion(), electron: process.versions.electron, safeMode }, 'started');

  // In memory: nothing of a page outlives the program.
  const session = sessions.fromPartition('vicore', { cache: false });
  denyPermissions(session, log);
  denyPermissions(sessions.defaultSession, log);
  serveApplication(session, rendererRoot, problems.page);
  const windowGone = (id: number) => {
    entry.forget(id);
  };

  const run = async (core: Core, language: 'en' | 'fr' | undefined) => {
    const preferences = await loadPreferences(core.keyValue, defaultPreferences(language));
    const common = { session, log, monotonic, logDirectory: logs, onWindowGone: windowGone };
    const running = await runWithCore({ ...common, core, preferences, safeMode });
    stage = running;
    running.restore();
    if (safeMode) problems.open(session, 'safe-mode');
    if (pendingLink) running.comeForward(pendingLink);
    pendingLink = undefined;
  };

  const setUp = async (path: string) => {
    const first = await openSetup({
      session,
      log,
      monotonic,
      logDirectory: logs,
      handlers: composition.setupHandlers({ configurationPath: path }),
      preferences: defaultPreferences(undefined),
      onWindowGone: windowGone,
      onSaved: () =>
        void load().then(async (again) => {
          await proceed(again);
          first.close();
        }),
    });
    stage = first;
  };

  const proceed = async (result: Awaited<ReturnType<typeof load>>): Promise<void> => {
    if (result.kind === 'composed') await run(result.core, result.language);
    else if (result.kind === 'missing') await setUp(result.path);
    else problems.show(session, result);
  };
  await proceed(loaded);
}

/**
 * All windows run in the sandbox whatever their options say. Only the launchers of tests and of the demo may take
 * the processes out of it, where the user is root and Chromium refuses to run otherwise; `enableSandbox` would undo
 * that. What is shipped cannot be started without it.
 */
function enableSandbox(): void {
  if (app.isPackaged || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
}
