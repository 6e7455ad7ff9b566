import { setImmediate as turn } from 'node:timers/promises';
import type { Alert } from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';
import { isUnacknowledged } from '../../main/alerts/lifecycle.ts';
import type { Act } from '../../main/audit/act.ts';
import type { Sequence } from './model-lane.ts';
import { alertsOf } from './model-workstation.ts';
import type { ModelWorkstation } from './model-workstation.ts';

export interface ModelPeople {
  /** Somebody does something to an alert that the workstation lists; says what, and what came of it. */
  actOn(station: ModelWorkstation): Promise<string>;
  confirm(station: ModelWorkstation): Promise<string>;
}

/** What people do in a sequence of the model-based test: random acts, some of them while the link is cut. */
export function createModelPeople({ lane, passId, random, done }: Sequence): ModelPeople {
  function actBy(actor: string, station: ModelWorkstation): Act {
    lane.lastAct = Math.max(lane.lastAct + 1, Date.now());
    return {
      actor,
      subject: actor,
      role: 'supervisor',
      workstation: station.name,
      at: lane.lastAct,
      correlationId: `act-${lane.lastAct}`,
    };
  }

  function remember(
    station: ModelWorkstation,
    result: Result<Alert>,
    { actor, at }: Act,
    here: boolean,
    ...kinds: string[]
  ): void {
    if (!result.ok) {
      if (result.error.code === 'internal') throw new Error(result.error.message);
      return;
    }
    const { id: alertId, provisional } = result.value;
    done.push({ station, alertId, kinds, actor, at, provisional: provisional || here });
  }

  async function actOn(station: ModelWorkstation): Promise<string> {
    const { acts } = station;
    const listed = await alertsOf(station, passId);
    const alert = random.any(listed);
    if (!alert) return 'nothing to act on';
    const kind = random.of([
      'acknowledge',
      'acknowledge',
      'acknowledge',
      'acknowledge',
      'comment',
      'undo',
      'undo',
      'hand over',
      'shelve',
      'unshelve',
      'verdict',
    ] as const);
    // Whoever takes something back has mostly done it.
    const owner = kind === 'undo' && random.chance(0.7) ? alert.acknowledgedBy : undefined;
    const actor = owner ?? random.of(lane.people);
    const act = actBy(actor, station);
    // The link may end while the answer is on its way: whether it was done is not known then (fault 14).
    const cut = random.chance(0.08);
    const answer = perform();
    if (cut) {
      for (let turns = random.below(4); turns > 0; turns -= 1) await turn();
      station.cut();
    }
    const result = await answer;
    const soon = kind === 'acknowledge' && result.ok ? await takeBackSoon(result.value) : '';
    return `${actor} at ${station.name}: ${kind} ${alert.id.slice(0, 8)}${cut ? ', cut' : ''}: ${
      result.ok ? `done${result.value.provisional ? ' here' : ''}` : result.error.code
    }${soon}`;

    /** A slip of the hand, noticed at once, perhaps while what was kept is on its way. */
    async function takeBackSoon({ id, provisional }: Alert): Promise<string> {
      if (!random.chance(provisional ? 0.35 : 0.1)) return '';
      if (provisional && random.chance(0.3)) await station.connect();
      const sending = random.chance(0.5) ? station.follow(random.chance(0.4)) : undefined;
      for (let turns = random.below(16); turns > 0; turns -= 1) await turn();
      const given = await takeBack(id, actBy(actor, station));
      await sending;
      return `, taken back: ${given.ok ? 'done' : given.error.code}`;
    }

    async function takeBack(id: string, by: Act): Promise<Result<Alert>> {
      const given = await station.undo(id, by);
      // Of an acknowledgement that was kept it is kept as well, or was sent already.
      const pending = await station.store().pendingActs();
      const here = pending.some(({ undo }) => undo?.at === by.at);
      remember(station, given, by, here, 'acknowledgement-undone', 'undo-refused');
      return given;
    }

    async function perform(): Promise<Result<Alert>> {
      const { id } = alert ?? { id: '' };
      switch (kind) {
        case 'acknowledge': {
          const given = await station.acknowledge(id, { comment: 'seen' }, act);
          remember(station, given, act, false, 'acknowledged', 'acknowledged-late');
          return given;
        }
        case 'comment': {
          const given = await acts.comment(id, `said at ${act.at}`, act);
          remember(station, given, act, false, 'commented');
          return given;
        }
        case 'undo':
          return takeBack(id, act);
        case 'hand over': {
          const given = await acts.handOver(id, random.of(lane.people), undefined, act);
          remember(station, given, act, false, 'handed-over');
          return given;
        }
        case 'shelve': {
          const given = await acts.shelve(id, 1 + random.below(60), 'known', act);
          remember(station, given, act, false, 'shelved');
          return given;
        }
        case 'unshelve': {
          const given = await acts.unshelve(id, act);
          remember(station, given, act, false, 'unshelved');
          return given;
        }
        case 'verdict': {
          const given = await acts.verdict(id, random.of(['true', 'false', 'not-found']), undefined, act);
          remember(station, given, act, false, 'verdict');
          return given;
        }
      }
    }
  }

  /** Acknowledges what is open, each by itself, and confirms the pass. */
  async function confirm(station: ModelWorkstation): Promise<string> {
    const actor = random.of(lane.people);
    for (const alert of await alertsOf(station, passId)) {
      if (!isUnacknowledged(alert) || random.chance(0.05)) continue;
      const act = actBy(actor, station);
      const given = await station.acknowledge(alert.id, {}, act);
      remember(station, given, act, false, 'acknowledged', 'acknowledged-late');
    }
    const confirmed = await station.acts.confirm(passId, undefined, actBy(actor, station));
    return `${actor} confirms: ${confirmed.ok ? 'done' : confirmed.error.code}`;
  }

  return { actOn, confirm };
}
