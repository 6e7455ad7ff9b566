import { call } from '../../live/call.ts';
import { followSession } from '../../live/session.ts';
import { createLive } from '../../live/store.tsx';
import type { Live } from '../../live/store.tsx';
import { setSiteNames, setWorkstationZone } from '../../ui/formats.ts';

/** The live store of a window; one that was brought back after a crash starts where it was. */
export const startLive = async ({ follows }: { readonly follows: boolean }): Promise<Live> => {
  const context = await call('windows.context', {});
  const shown = context.ok ? context.value : undefined;
  const restored = shown?.passId !== undefined && (!follows || shown.recovered);
  const live = createLive({
    api: window.vicore,
    follows,
    selection: restored
      ? {
          passId: shown.passId,
          vehicleIndex: shown.vehicleIndex,
          position: shown.position,
          followLive: follows && shown.following,
        }
      : undefined,
  });
  live.store.subscribe(({ status }) => {
    if (!status) return;
    setWorkstationZone(status.timeZone);
    setSiteNames(status.sites);
  });
  await followSession(window.vicore, live.store);
  return live;
};
