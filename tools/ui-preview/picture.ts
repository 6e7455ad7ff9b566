import { crc32, deflate } from './png.ts';

const width = 240;
const height = 180;

const grey = (x: number, y: number, broken: boolean): number => {
  const coil = Math.sin((y / height) * Math.PI * 12 + (x - width / 2) * 0.018);
  const body = Math.abs(x - width / 2) < 62 && y > 24 && y < 156;
  if (broken && Math.abs(y - 92 - (x - width / 2) * 0.35) < 5) return 20;
  if (body && coil > 0.1) return 120 + Math.round(70 * (1 - Math.abs(x - width / 2) / 70));
  return 44 + Math.round(18 * (y / height)) + ((x * 7 + y * 13) % 9);
};

const chunk = (type: string, data: Uint8Array): Uint8Array => {
  const body = new Uint8Array(4 + data.length);
  body.set(Array.from(type, (letter) => letter.charCodeAt(0)));
  body.set(data, 4);
  const whole = new Uint8Array(12 + data.length);
  const view = new DataView(whole.buffer);
  view.setUint32(0, data.length);
  whole.set(body, 4);
  view.setUint32(8 + data.length, crc32(body));
  return whole;
};

/** A drawn spring as a PNG of 240 × 180. */
export const springPicture = async (imageId: string): Promise<Uint8Array> => {
  const rows = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = grey(x, y, imageId.endsWith('12-3Rb'));
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 0, 0, 0, 0], 8);
  const parts = [
    Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10),
    chunk('IHDR', header),
    chunk('IDAT', await deflate(rows)),
    chunk('IEND', new Uint8Array()),
  ];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};
