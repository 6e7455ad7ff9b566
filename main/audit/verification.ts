import { failure, success } from '../../contract/errors.ts';
import type { Result } from '../../contract/errors.ts';
import type { AuditBreak, AuditVerification } from '../../contract/results.ts';
import type { Act } from './act.ts';
import { entryOf } from './entry.ts';
import type { Anchors, AuditMark, AuditReads } from './ports.ts';
import type { AuditTrail } from './trail.ts';

export interface Verification {
  /**
   * Checks the next portion. `cursor` absent: from the beginning. Errors: `database-away` (ask again with the same
   * cursor), `invalid-input` for a cursor of no verification that is under way.
   */
  verify(cursor: string | undefined, act: Act): Promise<Result<AuditVerification>>;
}

export interface VerificationOptions {
  readonly reads: AuditReads;
  readonly anchors: Anchors;
  readonly trail: Pick<AuditTrail, 'record'>;
  /** Wall clock, ms since the epoch. */
  readonly now: () => number;
  readonly newId: () => string;
  /** The anchor at the end could not be kept. */
  readonly onFault: (error: unknown) => void;
}

/** About 10 ms of hashing in the database, so that progress is seen and stopping works. */
const portionRows = 2_000;
/** Verifications that were begun and not ended; a window that stops asking leaves one. */
const mostUnderWay = 8;

interface UnderWay {
  readonly after: AuditMark | undefined;
  readonly total: number;
  /** Anchors that were compared. */
  readonly anchors: number;
}

type Anchor = Awaited<ReturnType<Anchors['all']>>[number];

const earlier = (left: AuditBreak | undefined, right: AuditBreak | undefined): AuditBreak | undefined =>
  left === undefined || (right !== undefined && right.id < left.id) ? right : left;

/**
 * Proves the audit log row by row, in portions, and against the anchors that were kept outside the database. What is
 * known of a verification stays here: a page that could say "all but the last row is checked" could have an
 * altered log certified.
 */
export function createVerification(options: VerificationOptions): Verification {
  const { reads, anchors, trail, now, newId, onFault } = options;
  const underWay = new Map<string, UnderWay>();

  /** The first anchor that the log differs from; one beyond its end means that its end was cut off. */
  async function compare(
    known: readonly Anchor[],
    end: AuditMark,
    ended: boolean,
  ): Promise<Result<AuditBreak | undefined>> {
    const beyond = ended ? known.some(({ id }) => id > end.id) : false;
    const tail = beyond ? ({ id: end.id + 1, problem: 'tail-missing' } as const) : undefined;
    const inside = known.filter(({ id }) => id <= end.id);
    if (inside.length === 0) return success(tail);
    const found = await reads.auditMarks([...new Set(inside.map(({ id }) => id))]);
    if (!found.ok) return found;
    const hashes = new Map(found.value.map(({ id, hash }) => [id, hash]));
    const differing = inside.filter(({ id, hash }) => hashes.get(id) !== hash).map(({ id }) => id);
    if (differing.length === 0) return success(tail);
    return success({ id: Math.min(...differing), problem: 'differs-from-anchor' });
  }

  async function portion(
    state: UnderWay,
  ): Promise<Result<{ state: UnderWay; done: boolean; broken?: AuditBreak }>> {
    // Before the log is read: an anchor made meanwhile would lie beyond the end that was seen.
    const kept = await anchors.all();
    const checked = await reads.verifyAudit(state.after, portionRows);
    if (!checked.ok) return checked;
    const { last, ended, broken } = checked.value;
    const from = state.after?.id ?? 0;
    const known = kept.filter(({ id }) => id > from && (id <= last.id || ended));
    const compared = await compare(known, last, ended && broken === undefined);
    if (!compared.ok) return compared;
    const first = earlier(broken, compared.value);
    return success({
      state: {
        after: last,
        total: Math.max(state.total, last.id),
        anchors: state.anchors + known.length,
      },
      done: ended || first !== undefined,
      ...(first && { broken: first }),
    });
  }

  async function begin(): Promise<Result<UnderWay>> {
    const head = await reads.auditHead();
    return head.ok ? success({ after: undefined, total: head.value.id, anchors: 0 }) : head;
  }

  async function keepHead(mark: AuditMark | undefined): Promise<void> {
    if (mark === undefined || mark.id === 0) return;
    try {
      await anchors.add({ ...mark, at: now() });
    } catch (error) {
      onFault(error);
    }
  }

  return {
    async verify(cursor, act) {
      const known = cursor === undefined ? await begin() : success(underWay.get(cursor));
      if (!known.ok) return known;
      if (known.value === undefined) {
        return failure(
          'invalid-input',
          'This verification is over, or was begun before a restart; begin anew.',
        );
      }
      // Only one call a time goes on with it; after a failure it can be asked again.
      if (cursor !== undefined) underWay.delete(cursor);
      const result = await portion(known.value);
      if (!result.ok) {
        if (cursor !== undefined) underWay.set(cursor, known.value);
        return result;
      }
      const { state, done, broken } = result.value;
      const answer = { checked: state.after?.id ?? 0, total: state.total, anchors: state.anchors, broken };
      if (!done) {
        const next = cursor ?? newId();
        underWay.set(next, state);
        for (const id of underWay.keys()) {
          if (underWay.size <= mostUnderWay) break;
          underWay.delete(id);
        }
        return success({ ...answer, cursor: next });
      }
      if (broken === undefined) await keepHead(state.after);
      const outcome = broken === undefined ? 'whole' : 'broken';
      trail.record(
        entryOf(act, {
          action: 'audit.verify',
          entity: 'audit_log',
          entityId: '',
          after: { outcome, ...answer },
        }),
      );
      return success(answer);
    },
  };
}
