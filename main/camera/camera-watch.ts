import type { CameraHealth, CameraState } from '../../contract/domain.ts';
import type { StreamInfo } from '../passes/events.ts';
import type { CameraReport } from './protocol.ts';
import type { Clock } from './timings.ts';

export interface CameraChange {
  readonly cameraId: string;
  readonly status: CameraState;
  /** Receive time, ms since the epoch. */
  readonly at: number;
}

export interface CameraWatch {
  /** The stream's cameras, from its `hello`; those that were known keep their state. */
  know(cameras: StreamInfo['cameras']): void;
  report(cameras: readonly CameraReport[]): void;
  health(): readonly CameraHealth[];
  stop(): void;
}

/**
 * What is known of the cameras of one stream. A camera of which no heartbeat has spoken for `silence` ms is
 * `unknown` (rule 6), whether the link is up or not, so that a short flap changes nothing on the screen.
 */
export function createCameraWatch(
  silence: number,
  clock: Clock,
  onChanges: (changes: readonly CameraChange[]) => void,
): CameraWatch {
  const cameras = new Map<string, CameraHealth>();
  const heard = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;

  function set(camera: CameraHealth, status: CameraState, changes: CameraChange[]): CameraHealth {
    if (camera.status === status) return camera;
    const at = clock.now();
    changes.push({ cameraId: camera.id, status, at });
    return { ...camera, status, since: at };
  }

  function tell(changes: readonly CameraChange[]): void {
    if (changes.length > 0) onChanges(changes);
  }

  function look(): void {
    timer = undefined;
    const now = clock.monotonic();
    const changes: CameraChange[] = [];
    let wait = Infinity;
    for (const camera of cameras.values()) {
      const left = (heard.get(camera.id) ?? -Infinity) + silence - now;
      if (left > 0) wait = Math.min(wait, left);
      else cameras.set(camera.id, set(camera, 'unknown', changes));
    }
    if (Number.isFinite(wait)) timer = setTimeout(look, wait);
    tell(changes);
  }

  return {
    know(listed) {
      const known = new Map(cameras);
      cameras.clear();
      for (const { id, side, name } of listed) {
        const before = known.get(id) ?? { status: 'unknown' as const, since: clock.now() };
        cameras.set(id, { ...before, id, side, name });
      }
    },
    report(reports) {
      const changes: CameraChange[] = [];
      for (const { id, status, fps, temperatureC, lastFrameAt } of reports) {
        const camera = cameras.get(id);
        if (!camera) continue;
        heard.set(id, clock.monotonic());
        cameras.set(id, { ...set(camera, status, changes), fps, temperatureC, lastFrameAt });
      }
      timer ??= setTimeout(look, silence);
      tell(changes);
    },
    health: () => [...cameras.values()],
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
