import { inputs } from '../contract/inputs.ts';

/** What `vicore://pass/<id>/car/<n>[/spring/<code>]` names. */
export interface DeepLink {
  readonly passId: string;
  readonly vehicleIndex: number;
  readonly position?: string | undefined;
}

const pattern = /^vicore:\/\/pass\/([0-9a-fA-F-]{36})\/car\/(\d{1,3})(?:\/spring\/([0-9A-Za-z]{2,4}))?\/?$/;

/** The link, or undefined for anything else: a link comes from outside and is checked like a call. */
export function parseDeepLink(text: string): DeepLink | undefined {
  const match = pattern.exec(text);
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
