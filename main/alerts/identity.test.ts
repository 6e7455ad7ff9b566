import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { expectedRecord } from '../../tests/shared/recording.ts';
import { alertId, alertUuid, gapAlertId } from './identity.ts';

test('names are those of RFC 9562 version 5', () => {
  const id = alertUuid('0b9f1c1e-0000-4000-8000-000000000001/12/3Rb/height');
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const bytes = createHash('sha1')
    .update(Buffer.from('6f1d0f0e-6a52-5b1e-9a57-0d9c6c1f7a11'.replaceAll('-', ''), 'hex'))
    .update('0b9f1c1e-0000-4000-8000-000000000001/12/3Rb/height')
    .digest('hex');
  expect(id.slice(0, 8)).toBe(bytes.slice(0, 8));
  expect(id.slice(24)).toBe(bytes.slice(20, 32));
  expect(alertId('0b9f1c1e-0000-4000-8000-000000000001', 12, '3Rb', 'height')).toBe(id);
});

test('what is absent is a dash', () => {
  expect(alertId('p', undefined, 'left', 'camera-blind')).toBe(alertUuid('p/-/left/camera-blind'));
  expect(alertId('p', 3, undefined, 'incomplete')).toBe(alertUuid('p/3/-/incomplete'));
  expect(alertId('p', undefined, undefined, 'count-mismatch')).toBe(alertUuid('p/-/-/count-mismatch'));
  expect(gapAlertId('stream', 4, 9)).toBe(alertUuid('stream/4-9/data-gap'));
});

test.each(['plain', 'rough'] as const)('agrees with every alert of the %s recording', (name) => {
  for (const { id, passId, vehicleIndex, position, rule } of expectedRecord(name).alerts) {
    expect(alertId(passId ?? '-', vehicleIndex ?? undefined, position ?? undefined, rule)).toBe(id);
  }
});
