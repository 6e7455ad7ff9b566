import { describe, expect, test } from 'vitest';
import { parseMessage, toHundredths } from './protocol.ts';

const passId = '0b9f1c1e-0000-4000-8000-000000000001';
const at = '2026-11-21T09:14:03.450Z';
const measurement = {
  axle: 1,
  side: 'left',
  nest: 'lead',
  heightMm: 228.4,
  confidence: 0.97,
  defect: 'none',
  imageId: '0b9f-1-1Ll',
};
const messages = {
  hello: {
    type: 'hello',
    protocol: 1,
    streamId: 'folk-up',
    site: 'Folkestone',
    track: 'T1',
    cameras: [{ id: 'F1L', side: 'left', name: 'Left 1' }],
    oldestSeq: 1,
    latestSeq: 0,
  },
  started: { type: 'pass.started', seq: 1, at, passId, trainNumber: '6412', track: 'T1', direction: 'uk-fr' },
  identified: {
    type: 'vehicle.identified',
    seq: 2,
    at,
    passId,
    index: 1,
    vehicleNumber: '9870 1234 567-8',
    vehicleType: 'club-car',
    axles: 4,
    leadingEnd: 'A',
  },
  measured: {
    type: 'springs.measured',
    seq: 3,
    at,
    passId,
    index: 1,
    cameraId: 'F1L',
    measurements: [measurement],
  },
  completed: { type: 'pass.completed', seq: 4, at, passId, vehicleCount: 36, speedKmh: 139.5 },
  aborted: { type: 'pass.aborted', seq: 5, at, passId, reason: '' },
  heartbeat: {
    type: 'heartbeat',
    at,
    cameras: [{ id: 'F1L', status: 'ok', fps: 25, temperatureC: -3.5, lastFrameAt: at }],
  },
} as const;
type Name = keyof typeof messages;

const parse = (message: unknown) => parseMessage(JSON.stringify(message));
/** The message with one field replaced; undefined leaves it out. */
const changed = (name: Name, change: object) => parse({ ...messages[name], ...change });
const changedMeasurement = (change: object) =>
  changed('measured', { measurements: [measurement, { ...measurement, ...change }] });
const text = (length: number) => 'x'.repeat(length);

describe('valid messages', () => {
  test('come in the terms of the core', () => {
    expect(parse(messages.measured)).toEqual({
      kind: 'event',
      event: {
        type: 'springs.measured',
        seq: 3,
        at: Date.UTC(2026, 10, 21, 9, 14, 3, 450),
        passId,
        index: 1,
        cameraId: 'F1L',
        measurements: [
          {
            axle: 1,
            side: 'left',
            nest: 'lead',
            heightCmm: 22_840,
            confidence: 0.97,
            defect: 'none',
            imageId: '0b9f-1-1Ll',
          },
        ],
      },
    });
    for (const name of ['started', 'identified', 'completed', 'aborted'] as const) {
      const { at: time, ...rest } = messages[name];
      expect(parse(messages[name])).toEqual({ kind: 'event', event: { ...rest, at: Date.parse(time) } });
    }
    const { type, protocol, ...hello } = messages.hello;
    expect([type, protocol]).toEqual(['hello', 1]);
    expect(parse(messages.hello)).toEqual({ kind: 'hello', hello });
    expect(parse(messages.heartbeat)).toMatchObject({ kind: 'heartbeat', cameras: [{ temperatureC: -3.5 }] });
  });

  test('null becomes undefined, and only where the table allows it', () => {
    const parsed = changedMeasurement({ heightMm: null, imageId: null, defect: 'missing' });
    expect(parsed).toMatchObject({
      event: { measurements: [{}, { heightCmm: undefined, imageId: undefined }] },
    });
    expect(changedMeasurement({ confidence: null }).kind).toBe('rejected');
    expect(changed('started', { track: null }).kind).toBe('rejected');
    expect(changed('heartbeat', { cameras: [{ ...messages.heartbeat.cameras[0], fps: null }] }).kind).toBe(
      'rejected',
    );
  });

  test('UUIDs are taken in any case and version, and kept in lower case', () => {
    const upper = 'FFFFFFFF-ABCD-9FFF-0FFF-FFFFFFFFFFFF';
    expect(changed('started', { passId: upper })).toMatchObject({ event: { passId: upper.toLowerCase() } });
    expect(changed('started', { passId: `${passId}0` }).kind).toBe('rejected');
    expect(changed('started', { passId: `{${passId}}` }).kind).toBe('rejected');
  });

  test('unknown extra fields are ignored, __proto__ among them', () => {
    const hostile = `{"__proto__":{"polluted":1},"constructor":1,${JSON.stringify(messages.aborted).slice(1)}`;
    const parsed = parseMessage(hostile);
    expect(parsed).toEqual({ kind: 'event', event: { ...messages.aborted, at: Date.parse(at) } });
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
    expect(parseMessage('{"type":"__proto__","seq":4}')).toMatchObject({ kind: 'rejected', seq: 4 });
  });
});

describe('every field is required', () => {
  const names = Object.keys(messages) as Name[];
  const fields = names.flatMap((name) => Object.keys(messages[name]).map((field) => [name, field] as const));
  test.each(fields)('%s without %s is rejected', (name, field) => {
    const parsed = changed(name, { [field]: undefined });
    expect(parsed.kind).toBe('rejected');
    if (field !== 'type') expect(parsed).toMatchObject({ reason: expect.stringContaining(field) });
  });
  test.each(Object.keys(measurement))('a measurement without %s spoils its message', (field) => {
    expect(changedMeasurement({ [field]: undefined })).toMatchObject({
      kind: 'rejected',
      seq: 3,
      reason: expect.stringContaining(`measurements[1].${field}`),
    });
  });
});

describe('ranges', () => {
  const cases: readonly (readonly [Name, string, readonly unknown[], readonly unknown[]])[] = [
    ['started', 'seq', [1, 2 ** 53 - 1], [0, -1, 1.5, 2 ** 53, '1', null, true]],
    ['started', 'trainNumber', ['1', text(12), '😀'.repeat(6)], ['', text(13), `${'😀'.repeat(6)}x`, 6412]],
    ['started', 'track', [text(64), '😀'.repeat(32)], ['', text(65), '😀'.repeat(33)]],
    ['started', 'direction', ['uk-fr', 'fr-uk'], ['UK-FR', '', 'fr', 1]],
    ['identified', 'index', [1, 200], [0, 201, 1.5, '1']],
    ['identified', 'vehicleNumber', ['1', text(20)], ['', text(21)]],
    ['identified', 'vehicleType', [text(64)], ['', text(65)]],
    ['identified', 'axles', [2, 8], [1, 9, 4.5]],
    ['identified', 'leadingEnd', ['A', 'B'], ['a', 'C', null]],
    ['measured', 'cameraId', [text(64)], ['', text(65)]],
    ['measured', 'measurements', [Array(64).fill(measurement)], [[], Array(65).fill(measurement), {}, null]],
    ['completed', 'vehicleCount', [0, 200], [-1, 201, 1.5]],
    ['completed', 'speedKmh', [0, 400, 99.5], [-1, 400.1, '100', null]],
    ['aborted', 'reason', ['', text(200)], [text(201), null]],
    ['hello', 'streamId', [text(64)], ['', text(65)]],
    ['hello', 'protocol', [1], [2, 0, '1']],
    ['hello', 'oldestSeq', [0, 1, 2 ** 53 - 1], [-1, 1.5]],
    ['hello', 'latestSeq', [0, 5], [-1, null]],
    [
      'hello',
      'cameras',
      [[]],
      [{}, [{ id: 'x', side: 'up', name: 'y' }], [{ id: '', side: 'left', name: 'y' }]],
    ],
    [
      'heartbeat',
      'cameras',
      [[]],
      [null, [{ id: 'F1L', status: 'broken', fps: 1, temperatureC: 1, lastFrameAt: at }]],
    ],
  ];
  test.each(cases)('%s.%s', (name, field, valid, invalid) => {
    for (const value of valid)
      expect([value, changed(name, { [field]: value }).kind !== 'rejected']).toEqual([value, true]);
    for (const value of invalid)
      expect([value, changed(name, { [field]: value }).kind]).toEqual([value, 'rejected']);
  });

  const measurements: readonly (readonly [string, readonly unknown[], readonly unknown[]])[] = [
    ['axle', [1, 8], [0, 9, 1.5]],
    ['side', ['left', 'right'], ['up', 'L']],
    ['nest', ['lead', 'trail'], ['a', '']],
    ['heightMm', [0, 600, -0], [-0.01, 600.01, '228']],
    ['confidence', [0, 1], [-0.1, 1.1, '1']],
    ['defect', ['none', 'broken', 'missing', 'solid', 'displaced'], ['cracked', null]],
    ['imageId', ['x', text(128), '😀'.repeat(64)], ['', text(129), '😀'.repeat(65), 5]],
  ];
  test.each(measurements)('measurement %s', (field, valid, invalid) => {
    for (const value of valid)
      expect([value, changedMeasurement({ [field]: value }).kind]).toEqual([value, 'event']);
    for (const value of invalid) {
      expect([value, changedMeasurement({ [field]: value }).kind]).toEqual([value, 'rejected']);
    }
  });

  test('numbers that JSON takes and no range does', () => {
    const infinite = JSON.stringify(messages.completed).replace('139.5', '1e999');
    expect(parseMessage(infinite)).toMatchObject({ kind: 'rejected', seq: 4 });
  });
});

describe('times', () => {
  const instant = Date.UTC(2026, 10, 21, 9, 14, 3);
  test.each([
    ['2026-11-21T09:14:03Z', instant],
    ['2026-11-21t09:14:03z', instant],
    ['2026-11-21T10:14:03+01:00', instant],
    ['2026-11-21T09:14:03-00:00', instant],
    ['2026-11-20T23:44:03.5-09:30', instant + 500],
    ['2026-11-21T09:14:03.123456789Z', instant + 123],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1)],
    ['2017-01-01T00:59:60+01:00', Date.UTC(2017, 0, 1)],
    ['0099-01-01T00:00:00Z', Date.parse('0099-01-01T00:00:00Z')],
  ])('%s', (time, expected) => {
    expect(changed('aborted', { at: time })).toMatchObject({ event: { at: expected } });
  });
  test.each([
    'yesterday',
    '',
    '2026-11-21',
    '2026-11-21T09:14:03',
    '2026-11-21 09:14:03Z',
    '2026-11-21T09:14Z',
    '2026-11-21T09:14:03.Z',
    '2026-11-21T09:14:03+0100',
    '2026-11-21T09:14:03+24:00',
    '2026-02-30T09:14:03Z',
    '2025-02-29T09:14:03Z',
    '2026-13-01T09:14:03Z',
    '2026-11-21T24:00:00Z',
    '2026-11-21T09:60:00Z',
    '2026-11-21T09:14:60Z',
    '2026-11-21T09:14:61Z',
    '+002026-11-21T09:14:03Z',
    ' 2026-11-21T09:14:03Z',
    '2026-11-21T09:14:03Z ',
    '２026-11-21T09:14:03Z',
  ])('%j is none', (time) => {
    expect(changed('aborted', { at: time })).toMatchObject({
      kind: 'rejected',
      seq: 5,
      reason: expect.stringContaining('at: expected an RFC 3339 time with a zone'),
    });
  });
});

describe('rejections', () => {
  test('an unknown type with a seq keeps its seq', () => {
    expect(parse({ type: 'mystery.event', seq: 7, x: 1 })).toEqual({
      kind: 'rejected',
      seq: 7,
      reason: 'type: unknown message type "mystery.event"',
    });
    expect(parse({ seq: 7 })).toEqual({ kind: 'rejected', seq: 7, reason: 'type: missing' });
  });

  test.each(['', 'null', '5', '"text"', '[{"seq":1}]', '{"seq":1', '<html></html>', '\uFEFF{}'])(
    '%j has no seq to read',
    (message) => {
      const parsed = parseMessage(message);
      expect(parsed.kind).toBe('rejected');
      expect(parsed).not.toHaveProperty('seq', expect.anything());
    },
  );

  test.each([0, -1, 1.5, '3', 2 ** 53, null, [3]])('a seq of %j is not readable', (seq) => {
    expect(parse({ ...messages.started, seq })).toMatchObject({ kind: 'rejected', seq: undefined });
  });

  test('what has no seq by its type advances nothing, whatever it carries', () => {
    const heartbeat = parse({ ...messages.heartbeat, at: 'x', seq: 9 });
    expect(heartbeat.kind === 'rejected' ? heartbeat.seq : 'accepted').toBeUndefined();
    const hello = parse({ type: 'hello', protocol: 2, seq: 9 });
    expect(hello.kind === 'rejected' ? hello.seq : 'accepted').toBeUndefined();
    expect(hello).toMatchObject({ protocol: 2 });
  });

  test('reasons name the field, what was expected and what came, and stay short', () => {
    const parsed = changed('measured', { index: 0, cameraId: text(10_000), measurements: [] });
    expect(parsed).toMatchObject({
      reason: expect.stringMatching(
        /^index: expected at least 1, got 0; cameraId: expected 1 to 64 characters, got "x{40}"… \(10000 characters\); measurements: expected at least 1 entries, got a list of 0$/u,
      ),
    });
    const many = parse({ ...messages.measured, measurements: Array(64).fill({}) });
    expect(many.kind === 'rejected' && many.reason.length).toBeLessThan(600);
  });
});

describe('hundredths of a millimetre', () => {
  test.each([
    [228.4, 22_840],
    [1.005, 101],
    [0.285, 29],
    [8.575, 858],
    [179.995, 18_000],
    [179.994, 17_999],
    [179.9949999, 17_999],
    [600, 60_000],
    [0, 0],
    [1e-7, 0],
    [0.005, 1],
    [0.004999, 0],
  ])('%d mm', (millimetres, hundredths) => {
    expect(toHundredths(millimetres)).toBe(hundredths);
  });
  test('agree with the decimal number everywhere', () => {
    for (let thousandths = 0; thousandths <= 600_000; thousandths += 5) {
      const millimetres = thousandths / 1_000;
      if (toHundredths(millimetres) !== Math.floor((thousandths + 5) / 10)) {
        expect([millimetres, toHundredths(millimetres)]).toBe(Math.floor((thousandths + 5) / 10));
      }
    }
    expect(Object.is(toHundredths(-0), 0)).toBe(true);
  });
});
