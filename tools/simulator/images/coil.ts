import type { Canvas } from './canvas.ts';
import { clamp } from './canvas.ts';

/** A coil spring seen from the side; all lengths in pixels. */
export interface Coil {
  centreX: number;
  /** Of the two seats; y grows downwards. */
  top: number;
  bottom: number;
  radius: number;
  wire: number;
  turns: number;
  /** By how much the top stands to the right of the bottom. */
  lean: number;
  /** Where the wire is broken, in turns from the bottom; the part above has slipped sideways. */
  breakAt: number | undefined;
}

const brokenGap = 0.34;
const slip = 17;

/** One sphere of the wire, lit from the upper left, kept only where it is nearer than what is drawn already. */
const stamp = (
  canvas: Canvas,
  depth: Float32Array,
  [x, y, z]: readonly [number, number, number],
  wire: number,
): void => {
  const { width, height, pixels } = canvas;
  const fromY = Math.max(0, Math.ceil(y - wire));
  const toY = Math.min(height - 1, Math.floor(y + wire));
  for (let row = fromY; row <= toY; row += 1) {
    const dy = (row - y) / wire;
    const half = Math.sqrt(Math.max(0, 1 - dy * dy)) * wire;
    const toX = Math.min(width - 1, Math.floor(x + half));
    for (let column = Math.max(0, Math.ceil(x - half)); column <= toX; column += 1) {
      const dx = (column - x) / wire;
      const surface = Math.sqrt(Math.max(0, 1 - dx * dx - dy * dy));
      const index = row * width + column;
      if ((depth[index] ?? 0) >= z + surface * wire) continue;
      depth[index] = z + surface * wire;
      const light = -0.28 * dx - 0.55 * dy + 0.78 * surface;
      const shine = Math.max(0, light - 0.86) * 420;
      pixels[index] = clamp((38 + 118 * Math.max(0, light) + shine) * (z < 0 ? 0.5 : 1));
    }
  }
};

/** Winds the wire from the bottom seat to the top one, back half behind front half. */
export const drawCoil = (canvas: Canvas, coil: Coil): void => {
  const depth = new Float32Array(canvas.width * canvas.height).fill(-1e6);
  const { centreX, radius, wire, turns, lean, breakAt } = coil;
  const low = coil.bottom - wire;
  const high = coil.top + wire;
  const steps = Math.ceil(turns * 2 * Math.PI * (radius / 2));
  for (let step = 0; step <= steps; step += 1) {
    const share = step / steps;
    const turn = share * turns;
    if (breakAt !== undefined && Math.abs(turn - breakAt) < brokenGap / 2) continue;
    const above = breakAt !== undefined && turn > breakAt;
    // End coils lie flat on their seats, as those of a ground spring do.
    const eased = Math.min(1, Math.max(0, (turn - 0.6) / (turns - 1.2)));
    const angle = turn * 2 * Math.PI;
    const x = centreX + radius * Math.cos(angle) + lean * share + (above ? slip : 0);
    const y = low + (high - low) * eased + (above ? 9 : 0);
    stamp(canvas, depth, [x, y, radius * Math.sin(angle)], wire);
  }
};
