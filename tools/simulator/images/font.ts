import type { Canvas } from './canvas.ts';

const width = 5;
const height = 7;

/** Each character is seven rows of five bits, written in base 32 (0 to v). */
const glyphs: Readonly<Record<string, string>> = {
  '0': 'ehjlphe',
  '1': '4c4444e',
  '2': 'eh1248v',
  '3': 'v2421he',
  '4': '26aiv22',
  '5': 'vgu11he',
  '6': '68guhhe',
  '7': 'v124888',
  '8': 'ehhehhe',
  '9': 'ehhf12c',
  A: 'ehhvhhh',
  B: 'uhhuhhu',
  C: 'ehggghe',
  D: 'sihhhis',
  E: 'vggsggv',
  F: 'vggsggg',
  G: 'ehgnhhf',
  H: 'hhhvhhh',
  I: 'e44444e',
  J: '72222ic',
  K: 'hikokih',
  L: 'ggggggv',
  M: 'hrllhhh',
  N: 'hhpljhh',
  O: 'ehhhhhe',
  P: 'uhhuggg',
  Q: 'ehhhlid',
  R: 'uhhukih',
  S: 'fgge11u',
  T: 'v444444',
  U: 'hhhhhhe',
  V: 'hhhhha4',
  W: 'hhhllla',
  X: 'hha4ahh',
  Y: 'hhha444',
  Z: 'v1248gv',
  '-': '000v000',
  '.': '00000cc',
  ':': '0cc0cc0',
  '/': '001248g',
  ' ': '0000000',
};

/** Writes capitals and digits at (left, top), each pixel of a letter `scale` wide; what it has no glyph for stays blank. */
export const drawText = (
  canvas: Canvas,
  text: string,
  [left, top]: readonly [number, number],
  { grey, scale = 1 }: { grey: number; scale?: number },
): void => {
  let x = left;
  for (const letter of text.toUpperCase()) {
    const rows = glyphs[letter] ?? '0000000';
    for (let row = 0; row < height; row += 1) {
      const bits = Number.parseInt(rows.charAt(row), 32);
      for (let column = 0; column < width; column += 1) {
        if ((bits & (1 << (width - 1 - column))) === 0) continue;
        for (let dy = 0; dy < scale; dy += 1) {
          const start = (top + row * scale + dy) * canvas.width + x + column * scale;
          canvas.pixels.fill(grey, start, start + scale);
        }
      }
    }
    x += (width + 1) * scale;
  }
};

export const textWidth = (text: string, scale = 1): number => text.length * (width + 1) * scale;
