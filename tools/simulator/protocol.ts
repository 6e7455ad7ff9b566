/**
 * The camera stream protocol, version 1, as the simulator sends it (docs/camera-protocol.md). The product has its
 * own description with checks; the two are kept apart on purpose, so that a mistake in one is seen by the other.
 */
export const subProtocol = 'vicore.camera.v1';

export type Side = 'left' | 'right';
export type Nest = 'lead' | 'trail';
export type End = 'A' | 'B';
export type Direction = 'uk-fr' | 'fr-uk';
export type Defect = 'none' | 'broken' | 'missing' | 'solid' | 'displaced';
export type CameraState = 'ok' | 'degraded' | 'offline';

/** `heightMm` in millimetres, `confidence` 0 to 1; null where the wire says null. */
export interface Measurement {
  axle: number;
  side: Side;
  nest: Nest;
  heightMm: number | null;
  confidence: number;
  defect: Defect;
  imageId: string | null;
}

export interface PassStarted {
  type: 'pass.started';
  at: string;
  passId: string;
  trainNumber: string;
  track: string;
  direction: Direction;
}

export interface VehicleIdentified {
  type: 'vehicle.identified';
  at: string;
  passId: string;
  index: number;
  vehicleNumber: string;
  vehicleType: string;
  axles: number;
  leadingEnd: End;
}

export interface SpringsMeasured {
  type: 'springs.measured';
  at: string;
  passId: string;
  index: number;
  cameraId: string;
  measurements: Measurement[];
}

export interface PassCompleted {
  type: 'pass.completed';
  at: string;
  passId: string;
  vehicleCount: number;
  speedKmh: number;
}

export interface PassAborted {
  type: 'pass.aborted';
  at: string;
  passId: string;
  reason: string;
}

/** An event before the stream gives it its `seq`. */
export type PassEvent = PassStarted | VehicleIdentified | SpringsMeasured | PassCompleted | PassAborted;

export type SequencedEvent = PassEvent & { seq: number };

export interface CameraDescription {
  id: string;
  side: Side;
  name: string;
}

/** The text of an event, with `type` and `seq` first, as the example of the protocol page has them. */
export const eventText = (event: PassEvent, seq: number): string => {
  const { type, ...rest } = event;
  return JSON.stringify({ type, seq, ...rest });
};
