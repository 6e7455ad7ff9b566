/*
 * Run in the windows under measurement, as text: they see the page, not this program. All times are epoch ms with
 * fractions, `performance.timeOrigin + performance.now()`, as in clock.ts.
 */

/** Resolves to the time at which what the selector finds is painted: two frames after it is there. */
export const painted = (selector: string): string => `new Promise((resolve) => {
  const isThere = () => document.querySelector(${JSON.stringify(selector)}) !== null;
  const afterFrame = () => requestAnimationFrame(() => requestAnimationFrame(() =>
    resolve(performance.timeOrigin + performance.now())));
  if (isThere()) afterFrame();
  else new MutationObserver((_, observer) => {
    if (!isThere()) return;
    observer.disconnect();
    afterFrame();
  }).observe(document, { childList: true, subtree: true, attributes: true });
})`;

/** Calls that are timed together. */
export const callsAGroup = 20;

/** Calls the core and resolves to the time just before. */
export const callAt = (method: string, input: unknown): string => `(async () => {
  const at = performance.timeOrigin + performance.now();
  const result = await window.vicore.call(${JSON.stringify(method)}, ${JSON.stringify(input)});
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return at;
})()`;

/**
 * Calls one after the other, timed twenty at a time because a page's clock has steps of 0.1 ms: resolves to the ms of
 * one call in each group.
 */
export const callTimes = (groups: number, call: string): string => `(async () => {
  const times = [];
  for (let group = 0; group < ${groups}; group += 1) {
    const start = performance.now();
    for (let done = 0; done < ${callsAGroup}; done += 1) {
      const result = await ${call};
      if (result.ok === false) throw new Error(JSON.stringify(result.error));
    }
    times.push((performance.now() - start) / ${callsAGroup});
  }
  return times;
})()`;

/** Resolves to the ms between so many frames. */
export const frameTimes = (count: number): string => `new Promise((resolve) => {
  const times = [];
  let last;
  const frame = (at) => {
    if (last !== undefined) times.push(at - last);
    last = at;
    if (times.length < ${count}) requestAnimationFrame(frame);
    else resolve(times);
  };
  requestAnimationFrame(frame);
})`;

/**
 * Watches the train strip: whenever a tile changes, how many of its springs are drawn with a state, and when the
 * frame with it had been made. Collected in window.benchSeen.
 */
export const watchTiles = `(() => {
  window.benchSeen = [];
  new MutationObserver((mutations) => {
    const tiles = new Set();
    for (const { target } of mutations) {
      const element = target.nodeType === 1 ? target : target.parentElement;
      const tile = element?.closest('.tile');
      if (tile) tiles.add(tile);
      else for (const added of element?.querySelectorAll('.tile') ?? []) tiles.add(added);
    }
    const changed = [];
    for (const tile of tiles) {
      const index = Number(tile.dataset.index);
      const marks = [...tile.querySelectorAll('.tile-springs .mark:not(.mark-none)')];
      const count = marks.reduce((sum, mark) => sum + Number(mark.dataset.count), 0);
      if (count > 0) changed.push({ index, count });
    }
    if (changed.length === 0) return;
    requestAnimationFrame(() => {
      // After the frame's callbacks comes its paint; a message is handled after that.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const at = performance.timeOrigin + performance.now();
        for (const each of changed) window.benchSeen.push({ ...each, at });
      };
      port2.postMessage(undefined);
    });
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['class', 'data-count'] });
})()`;

/** What was seen since the last time. */
export const takeSeen = `(() => { const seen = window.benchSeen; window.benchSeen = []; return seen; })()`;
