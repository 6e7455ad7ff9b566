import { startWindow } from '../../features/shell/window-root.tsx';
import { SetupView } from './setup-view.tsx';

void startWindow(() => <SetupView />);
