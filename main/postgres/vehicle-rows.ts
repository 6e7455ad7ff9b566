import type { Defect, Spring, State } from '../../contract/domain.ts';
import type { VehicleRecord } from '../passes/ports.ts';
import { positionCode } from '../springs/position.ts';
import { present } from './queryable.ts';

/** A vehicle with its springs as arrays in layout order; what a spring does not have is null. */
export interface PackedVehicle extends Omit<VehicleRecord, 'springs'> {
  readonly heightCmm: readonly (number | null)[];
  readonly confidence: readonly (number | null)[];
  readonly defect: readonly (Defect | null)[];
  readonly defectConfidence: readonly (number | null)[];
  readonly springState: readonly (State | null)[];
  readonly imageId: readonly (string | null)[];
  readonly cameraId: readonly (string | null)[];
  readonly measuredAt: readonly (number | null)[];
}

export function packVehicle(vehicle: VehicleRecord): PackedVehicle {
  const { springs, ...facts } = vehicle;
  return {
    ...facts,
    heightCmm: springs.map((spring) => spring.heightCmm ?? null),
    confidence: springs.map((spring) => spring.confidence ?? null),
    defect: springs.map((spring) => spring.defect ?? null),
    defectConfidence: springs.map((spring) => spring.defectConfidence ?? null),
    springState: springs.map((spring) => spring.state ?? null),
    imageId: springs.map((spring) => spring.imageId ?? null),
    cameraId: springs.map((spring) => spring.cameraId ?? null),
    measuredAt: springs.map((spring) => spring.measuredAt ?? null),
  };
}

/** Select list over vehicle_record `v` whose `to_json` is a PackedVehicle, but for nulls. */
export const vehicleColumns = `v.pass_id as "passId", v.index, v.identified, v.contradicted,
  v.vehicle_number as "vehicleNumber", v.vehicle_type as "vehicleType", v.axles, v.leading_end as "leadingEnd", v.state,
  v.blank_count as "blankCount", v.height_cmm as "heightCmm", v.relative_cmm as "relativeCmm", v.confidence, v.defect,
  v.defect_confidence as "defectConfidence", v.spring_state as "springState", v.image_id as "imageId",
  v.camera_id as "cameraId", v.measured_at as "measuredAt", v.blind_sides as "blindSides", v.work`;

export function unpackVehicle(row: PackedVehicle): VehicleRecord {
  const {
    heightCmm,
    confidence,
    defect,
    defectConfidence,
    springState,
    imageId,
    cameraId,
    measuredAt,
    work,
    ...facts
  } = row;
  const springs = heightCmm.map((height, index): Spring => ({
    position: positionCode(index),
    state: springState[index] ?? undefined,
    heightCmm: height ?? undefined,
    confidence: confidence[index] ?? undefined,
    defect: defect[index] ?? undefined,
    defectConfidence: defectConfidence[index] ?? undefined,
    imageId: imageId[index] ?? undefined,
    cameraId: cameraId[index] ?? undefined,
    measuredAt: measuredAt[index] ?? undefined,
  }));
  return { ...present(facts), springs, work };
}
