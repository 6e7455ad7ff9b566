import { startLive } from '../../features/shell/start-live.ts';
import { startWindow } from '../../features/shell/window-root.tsx';
import { call } from '../../live/call.ts';
import { LiveProvider } from '../../live/store.tsx';
import { CarView } from './car-view.tsx';

void startWindow(async () => {
  const [live, context] = await Promise.all([startLive({ follows: false }), call('windows.context', {})]);
  return (
    <LiveProvider value={live}>
      <CarView first={context.ok ? context.value : { following: true, number: 1, recovered: false }} />
    </LiveProvider>
  );
});
