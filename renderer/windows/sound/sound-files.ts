import type { SoundName } from '../../../contract/domain.ts';

/** Addresses of the shipped sounds (resources/sounds), served by the application's own scheme. */
export const soundFiles: Readonly<Record<SoundName, string>> = {
  critical: new URL('../../../resources/sounds/critical.wav', import.meta.url).href,
  warning: new URL('../../../resources/sounds/warning.wav', import.meta.url).href,
  escalation: new URL('../../../resources/sounds/escalation.wav', import.meta.url).href,
  'link-lost': new URL('../../../resources/sounds/link-lost.wav', import.meta.url).href,
  'link-restored': new URL('../../../resources/sounds/link-restored.wav', import.meta.url).href,
};
