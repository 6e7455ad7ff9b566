import { z } from 'zod';

/* The shapes of docs/camera-protocol.md. Strings are counted in UTF-16 code units, as JavaScript does. */

const seq = z.int().min(1);
const time = z.string();
const text = z.string().min(1).max(64);
// Any version and any case: the protocol says UUID, not which.
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, {
  error: 'expected a UUID',
});
const side = z.enum(['left', 'right']);
const index = z.int().min(1).max(200);

export const measurementSchema = z.object({
  axle: z.int().min(1).max(8),
  side,
  nest: z.enum(['lead', 'trail']),
  heightMm: z.number().min(0).max(600).nullable(),
  confidence: z.number().min(0).max(1),
  defect: z.enum(['none', 'broken', 'missing', 'solid', 'displaced']),
  imageId: z.string().min(1).max(128).nullable(),
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
    trainNumber: z.string().min(1).max(12),
    track: text,
    direction: z.enum(['uk-fr', 'fr-uk']),
  }),
  'vehicle.identified': z.object({
    type: z.literal('vehicle.identified'),
    seq,
    at: time,
    passId: uuid,
    index,
    vehicleNumber: z.string().min(1).max(20),
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
    reason: z.string().max(200),
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
