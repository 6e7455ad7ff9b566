import type { SystemStatus } from '../../contract/domain.ts';

/** What a link must have been for so long before it is sounded, ms: a hiccup is not an interruption (fault 5). */
const steadyMs = 2_000;

type LinkSound = 'link-lost' | 'link-restored';

interface Standing {
  /** As it was last sounded, or taken for granted. */
  told: 'good' | 'bad';
  now: 'good' | 'bad';
  since: number;
}

/** Undefined: says nothing, what was known holds. */
type Reading = 'good' | 'bad' | undefined;

const links = { live: 'good', 'catching-up': 'good', connecting: undefined } as const;
const databases = { connected: 'good', connecting: undefined, 'not-configured': undefined } as const;
const cameras = { ok: 'good', degraded: 'good', unknown: undefined } as const;

const read = (known: Readonly<Record<string, 'good' | undefined>>, state: string): Reading =>
  Object.hasOwn(known, state) ? known[state] : 'bad';

function readings(status: SystemStatus): Map<string, Reading> {
  const found = new Map<string, Reading>([['database', read(databases, status.database.state)]]);
  for (const { url, link, cameras: attached } of status.streams) {
    const reading = read(links, link);
    found.set(url, reading);
    // A link that is away says nothing of its cameras.
    if (reading !== 'good') continue;
    for (const { id, status: state } of attached) found.set(`${url} ${id}`, read(cameras, state));
  }
  return found;
}

export interface LinkSounds {
  learn(status: SystemStatus, now: number): void;
  /** What is to be sounded now, once; several at the same time are one sound, a loss before a return. */
  due(now: number): { readonly sound: LinkSound; readonly why: string } | undefined;
}

/**
 * Interruptions are status, not alerts, and are sounded as such (docs/domain.md, alerts): links to cameras, cameras,
 * the database. What begins well is no news; what never comes up is an interruption.
 */
export function createLinkSounds(): LinkSounds {
  const known = new Map<string, Standing>();
  return {
    learn(status, now) {
      for (const [name, reading] of readings(status)) {
        if (reading === undefined) continue;
        const before = known.get(name);
        if (!before) known.set(name, { told: 'good', now: reading, since: now });
        else if (before.now !== reading) known.set(name, { ...before, now: reading, since: now });
      }
    },
    due(now) {
      const changed = [...known].filter(
        ([, standing]) => standing.told !== standing.now && now - standing.since >= steadyMs,
      );
      const lost = changed.filter(([, standing]) => standing.now === 'bad');
      const heard = lost.length > 0 ? lost : changed;
      for (const [, standing] of changed) standing.told = standing.now;
      if (heard.length === 0) return undefined;
      const sound = lost.length > 0 ? 'link-lost' : 'link-restored';
      return { sound, why: `${sound}: ${heard.map(([name]) => name).join(', ')}` };
    },
  };
}
