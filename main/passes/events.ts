import type { CameraSide, Direction, VehicleEnd } from '../../contract/domain.ts';
import type { Measurement } from '../springs/measurement.ts';

/** The sequenced events of the camera stream as the core knows them (docs/camera-protocol.md). */
interface Sequenced {
  readonly seq: number;
  /** Camera clock, ms since the epoch. */
  readonly at: number;
  /** Lower case UUID. */
  readonly passId: string;
}

export interface PassStarted extends Sequenced {
  readonly type: 'pass.started';
  readonly trainNumber: string;
  readonly track: string;
  readonly direction: Direction;
}

export interface VehicleIdentified extends Sequenced {
  readonly type: 'vehicle.identified';
  readonly index: number;
  readonly vehicleNumber: string;
  readonly vehicleType: string;
  readonly axles: number;
  readonly leadingEnd: VehicleEnd;
}

export interface SpringsMeasured extends Sequenced {
  readonly type: 'springs.measured';
  readonly index: number;
  readonly cameraId: string;
  readonly measurements: readonly Measurement[];
}

export interface PassCompleted extends Sequenced {
  readonly type: 'pass.completed';
  readonly vehicleCount: number;
  readonly speedKmh: number;
}

export interface PassAborted extends Sequenced {
  readonly type: 'pass.aborted';
  readonly reason: string;
}

export type StreamEvent = PassStarted | VehicleIdentified | SpringsMeasured | PassCompleted | PassAborted;

/** What `hello` says of a stream; kept because passes take their site from it. */
export interface StreamInfo {
  readonly streamId: string;
  readonly site: string;
  readonly track: string;
  readonly cameras: readonly { readonly id: string; readonly side: CameraSide; readonly name: string }[];
}

interface Entry {
  readonly streamId: string;
  readonly receivedAt: number;
}

/**
 * One thing received, in the order in which it must be applied. Entries with a `seq` advance the stream:
 * an entry whose `seq` is not above the stream's position has been applied already and is ignored.
 */
export type JournalEntry =
  | (Entry & {
      readonly kind: 'event';
      readonly seq: number;
      readonly event: StreamEvent;
      readonly text: string;
    })
  | (Entry & {
      readonly kind: 'rejected';
      /** Absent when it could not be read: such an entry does not advance the stream. */
      readonly seq?: number | undefined;
      readonly reason: string;
      /** First 4 KiB. */
      readonly text: string;
    })
  /** Events first..seq that the camera system can no longer deliver. */
  | (Entry & { readonly kind: 'gap'; readonly seq: number; readonly first: number })
  | (Entry & { readonly kind: 'stream'; readonly info: StreamInfo })
  | (Entry & {
      readonly kind: 'camera';
      readonly cameraId: string;
      readonly status: 'ok' | 'degraded' | 'offline' | 'unknown';
      readonly at: number;
    })
  | (Entry & { readonly kind: 'link'; readonly state: string; readonly reason: string; readonly at: number });
