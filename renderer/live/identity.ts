import type { Spring, Vehicle } from '../../contract/domain.ts';

/** Equal, or plain values of equal fields (what is known of an alert's earlier ones). */
const sameValue = (left: unknown, right: unknown): boolean =>
  Object.is(left, right) ||
  (typeof left === 'object' &&
    typeof right === 'object' &&
    left !== null &&
    right !== null &&
    sameFields(left, right));

const sameFields = (left: object, right: object, besides?: string): boolean => {
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  for (const key of keys) {
    if (key === besides) continue;
    if (!sameValue(Reflect.get(left, key), Reflect.get(right, key))) return false;
  }
  return true;
};

const keepSprings = (known: readonly Spring[], next: readonly Spring[]): readonly Spring[] => {
  const kept = next.map((spring, place) => {
    const before = known[place];
    return before !== undefined && sameFields(before, spring) ? before : spring;
  });
  const unchanged = kept.length === known.length && kept.every((spring, place) => spring === known[place]);
  return unchanged ? known : kept;
};

/**
 * The new vehicle with every unchanged spring as the object already shown, and the known vehicle itself when
 * nothing changed: what kept its identity is not drawn again.
 */
export const keepVehicle = (known: Vehicle | undefined, next: Vehicle): Vehicle => {
  if (known === undefined) return next;
  const springs = keepSprings(known.springs, next.springs);
  if (springs === known.springs && sameFields(known, next, 'springs')) return known;
  return { ...next, springs };
};

/** For plain values: passes and alerts. */
export const keepSame = <T extends object>(known: T | undefined, next: T): T =>
  known !== undefined && sameFields(known, next) ? known : next;
