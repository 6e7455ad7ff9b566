import { powerMonitor } from 'electron';
import type { Session } from '../contract/domain.ts';
import type { Core } from '../main/core.ts';

const idleEveryMs = 5_000;

/**
 * Tells who is at this workstation to whoever shows it, and the core how long nobody has touched keyboard or mouse.
 * The lock of the operating system's screen is its own: it says nothing of who works with this program, and the idle
 * time goes on while it is locked (docs/security.md).
 */
export function followSession(
  core: Pick<Core, 'onSession' | 'idle'>,
  onSession: (session: Session) => void,
): () => void {
  const unsubscribe = core.onSession(onSession);
  const timer = setInterval(() => {
    core.idle(powerMonitor.getSystemIdleTime());
  }, idleEveryMs);
  return () => {
    unsubscribe();
    clearInterval(timer);
  };
}
