import { startLive } from '../../features/shell/start-live.ts';
import { startWindow } from '../../features/shell/window-root.tsx';
import { call } from '../../live/call.ts';
import { showError } from '../../live/notices.ts';
import { LiveProvider } from '../../live/store.tsx';
import type { Live } from '../../live/store.tsx';
import { en as panelEnglish } from '../../ui/translations/panel/en.ts';
import { fr as panelFrench } from '../../ui/translations/panel/fr.ts';
import { en as referenceEnglish } from '../../ui/translations/reference/en.ts';
import { fr as referenceFrench } from '../../ui/translations/reference/fr.ts';
import { AdminView } from './admin-view.tsx';

/** The banner's alert opens in a car view: this window shows no train, so nothing is selected or watched here. */
const withoutTrain = (live: Live): Live => ({
  ...live,
  select: () => undefined,
  openCar: async (passId, vehicleIndex, position, newWindow) => {
    const answer = await call('windows.openCar', { passId, vehicleIndex, position, newWindow });
    if (!answer.ok) showError(answer.error);
  },
});

void startWindow(async () => {
  const [live, context] = await Promise.all([startLive({ follows: false }), call('windows.context', {})]);
  return (
    <LiveProvider value={withoutTrain(live)}>
      <AdminView first={context.ok ? context.value.page : undefined} />
    </LiveProvider>
  );
}, [
  { en: panelEnglish, fr: panelFrench },
  { en: referenceEnglish, fr: referenceFrench },
]);
