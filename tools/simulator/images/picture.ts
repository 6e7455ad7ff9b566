import { PNG } from 'pngjs';
import { hash } from '../random.ts';
import { addGrain, createCanvas, fillRectangle, fillRing } from './canvas.ts';
import type { Canvas } from './canvas.ts';
import { drawCoil } from './coil.ts';
import { drawText, textWidth } from './font.ts';
import type { PictureContent } from './image-id.ts';

const width = 480;
const height = 360;
/** Pixels for a millimetre, and where the lower seat is. */
const scale = 0.92;
const seat = 318;
const centreX = 214;
const rulerX = 396;

/** Underframe above, axle box below, ballast and sky between: what a trackside camera sees around a spring. */
const drawSurroundings = (canvas: Canvas, top: number): void => {
  fillRectangle(canvas, [0, 0, width, height], 152, 118);
  fillRectangle(canvas, [0, seat + 12, width, height - seat - 12], 92, 74);
  fillRectangle(canvas, [0, 0, width, Math.max(18, top - 26)], 62, 50);
  fillRectangle(canvas, [70, top - 26, 288, 16], 78, 60);
  fillRectangle(canvas, [86, seat, 256, 14], 84, 52);
  fillRectangle(canvas, [104, seat + 14, 220, 40], 58, 44);
  for (const x of [84, 108, 320, 344]) {
    fillRing(canvas, [x, top - 18], [0, 5], 38);
    fillRing(canvas, [x, top - 18], [0, 2], 112);
  }
  fillRing(canvas, [centreX, seat + 46], [14, 30], 36);
};

/** Seat plates with their rims, top and bottom. */
const drawSeats = (canvas: Canvas, top: number): void => {
  fillRectangle(canvas, [centreX - 96, top - 10, 192, 10], 112, 70);
  fillRectangle(canvas, [centreX - 60, top, 120, 4], 54);
  fillRectangle(canvas, [centreX - 96, seat - 2, 192, 8], 128, 72);
};

/** Millimetres above the lower seat, a mark each 5, a number each 50, and the measured height as an arrow. */
const drawRuler = (canvas: Canvas, heightMm: number | undefined): void => {
  fillRectangle(canvas, [rulerX, seat - 310 * scale, 46, 310 * scale + 4], 226, 210);
  for (let millimetre = 0; millimetre <= 300; millimetre += 5) {
    const y = seat - millimetre * scale;
    const length = millimetre % 50 === 0 ? 16 : millimetre % 10 === 0 ? 10 : 5;
    fillRectangle(canvas, [rulerX, y, length, 1], 30);
    if (millimetre % 50 === 0 && millimetre > 0)
      drawText(canvas, String(millimetre), [rulerX + 21, Math.round(y) - 3], { grey: 30 });
  }
  if (heightMm === undefined) return;
  const level = Math.round(seat - heightMm * scale);
  for (let x = centreX + 70; x < rulerX - 2; x += 10) fillRectangle(canvas, [x, level, 5, 1], 238);
  for (let step = 0; step < 8; step += 1)
    fillRectangle(canvas, [rulerX - 10 + step, level - 7 + step, 1, 15 - 2 * step], 244);
};

const drawCaption = (canvas: Canvas, content: PictureContent): void => {
  const { vehicleIndex, vehicleNumber, axle, side, nest, heightMm, at } = content;
  const place = `CAR ${vehicleIndex} ${vehicleNumber}  AXLE ${axle} ${side} ${nest}`;
  const value = heightMm === undefined ? 'NO HEIGHT' : `${heightMm.toFixed(2)} MM`;
  fillRectangle(canvas, [0, 0, width, 16], 14);
  fillRectangle(canvas, [0, height - 16, width, 16], 14);
  drawText(canvas, place, [6, 5], { grey: 214 });
  drawText(canvas, value, [width - 6 - textWidth(value), 5], { grey: 246 });
  drawText(canvas, new Date(at).toISOString().replace('T', ' ').replace('Z', ' UTC'), [6, height - 11], {
    grey: 190,
  });
};

/** Draws what the identity says as a PNG of 480 by 360 greys: the same bytes for the same content. */
export const drawPicture = (content: PictureContent): Buffer => {
  const canvas = createCanvas(width, height);
  const shown = Math.max(60, Math.min(300, content.heightMm ?? (content.defect === 'missing' ? 205 : 225)));
  const top = seat - shown * scale;
  drawSurroundings(canvas, top);
  drawSeats(canvas, top);
  if (content.defect !== 'missing') {
    const solid = content.defect === 'solid';
    const turns = 6;
    drawCoil(canvas, {
      centreX: centreX - (content.defect === 'displaced' ? 34 : 0),
      top,
      bottom: seat,
      radius: 68,
      // A solid spring has no air between its coils.
      wire: solid ? (shown * scale) / (2 * (turns - 0.6)) : 9.5,
      turns,
      lean: content.defect === 'displaced' ? 58 : 0,
      breakAt: content.defect === 'broken' ? 3.25 : undefined,
    });
  }
  drawRuler(canvas, content.heightMm);
  const grain = hash(
    `${content.passId}/${content.vehicleIndex}/${content.axle}/${content.side}/${content.nest}`,
  );
  addGrain(canvas, grain, 14);
  drawCaption(canvas, content);
  const image = new PNG({
    width,
    height,
    colorType: 0,
    inputColorType: 0,
    inputHasAlpha: false,
    bitDepth: 8,
  });
  image.data = Buffer.from(canvas.pixels.buffer);
  return PNG.sync.write(image, {
    colorType: 0,
    inputColorType: 0,
    inputHasAlpha: false,
    filterType: 1,
    deflateLevel: 4,
  });
};
