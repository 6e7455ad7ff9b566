import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFrameTap } from './frame-tap.ts';
import { headOf, readScalar, readSeq } from './head.ts';

describe('the head of a text', () => {
  test('is at most 4 KiB and ends between characters', () => {
    expect(headOf('abc')).toBe('abc');
    expect(headOf('x'.repeat(5_000))).toHaveLength(4_096);
    const head = headOf(`x${'€'.repeat(3_000)}`);
    expect(Buffer.byteLength(head)).toBeLessThanOrEqual(4_096);
    expect(head.replaceAll('€', '')).toBe('x');
    expect(headOf(`xx${'😀'.repeat(3_000)}`)).not.toContain('\ufffd');
  });

  test('has no NUL, which the shared record could not hold', () => {
    expect(headOf('a\u0000b')).toBe('a\u2400b');
    expect(Buffer.byteLength(headOf('\u0000'.repeat(5_000)))).toBeLessThanOrEqual(4_096);
  });
});

describe('a seq in a text that is cut off', () => {
  test.each([
    ['{"type":"x","seq":12,"padding":"xxx', 12],
    ['{ "a" : [ {"seq": 1}, 2 ], "seq" : 7 }', 7],
    ['{"a":{"seq":1},"b":"\\"seq\\":3,","seq":4,', 4],
  ])('%s', (text, seq) => expect(readSeq(text)).toBe(seq));
  test.each([
    '{"seq":12',
    '{"a":{"seq":12,',
    '{"padding":"xxx',
    '{"seq":"12",',
    '{"seq":1.5,',
    '',
    'x',
    '{"seq":0,',
  ])('%s: not readable', (text) => expect(readSeq(text)).toBeUndefined());
  test('a type is read as it stands', () => {
    expect(readScalar('{"type":"heartbeat","at":', 'type')).toBe('"heartbeat"');
  });
});

function frame(opcode: number, payload: Buffer, fin = true, declared = payload.length): Buffer {
  const header = [(fin ? 0x80 : 0) | opcode];
  if (declared < 126) header.push(declared);
  else if (declared < 65_536) header.push(126, declared >> 8, declared & 0xff);
  else
    header.push(
      127,
      0,
      0,
      0,
      0,
      (declared >>> 24) & 0xff,
      (declared >> 16) & 0xff,
      (declared >> 8) & 0xff,
      declared & 0xff,
    );
  return Buffer.concat([Buffer.from(header), payload]);
}

describe('the frame tap', () => {
  test('gives the head of the message under way, wherever the bytes are cut', () => {
    const bytes = Buffer.concat([
      frame(1, Buffer.from('first')),
      frame(9, Buffer.from('ping')),
      frame(1, Buffer.from('{"seq":'), false),
      frame(10, Buffer.from('pong')),
      frame(0, Buffer.from('5,"padding":"xxxxxx'), false, 2_000_000),
    ]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), (sizes) => {
        const tap = createFrameTap();
        for (let offset = 0, turn = 0; offset < bytes.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          tap.feed(bytes.subarray(offset, offset + size));
          offset += size;
        }
        expect(tap.head().toString()).toBe('{"seq":5,"padding":"xxxxxx');
        expect(tap.complete).toBe(false);
        expect(tap.binary).toBe(false);
      }),
    );
  });

  test('keeps 4 KiB and no more', () => {
    const tap = createFrameTap();
    tap.feed(frame(2, Buffer.alloc(70_000, 'x'), true, 3_000_000));
    expect(tap.head()).toHaveLength(4_096);
    expect(tap.complete).toBe(true);
    expect(tap.binary).toBe(true);
  });
});
