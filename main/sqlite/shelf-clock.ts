/**
 * By what a shelf ends here, ms since the epoch: the wall clock, or the time this thread has counted itself when that
 * is further. A clock that is set back hides nothing for longer; one that is set forward shows it earlier (fault 43).
 */
export const shelfNow = (): number => Math.max(Date.now(), performance.timeOrigin + performance.now());
