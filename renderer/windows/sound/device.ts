/** A device that comes or goes without a word is noticed by then, ms. */
const lookEveryMs = 2_000;

/** A machine without anything to hear with lists no output, and Web Audio plays into the void as if it had one. */
export async function hasOutput(): Promise<boolean> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.some(({ kind }) => kind === 'audiooutput');
}

/** Runs `look` now, whenever a device comes or goes, and every now and then. */
export function watchDevices(look: () => void): void {
  navigator.mediaDevices.addEventListener('devicechange', look);
  setInterval(look, lookEveryMs);
  look();
}
