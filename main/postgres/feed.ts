import type { ReferenceKind } from '../../contract/changes.ts';
import type { Committed, HereOnly, SharedRows } from '../passes/ports.ts';
import {
  isFullPage,
  isSameHistory,
  readChanges,
  referenceKinds,
  referencesOf,
  wantedBy,
} from './change-reader.ts';
import type { OpenConnection } from './connection.ts';
import { type Cursor, readCursor, writeCursor } from './cursor.ts';
import { firstFill } from './first-fill.ts';
import { neverRaised } from './never-raised.ts';
import { nothingWanted, readSharedRows } from './shared-rows.ts';

/** The replica, as far as the feed is concerned. */
export interface FeedReplica {
  sharedCursor(): Promise<string | undefined>;
  applyShared(rows: SharedRows): Promise<Committed>;
  /** Alerts that the shared record should have told of by now, if it has them. */
  hereOnly(): Promise<readonly HereOnly[]>;
  /** It has not, and will not of what it knows: they end at this workstation. */
  endHereOnly(proved: readonly HereOnly[]): Promise<Committed>;
  /** Days of passes that a first fill brings. */
  readonly days: number;
}

export interface FeedOptions {
  readonly replica: FeedReplica;
  readonly connection: () => OpenConnection | undefined;
  /** The replica holds everything that the database had at this time (ms); `looked` when it was behind, or might have been. */
  readonly onCaughtUp: (asOf: number, looked: boolean) => void;
  readonly onFilling: (reason: string) => void;
  /** Of these, something is not what it was; after a first fill, perhaps of all. */
  readonly onReference?: ((abouts: readonly ReferenceKind[]) => void) | undefined;
  readonly onFault: (error: unknown) => void;
}

export interface Feed {
  /** Something may have changed: look soon. */
  wake(): void;
  /** Looks when the database has a change that we have not applied, or when nobody looked for a while. */
  beat(lastChange: number): void;
  /** Brings these alerts as they are in the shared record, whether they changed or not. */
  reread(alertIds: readonly string[]): void;
  /** The replica lost what it had: fills it anew. */
  refill(): void;
  /** Resolves when the look under way, if any, has ended. */
  settled(): Promise<void>;
}

/** A notification can be lost without any sign: look anyway (fault 19). */
const lookAnywayMs = 15_000;
const dayMs = 86_400_000;

/** Brings what changed in the shared record to the replica, in the order in which transactions can be seen. */
export function createFeed(options: FeedOptions): Feed {
  const { replica, connection, onCaughtUp, onFilling, onReference, onFault } = options;
  let cursor: Cursor | undefined;
  /** The connection on which the cursor was last compared with the database's history. */
  let verifiedOn: OpenConnection | undefined;
  /** Changes at or above the cursor's transaction that have been applied already. */
  let ahead = new Set<number>();
  let lastSeen = 0;
  let lastLook = 0;
  let again = false;
  let unsettled: readonly string[] = [];
  let looking: Promise<void> | undefined;

  async function fill(open: OpenConnection, reason: string): Promise<void> {
    onFilling(reason);
    cursor = undefined;
    ahead = new Set();
    for await (const rows of firstFill(open.shared, Date.now() - replica.days * dayMs)) {
      await replica.applyShared(rows);
      cursor = readCursor(rows.cursor);
    }
    onReference?.(referenceKinds);
  }

  async function verify(open: OpenConnection): Promise<void> {
    if (verifiedOn === open && cursor) return;
    cursor ??= readCursor(await replica.sharedCursor());
    if (!cursor) await fill(open, 'the local copy was never filled');
    else if (!(await isSameHistory(open.shared, cursor)))
      await fill(open, 'the database has another history than the local copy');
    verifiedOn = open;
  }

  async function look(open: OpenConnection): Promise<void> {
    await verify(open);
    let place = cursor;
    if (!place) throw new Error('the replica was filled without a place in the change feed');
    let after: { readonly xid: string; readonly id: number } = { xid: place.xid, id: 0 };
    for (;;) {
      const page = await readChanges(open.shared, after.xid, after.id);
      const full = isFullPage(page);
      const last = page.changes.at(-1);
      if (full && last) after = last;
      const fresh = page.changes.filter((change) => !ahead.has(change.id));
      // Below the horizon nothing can appear any more; of a page that was cut, below its last transaction.
      const bound = full && last && BigInt(last.xid) < BigInt(page.horizon) ? last.xid : page.horizon;
      const settled = page.changes.findLast((change) => BigInt(change.xid) < BigInt(bound));
      const next: Cursor = settled
        ? { ...place, xid: bound, id: settled.id, token: settled.token }
        : { ...place, xid: bound };
      if (fresh.length > 0) {
        const rows = await readSharedRows(open.shared, wantedBy(fresh));
        await replica.applyShared({ ...rows, cursor: writeCursor(next), reset: false });
      }
      const abouts = referencesOf(fresh);
      if (abouts.length > 0) onReference?.(abouts);
      for (const change of page.changes) {
        ahead.add(change.id);
        lastSeen = Math.max(lastSeen, change.id);
      }
      lastSeen = Math.max(lastSeen, next.id);
      place = next;
      cursor = next;
      if (full) continue;
      ahead = new Set(
        page.changes.filter((change) => BigInt(change.xid) >= BigInt(bound)).map((change) => change.id),
      );
      return;
    }
  }

  async function bringUnsettled(open: OpenConnection): Promise<void> {
    const alertIds = unsettled;
    if (alertIds.length === 0 || !cursor) return;
    const rows = await readSharedRows(open.shared, { ...nothingWanted, alertIds });
    await replica.applyShared({ ...rows, cursor: writeCursor(cursor), reset: false });
    unsettled = unsettled.filter((id) => !alertIds.includes(id));
  }

  async function endWhatIsHereOnly(open: OpenConnection): Promise<void> {
    const asked = await replica.hereOnly();
    if (asked.length === 0) return;
    const proved = await neverRaised(open.shared, asked);
    if (proved.length > 0) await replica.endHereOnly(proved);
  }

  async function run(): Promise<void> {
    do {
      again = false;
      const open = connection();
      if (!open) return;
      const asOf = Date.now();
      try {
        await look(open);
        await bringUnsettled(open);
        await endWhatIsHereOnly(open);
        lastLook = performance.now();
        onCaughtUp(asOf, true);
      } catch (error) {
        verifiedOn = undefined;
        onFault(error);
        return;
      }
    } while (again);
  }

  function wake(): void {
    again = true;
    looking ??= run().finally(() => {
      looking = undefined;
    });
  }

  return {
    wake,
    beat(lastChange) {
      const stale = performance.now() - lastLook > lookAnywayMs;
      if (lastChange !== lastSeen || stale || verifiedOn !== connection()) wake();
      else onCaughtUp(Date.now(), false);
    },
    reread(alertIds) {
      unsettled = [...unsettled, ...alertIds];
      wake();
    },
    refill() {
      cursor = undefined;
      verifiedOn = undefined;
      wake();
    },
    async settled() {
      await looking;
    },
  };
}
