import { startWindow } from '../../features/shell/window-root.tsx';
import { startLive } from '../../features/shell/start-live.ts';
import { LiveProvider } from '../../live/store.tsx';
import { SystemView } from './system-view.tsx';

void startWindow(async () => {
  const live = await startLive({ follows: true });
  return (
    <LiveProvider value={live}>
      <SystemView />
    </LiveProvider>
  );
});
