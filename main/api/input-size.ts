/** Largest input of a call, roughly in bytes as JSON; the largest legal one names 6,000 alerts (229 KB). */
export const largestInput = 256 * 1024;
const deepest = 16;

/**
 * Whether a value that crossed the IPC is plain data (objects, arrays, strings, numbers, booleans, nothing) of at
 * most `largestInput` bytes. Stops as soon as the answer is known, so that a huge value costs no more than a small
 * one (fault 68); each entry counts at least 2 bytes, so that the walk itself is bounded.
 */
export function isSmallPlainData(value: unknown): boolean {
  let left = largestInput;
  const walk = (node: unknown, depth: number): boolean => {
    left -= 2;
    if (left < 0 || depth > deepest) return false;
    if (typeof node === 'string') {
      left -= node.length;
      return left >= 0;
    }
    if (node === undefined || node === null || typeof node === 'boolean' || typeof node === 'number')
      return true;
    if (typeof node !== 'object') return false;
    if (Array.isArray(node)) {
      if (node.length * 2 > left) return false;
      return node.every((entry) => walk(entry, depth + 1));
    }
    const prototype: unknown = Object.getPrototypeOf(node);
    if (prototype !== Object.prototype && prototype !== null) return false;
    for (const [key, entry] of Object.entries(node)) {
      left -= key.length;
      if (!walk(entry, depth + 1)) return false;
    }
    return true;
  };
  return walk(value, 0);
}
