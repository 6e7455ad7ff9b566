import { deflateRawSync } from 'node:zlib';

const passId = '00000000-0000-4000-8000-000000000bad';
const measurement = {
  axle: 1,
  side: 'left',
  nest: 'lead',
  heightMm: 228.4,
  confidence: 0.97,
  defect: 'none',
  imageId: null,
};
const measured = (at: string, extra: object): object => ({
  type: 'springs.measured',
  at,
  passId,
  index: 1,
  cameraId: 'F1L',
  measurements: [measurement],
  ...extra,
});

/** Events with a readable `seq` that must be rejected and passed over, the same at each delivery. */
export const invalidEvents: Readonly<Record<string, (at: string) => readonly object[]>> = {
  'wrong-type': (at) => [
    measured(at, { index: 'one' }),
    measured('yesterday', {}),
    measured(at, { measurements: {} }),
    measured(at, { cameraId: null }),
    { type: 'pass.started', at, passId: 'not-a-uuid', trainNumber: '6400', track: 'T1', direction: 'uk-fr' },
    { type: 'pass.started', at, passId, trainNumber: 6400, track: 'T1', direction: 'uk-fr' },
  ],
  'out-of-range': (at) => [
    measured(at, { index: 0 }),
    measured(at, { index: 201 }),
    measured(at, { measurements: [] }),
    measured(at, { measurements: Array<object>(65).fill(measurement) }),
    measured(at, { cameraId: 'F'.repeat(65) }),
    { type: 'pass.completed', at, passId, vehicleCount: -4, speedKmh: 90 },
    { type: 'pass.completed', at, passId, vehicleCount: 4, speedKmh: 400.5 },
    { type: 'pass.started', at, passId, trainNumber: '', track: 'T1', direction: 'uk-fr' },
    { type: 'pass.started', at, passId, trainNumber: '6400', track: 'T1', direction: 'north' },
  ],
  'bad-measurement': (at) => [
    measured(at, { measurements: [measurement, { ...measurement, heightMm: 600.01 }] }),
    measured(at, { measurements: [measurement, { ...measurement, confidence: 1.1 }] }),
    measured(at, { measurements: [measurement, { ...measurement, side: 'up' }] }),
    measured(at, { measurements: [measurement, { ...measurement, axle: 1.5 }] }),
  ],
  'unknown-message': (at) => [
    { type: 'mystery.event', at, x: 1 },
    { type: '__proto__', at },
  ],
};

export const htmlPage =
  '<!DOCTYPE html><html><head><title>Proxy sign-in</title></head><body><h1>Sign in to continue</h1></body></html>';

/** Looks like JSON for a while. */
export const brokenText =
  '{"type":"springs.measured","at":"2026-11-21T09:14:02.120Z","passId":"0b9f1c1e-0000-40';

/** A text whose bytes are not UTF-8. */
export const notUtf8 = Buffer.concat([
  Buffer.from('{"type":"mystery.event","text":"'),
  Buffer.from([0xc3, 0x28, 0xff, 0xfe]),
  Buffer.from('"}'),
]);

export const oversizeText = (bytes: number): string =>
  `{"type":"mystery.event","text":"${'x'.repeat(bytes)}"}`;

/** A WebSocket text frame by hand (RFC 6455 §5.2), compressed (RFC 7692) whether the client agreed to that or not. */
export const inflatingFrame = (inflatedBytes: number): Buffer => {
  const compressed = deflateRawSync(Buffer.alloc(inflatedBytes, 0x20), { level: 9 });
  const header = Buffer.alloc(10);
  header[0] = 0b1100_0001;
  header[1] = 127;
  header.writeBigUInt64BE(BigInt(compressed.length), 2);
  return Buffer.concat([header, compressed]);
};
