import { alertId } from '../alerts/identity.ts';
import type { Finding } from '../springs/finding.ts';
import type { Batch, Cause } from './batch.ts';
import { conditionKey } from './condition-key.ts';
import type { AlertCondition, AlertTransition } from './ports.ts';
import { isEnded, rememberCondition } from './working-pass.ts';
import type { WorkingPass } from './working-pass.ts';

/**
 * Where a measurement becomes an alert: what the rules find now, against what they had found before, gives the
 * transitions (docs/domain.md, "When the rules speak"). While the pass is in progress only sure findings raise;
 * once raised, an alert follows the judgement, sure or not.
 *
 * `findings` must be everything that the rules find of the vehicle (of the pass itself when absent).
 */
export function reconcile(
  batch: Batch,
  pass: WorkingPass,
  vehicleIndex: number | undefined,
  findings: readonly Finding[],
  cause: Cause,
): void {
  const known = pass.conditions.get(vehicleIndex ?? 0);
  if (!known && findings.length === 0) return;
  const ended = isEnded(pass);
  const found = new Set<string>();
  for (const finding of findings) {
    const key = conditionKey(finding);
    found.add(key);
    const before = known?.get(key);
    if (!before && (ended || finding.sure)) {
      const id = alertId(pass.row.id, vehicleIndex, finding.position, finding.rule);
      change('raised', { ...conditionOf(finding, id), severity: finding.severity }, finding);
    } else if (before && !before.present) {
      const severity = before.severity === 'critical' ? 'critical' : finding.severity;
      change('returned', { ...conditionOf(finding, before.alertId), severity }, finding);
    } else if (before?.severity === 'warning' && finding.severity === 'critical') {
      change('severity-raised', { ...conditionOf(finding, before.alertId), severity: 'critical' }, finding);
    }
  }
  for (const [key, before] of known ?? []) {
    if (before.present && !found.has(key)) change('cleared', { ...before, present: false });
  }

  function conditionOf(
    { position, rule, value, limit }: Finding,
    id: string,
  ): Omit<AlertCondition, 'severity'> {
    return { alertId: id, passId: pass.row.id, vehicleIndex, position, rule, present: true, value, limit };
  }

  function change(kind: AlertTransition['kind'], condition: AlertCondition, finding?: Finding): void {
    rememberCondition(pass, condition);
    const vehicle = vehicleIndex === undefined ? undefined : pass.vehicles.get(vehicleIndex);
    batch.transitions.push({
      ...condition,
      ...cause,
      kind,
      trainNumber: pass.row.trainNumber,
      track: pass.row.track,
      vehicleNumber: vehicle?.identification?.vehicleNumber,
      defect: finding?.defect,
    });
  }
}
