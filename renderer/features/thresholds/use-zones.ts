import { call } from '../../live/call.ts';
import { useReference } from '../../live/reference.ts';
import { useAsk } from '../../ui/ask.ts';
import { workstationZone, zoneOfSite } from '../../ui/formats.ts';

/** The sites' time zones, this workstation's first: what a time of effect can be stated in. */
export const useZones = (): readonly string[] => {
  const version = useReference('site');
  const sites = useAsk(`sites ${version}`, () => call('admin.listSites', { limit: 200 }), true);
  const others =
    sites.kind === 'ready' ? sites.value.items.map(({ site, timeZone }) => timeZone ?? zoneOfSite(site)) : [];
  return [...new Set([workstationZone(), ...others])];
};
