/** A grey picture that is drawn into: one byte a pixel, 0 black to 255 white. */
export interface Canvas {
  width: number;
  height: number;
  pixels: Uint8Array;
}

export const createCanvas = (width: number, height: number): Canvas => ({
  width,
  height,
  pixels: new Uint8Array(width * height),
});

export const clamp = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value);

/** Fills a rectangle; the grey may change from its top to its bottom. */
export const fillRectangle = (
  canvas: Canvas,
  [left, top, width, height]: readonly [number, number, number, number],
  grey: number,
  greyBelow: number = grey,
): void => {
  const fromX = Math.max(0, Math.round(left));
  const toX = Math.min(canvas.width, Math.round(left + width));
  const fromY = Math.max(0, Math.round(top));
  const toY = Math.min(canvas.height, Math.round(top + height));
  for (let y = fromY; y < toY; y += 1) {
    const share = toY - fromY > 1 ? (y - fromY) / (toY - fromY - 1) : 0;
    canvas.pixels.fill(
      clamp(grey + (greyBelow - grey) * share),
      y * canvas.width + fromX,
      y * canvas.width + toX,
    );
  }
};

/** A dark ring of the given thickness, for bolts and axle boxes; filled when `inner` is 0. */
export const fillRing = (
  canvas: Canvas,
  [centreX, centreY]: readonly [number, number],
  [inner, outer]: readonly [number, number],
  grey: number,
): void => {
  for (
    let y = Math.max(0, Math.floor(centreY - outer));
    y <= Math.min(canvas.height - 1, centreY + outer);
    y += 1
  ) {
    for (
      let x = Math.max(0, Math.floor(centreX - outer));
      x <= Math.min(canvas.width - 1, centreX + outer);
      x += 1
    ) {
      const distance = Math.hypot(x - centreX, y - centreY);
      if (distance >= inner && distance <= outer) canvas.pixels[y * canvas.width + x] = grey;
    }
  }
};

/** Grain of a trackside camera: the same for the same seed, cheap to compress. */
export const addGrain = (canvas: Canvas, seed: number, strength: number): void => {
  let state = seed | 1;
  const { pixels } = canvas;
  for (let index = 0; index < pixels.length; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    // Most pixels keep their grey: it looks like grain, and the file stays small.
    if ((state & 0x300) === 0)
      pixels[index] = clamp((pixels[index] ?? 0) + ((state & 0xff) / 255 - 0.5) * 2 * strength);
  }
};
