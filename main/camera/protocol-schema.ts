import { z } from 'zod';
import { parseTime } from './time.ts';

/* The shapes of docs/camera-protocol.md. */

/**
 * A string of `least` to `most` UTF-16 code units. Not `.min().max()`: zod counts code points there, and the
 * protocol does not.
 */
function string(least: number, most: number): z.ZodString {
  return z.string().refine((value) => value.length >= least && value.length <= most, {
    error: `expected ${least} to ${most} characters`,
  });
}

const seq = z.int().min(1);
const time = z.string().refine((value) => parseTime(value) !== undefined, {
  error: 'expected an RFC 3339 time with a zone',
});
const text = string(1, 64);
// Any version and any case: the protocol says UUID, not which.
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, {
  error: 'expected a UUID',
});
const side = z.enum(['left', 'right']);
const index = z.int().min(1).max(200);

const measurementSchema = z.object({
  axle: z.int().min(1).max(8),
  side,
  nest: z.enum(['lead', 'trail']),
  heightMm: z.number().min(0).max(600).nullable(),
  confidence: z.number().min(0).max(1),
  defect: z.enum(['none', 'broken', 'missing', 'solid', 'displaced']),
  imageId: string(1, 128).nullable(),
});

/** One schema a message type. Unknown extra fields are ignored. */
export const messageSchemas = {
  hello: z.object({
    type: z.literal('hello'),
    protocol: z.literal(1),
    streamId: text,
    site: text,
    track: text,
    cameras: z.array(z.object({ id: text, side, name: text })),
    oldestSeq: z.int().min(0),
    latestSeq: z.int().min(0),
  }),
  'pass.started': z.object({
    type: z.literal('pass.started'),
    seq,
    at: time,
    passId: uuid,
    trainNumber: string(1, 12),
    track: text,
    direction: z.enum(['uk-fr', 'fr-uk']),
  }),
  'vehicle.identified': z.object({
    type: z.literal('vehicle.identified'),
    seq,
    at: time,
    passId: uuid,
    index,
    vehicleNumber: string(1, 20),
    vehicleType: text,
    axles: z.int().min(2).max(8),
    leadingEnd: z.enum(['A', 'B']),
  }),
  'springs.measured': z.object({
    type: z.literal('springs.measured'),
    seq,
    at: time,
    passId: uuid,
    index,
    cameraId: text,
    measurements: z.array(measurementSchema).min(1).max(64),
  }),
  'pass.completed': z.object({
    type: z.literal('pass.completed'),
    seq,
    at: time,
    passId: uuid,
    vehicleCount: z.int().min(0).max(200),
    speedKmh: z.number().min(0).max(400),
  }),
  'pass.aborted': z.object({
    type: z.literal('pass.aborted'),
    seq,
    at: time,
    passId: uuid,
    reason: string(0, 200),
  }),
  heartbeat: z.object({
    type: z.literal('heartbeat'),
    at: time,
    cameras: z.array(
      z.object({
        id: text,
        status: z.enum(['ok', 'degraded', 'offline']),
        fps: z.number(),
        temperatureC: z.number(),
        lastFrameAt: time,
      }),
    ),
  }),
} as const;
