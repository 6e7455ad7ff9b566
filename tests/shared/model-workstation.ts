import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Alert } from '../../contract/domain.ts';
import { createAcknowledgement } from '../../main/alerts/acknowledgement.ts';
import type { Acknowledgement } from '../../main/alerts/acknowledgement.ts';
import type { SharedAlertActs } from '../../main/alerts/ports.ts';
import { createNotices } from '../../main/notices.ts';
import type { Notices } from '../../main/notices.ts';
import type { JournalEntry } from '../../main/passes/events.ts';
import { createFold } from '../../main/passes/fold.ts';
import { createIntake } from '../../main/passes/intake.ts';
import type { Intake } from '../../main/passes/intake.ts';
import type { SharedPassActs, SharedRows } from '../../main/passes/ports.ts';
import { createAlertActs } from '../../main/postgres/alert-acts.ts';
import { createAsk } from '../../main/postgres/ask.ts';
import { openConnection, usualTimeouts } from '../../main/postgres/connection.ts';
import type { ConnectionSettings, OpenConnection } from '../../main/postgres/connection.ts';
import { createDrain } from '../../main/postgres/drain.ts';
import { createFeed } from '../../main/postgres/feed.ts';
import type { Feed } from '../../main/postgres/feed.ts';
import { createPassActs } from '../../main/postgres/pass-acts.ts';
import type { LocalStore } from '../../main/sqlite/local-store.ts';
import { openInProcess } from './in-process-store.ts';

/*
 * A workstation of which a test decides when it looks, writes, loses its links or dies: the product's own store,
 * fold, notices, acknowledgements, feed and writer, without the timers and elections around them.
 */

type Acts = Omit<SharedAlertActs, 'people' | 'figures' | 'readGuidance'>;

export interface ModelWorkstation {
  readonly name: string;
  readonly store: () => LocalStore;
  readonly acts: Acts & SharedPassActs;
  readonly acknowledge: Acknowledgement['acknowledge'];
  readonly undo: Acknowledgement['undo'];
  /** What people here were told last of each alert. */
  readonly told: ReadonlyMap<string, Alert>;
  /** What windows, sound and counts were told of, in order. */
  readonly changes: readonly Alert[];
  /** Faults that no lost link explains. */
  readonly faults: readonly unknown[];
  /** Counts what could have changed its store. */
  readonly touched: () => number;
  hasDatabase(): boolean;
  connect(): Promise<void>;
  /** The link ends now, whatever is on it. */
  cut(): void;
  /** Takes what the camera system has sent since the last time. `wait`: until it is judged. */
  receive(entries: readonly JournalEntry[], wait: boolean): Promise<void>;
  /** Brings the journal into the shared record; `cut`: the link ends on the way. */
  write(cut: boolean): Promise<void>;
  /** Brings what changed in the shared record, and sends what was kept; `cut`: the link ends on the way. */
  follow(cut?: boolean): Promise<void>;
  /** `kill`: what was not on the disk by now is lost. */
  restart(kill: boolean): Promise<void>;
  stop(): Promise<void>;
}

interface Running {
  readonly store: LocalStore;
  readonly intake: Intake;
  readonly notices: Notices;
  readonly feed: Feed;
  readonly acknowledgement: Acknowledgement;
}

const ignore = (): void => undefined;
const mostChanges = 100;

export async function startModelWorkstation(options: {
  readonly name: string;
  readonly directory: string;
  readonly settings: ConnectionSettings;
}): Promise<ModelWorkstation> {
  const { name, settings } = options;
  const told = new Map<string, Alert>();
  let changes: Alert[] = [];
  const faults: unknown[] = [];
  let life = 0;
  let touched = 0;
  /** The latest; it ends before the store is closed. */
  let delivering: Promise<void> = Promise.resolve();
  let open: OpenConnection | undefined;
  let work:
    { readonly connection: OpenConnection; readonly drain: ReturnType<typeof createDrain> } | undefined;

  const ask = createAsk({
    connection: () => open,
    hindrance: () => ({ reason: 'the link is cut', readOnly: false }),
    debug: ignore,
  });
  const acts = { ...createAlertActs(ask), ...createPassActs(ask) };

  const directoryOf = (number: number): string => path.join(options.directory, `${name}-${number}`);

  function run(store: LocalStore): Running {
    const own = life;
    const notices = createNotices(
      store,
      (alerts) => {
        // Whoever died tells nobody.
        if (own !== life) return;
        for (const alert of alerts) told.set(alert.id, alert);
        store.markNotified(alerts.map(({ id }) => id)).catch(ignore);
      },
      (error) => {
        if (own === life) faults.push(error);
      },
    );
    const intake = createIntake({
      journal: store,
      replica: store,
      fold: createFold(store),
      onCommitted: (committed, outcome) => {
        // Of the last ones only: a model runs for thousands of passes.
        changes = [...changes.slice(-mostChanges), ...committed.alerts];
        if (outcome) notices.consider(committed.alerts);
      },
      onFault: (error) => {
        if (own === life) faults.push(error);
      },
    });
    let filling = false;
    const feed = createFeed({
      replica: {
        sharedCursor: () => store.sharedCursor(),
        hereOnly: () => store.hereOnly(),
        async endHereOnly(proved) {
          const committed = await intake.endHereOnly(proved);
          notices.consider(committed.alerts);
          return committed;
        },
        days: 7,
        async applyShared(rows: SharedRows) {
          const committed = await intake.applyShared(rows);
          if (rows.reset) filling = true;
          if (filling) notices.alreadyKnown(committed.alerts);
          else notices.consider(committed.alerts);
          return committed;
        },
      },
      connection: () => open,
      onCaughtUp: () => {
        filling = false;
      },
      onFilling: ignore,
      onFault: (error) => {
        // A link that was cut says so; what is left is a fault.
        if (own === life && open) faults.push(error);
      },
    });
    const acknowledgement = createAcknowledgement({
      shared: acts,
      local: store,
      onProvisional: ignore,
      onTakenBack: (alert) => {
        changes = [...changes.slice(-mostChanges), alert];
        notices.consider([alert]);
        feed.reread([alert.id]);
      },
      onSettled: (alertId) => feed.reread([alertId]),
      onRefused: (alertId) => feed.reread([alertId]),
    });
    return { store, intake, notices, feed, acknowledgement };
  }

  async function start(): Promise<Running> {
    const running = run(openInProcess(directoryOf(life), name));
    await running.intake.recover();
    let cursor: string | undefined;
    do {
      const page = await running.store.listAlerts({ state: 'active-unacknowledged', limit: 200, cursor });
      running.notices.consider(page.items);
      cursor = page.cursor;
    } while (cursor !== undefined);
    return running;
  }

  let now = await start();

  function cut(): void {
    open?.destroy(new Error('cut by the test'));
    work?.connection.destroy(new Error('cut by the test'));
    open = undefined;
    work = undefined;
  }

  const connection = (purpose: string): Promise<OpenConnection> =>
    openConnection(settings, `${purpose} ${name}`, usualTimeouts, new AbortController().signal);

  async function writer(): Promise<ReturnType<typeof createDrain>> {
    if (work) return work.drain;
    const opened = await connection('model drain');
    const drain = createDrain({
      client: opened.client,
      workstation: name,
      signal: new AbortController().signal,
      onSetAside: (_entry, reason) => faults.push(new Error(`set aside: ${reason}`)),
      onRetry: ignore,
    });
    work = { connection: opened, drain };
    return drain;
  }

  async function connect(): Promise<void> {
    open ??= await connection('model');
  }

  async function followAll(): Promise<void> {
    const kept = await now.store.pendingActs();
    now.feed.wake();
    await now.feed.settled();
    if (kept.length === 0) return;
    await now.acknowledgement.reconcile();
    now.feed.wake();
    await now.feed.settled();
  }

  return {
    name,
    store: () => now.store,
    acts,
    acknowledge(alertId, remark, act) {
      touched += 1;
      return now.acknowledgement.acknowledge(alertId, remark, act);
    },
    undo(alertId, act) {
      touched += 1;
      return now.acknowledgement.undo(alertId, act);
    },
    told,
    get changes() {
      return changes;
    },
    faults,
    touched: () => touched,
    hasDatabase: () => open !== undefined,
    connect,
    cut,
    async receive(entries, wait) {
      touched += 1;
      const { store, intake } = now;
      const first = entries[0];
      if (!first) return;
      const [seqs, streams] = await Promise.all([store.lastSeqs(), store.loadStreams([first.streamId])]);
      const last = Math.max(seqs.get(first.streamId) ?? 0, streams[0]?.lastSeq ?? 0);
      const fresh = entries
        .filter((entry) => ('seq' in entry && entry.seq !== undefined ? entry.seq > last : last === 0))
        .map((entry) => ({ ...entry, receivedAt: Date.now() }));
      if (fresh.length === 0) return;
      const delivered = intake.deliver(fresh);
      delivering = delivered;
      if (!wait) return;
      await delivered;
      await intake.settled();
    },
    async write(cutOnTheWay) {
      touched += 1;
      await delivering;
      await now.intake.settled();
      const rows = await now.store.read(0, 2_000);
      const last = rows.at(-1);
      if (!last || !open) return;
      const drain = await writer();
      const stored = drain.store(rows.map((row) => row.entry));
      if (cutOnTheWay) {
        for (let turns = 0; turns < 4; turns += 1) await turn();
        cut();
      }
      const done = await stored.then(
        () => true,
        (error: unknown) => {
          if (!cutOnTheWay) faults.push(error);
          return false;
        },
      );
      if (done) await now.store.removeThrough(last.position);
    },
    async follow(cutOnTheWay = false) {
      if (!open) return;
      touched += 1;
      const followed = followAll();
      if (cutOnTheWay) {
        for (let turns = 0; turns < 12; turns += 1) await turn();
        cut();
      }
      await followed;
    },
    async restart(kill) {
      touched += 1;
      const before = now;
      const from = directoryOf(life);
      if (kill) {
        life += 1;
        mkdirSync(directoryOf(life), { recursive: true });
        // The files as the operating system has them at this moment.
        cpSync(from, directoryOf(life), { recursive: true });
      }
      cut();
      await delivering;
      await before.intake.settled();
      await before.feed.settled();
      await before.store.close();
      if (kill) rmSync(from, { recursive: true, force: true });
      now = await start();
      await connect();
    },
    async stop() {
      await delivering;
      await now.intake.settled();
      await now.feed.settled();
      cut();
      await now.store.close();
    },
  };
}

/** As the windows see the alerts of a pass, in the order of their ids. */
export async function alertsOf(workstation: ModelWorkstation, passId: string): Promise<readonly Alert[]> {
  const page = await workstation.store().listAlerts({ passId, limit: 200 });
  return page.items.toSorted((left, right) => (left.id < right.id ? -1 : 1));
}
