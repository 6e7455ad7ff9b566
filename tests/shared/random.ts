/** Numbers that are the same for the same seed: what a test did can be done again. */
export interface Random {
  /** 0 to below `count`. */
  below(count: number): number;
  chance(share: number): boolean;
  of<const Items extends readonly [unknown, ...unknown[]]>(items: Items): Items[number];
  any<Item>(items: readonly Item[]): Item | undefined;
}

/** mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    below,
    chance: (share) => next() < share,
    of: (items) => items[below(items.length)] ?? items[0],
    any: (items) => items[below(items.length)],
  };
}
