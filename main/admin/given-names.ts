import type { SiteName } from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';
import type { Page } from '../../contract/results.ts';
import type { AdminRecord, LocalValues, PageQuery } from './ports.ts';

/** What admins call sites and cameras (Administration → Cameras and sites). */
export interface GivenNames {
  readonly sites: readonly SiteName[];
  readonly cameras: readonly {
    readonly streamId: string;
    readonly id: string;
    readonly name: string;
  }[];
}

export interface GivenNamesKeeper {
  /** As last known here; names of a file that is damaged are none. */
  known(): Promise<GivenNames>;
  /** As the shared record has them now; undefined when it cannot be asked. */
  refresh(): Promise<GivenNames | undefined>;
}

const localKey = 'shared.names';
const none: GivenNames = { sites: [], cameras: [] };
const pageSize = 200;

async function all<Row>(
  list: (query: PageQuery) => Promise<Result<Page<Row>>>,
): Promise<readonly Row[] | undefined> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ limit: pageSize, cursor });
    if (!page.ok) return undefined;
    rows.push(...page.value.items);
    cursor = page.value.cursor;
  } while (cursor !== undefined);
  return rows;
}

const isNames = (value: unknown): value is GivenNames =>
  typeof value === 'object' &&
  value !== null &&
  Array.isArray(Reflect.get(value, 'sites')) &&
  Array.isArray(Reflect.get(value, 'cameras'));

/** Kept at the workstation, so that a start without the database shows them too. */
export function createGivenNames(
  record: Pick<AdminRecord, 'listSites' | 'listCameras'>,
  local: LocalValues,
): GivenNamesKeeper {
  return {
    async known() {
      const text = await local.get(localKey);
      if (text === undefined) return none;
      const kept: unknown = JSON.parse(text);
      return isNames(kept) ? kept : none;
    },
    async refresh() {
      const [sites, cameras] = await Promise.all([
        all((query) => record.listSites(query)),
        all((query) => record.listCameras(query)),
      ]);
      if (!sites || !cameras) return undefined;
      const names: GivenNames = {
        sites: sites.flatMap(({ site, track, name, timeZone }) =>
          name === undefined && timeZone === undefined ? [] : [{ site, track, name, timeZone }],
        ),
        cameras: cameras.flatMap(({ streamId, id, givenName }) =>
          givenName === undefined ? [] : [{ streamId, id, name: givenName }],
        ),
      };
      await local.set(localKey, JSON.stringify(names));
      return names;
    },
  };
}
