/** The zones of the two control centres first, then every zone the browser knows. */
export const timeZones = (): readonly string[] => {
  const near = ['Europe/London', 'Europe/Paris'];
  const all = Intl.supportedValuesOf('timeZone');
  return [...near, ...all.filter((zone) => !near.includes(zone)), ...(all.includes('UTC') ? [] : ['UTC'])];
};

export const isTimeZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    // RangeError: no such zone.
    return false;
  }
};
