import { inputs } from '../contract/inputs.ts';

/** What `vicore://pass/<id>/car/<n>[/spring/<code>]` names. */
export interface CarLink {
  readonly passId: string;
  readonly vehicleIndex: number;
  readonly position?: string | undefined;
}

/** What `vicore://alert/<id>` names: where the alert leads is known to the record. */
export interface AlertLink {
  readonly alertId: string;
}

export type DeepLink = CarLink | AlertLink;

const alertPattern = /^vicore:\/\/alert\/([0-9a-fA-F-]{36})\/?$/;
const carPattern =
  /^vicore:\/\/pass\/([0-9a-fA-F-]{36})\/car\/(\d{1,3})(?:\/spring\/([0-9A-Za-z]{2,4}))?\/?$/;

/** The link, or undefined for anything else: a link comes from outside and is checked like a call. */
export function parseDeepLink(text: string): DeepLink | undefined {
  const alert = alertPattern.exec(text);
  if (alert) {
    const named = inputs['alerts.get'].safeParse({ alertId: alert[1]?.toLowerCase() });
    return named.success ? { alertId: named.data.alertId } : undefined;
  }
  const match = carPattern.exec(text);
  if (!match) return undefined;
  const checked = inputs['windows.openCar'].safeParse({
    passId: match[1]?.toLowerCase(),
    vehicleIndex: Number(match[2]),
    position: match[3],
  });
  if (!checked.success) return undefined;
  const { passId, vehicleIndex, position } = checked.data;
  return { passId, vehicleIndex, position };
}

/** The first link among the arguments of a start, also of a second one. */
export function deepLinkOf(commandLine: readonly string[]): DeepLink | undefined {
  for (const argument of commandLine) {
    const link = parseDeepLink(argument);
    if (link) return link;
  }
  return undefined;
}

/** Chromium hands the arguments of a second start over in one message of at most 32 KiB, with its directory. */
const longestHandedOn = 16_384;

/**
 * Whether a running instance would get the arguments. One that is sent more hangs up, and the second start takes it
 * for hung and ends it (`ProcessSingleton` of Chromium): no link may do that to a live view.
 */
export const canBeHandedOn = (commandLine: readonly string[]): boolean =>
  Buffer.byteLength(commandLine.join('\0')) <= longestHandedOn;
