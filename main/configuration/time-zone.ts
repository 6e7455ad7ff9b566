/** Whether it is an IANA name such as `Europe/London` that clocks can be shown in. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    // RangeError: the one way Intl says no.
    return false;
  }
}
