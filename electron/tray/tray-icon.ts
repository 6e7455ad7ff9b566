/** What the icon says: the worst that nobody has. */
export type TrayState = 'critical' | 'warning' | 'calm';

export interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel: blue, green, red, opacity. */
  readonly pixels: Buffer;
}

/** Pixels; drawn at twice the size it is shown in. */
const size = 32;
/** Points inside a pixel that decide how much of it is covered, each way. */
const samples = 4;
/** docs/control-room-ux.md, colour and shape: state is never colour alone. */
const colours: Readonly<Record<TrayState, readonly [number, number, number]>> = {
  critical: [0xff, 0x40, 0x60],
  warning: [0xff, 0x9f, 0x1c],
  calm: [0x8c, 0x96, 0xa0],
};

type Shape = (x: number, y: number) => boolean;

/** On a square of −1 to 1, y downwards. */
const shapes: Readonly<Record<TrayState, Shape>> = {
  critical: (x, y) => y <= 0.85 && Math.abs(x) <= (y + 0.95) / 1.9,
  warning: (x, y) => x * x + y * y <= 0.85 * 0.85,
  calm: (x, y) => Math.abs(x) <= 0.7 && Math.abs(y) <= 0.7,
};

/** The stroke of "no sound", with a gap on both sides so that it is seen on any colour. */
const distanceToStroke = (x: number, y: number): number => Math.abs(x - y) / Math.SQRT2;

/** Draws the icon; `mute`: what should sound cannot be heard. */
export function drawTrayIcon(state: TrayState, mute: boolean): Bitmap {
  const pixels = Buffer.alloc(size * size * 4);
  const [red, green, blue] = colours[state];
  const isInk: Shape = (x, y) => {
    if (mute && distanceToStroke(x, y) <= 0.12) return true;
    if (mute && distanceToStroke(x, y) <= 0.28) return false;
    return shapes[state](x, y);
  };
  const at = (pixel: number, sample: number) => ((pixel + (sample + 0.5) / samples) / size) * 2 - 1;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      let covered = 0;
      for (let sample = 0; sample < samples * samples; sample += 1) {
        if (isInk(at(column, sample % samples), at(row, Math.floor(sample / samples)))) covered += 1;
      }
      const opacity = covered / (samples * samples);
      // Colours are multiplied with the opacity, as native bitmaps want them.
      pixels.set(
        [blue, green, red, 255].map((value) => Math.round(value * opacity)),
        (row * size + column) * 4,
      );
    }
  }
  return { width: size, height: size, pixels };
}
