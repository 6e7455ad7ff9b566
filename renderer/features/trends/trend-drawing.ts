import type uPlot from 'uplot';
import type { State, TypeLimits } from '../../../contract/domain.ts';
import type { TrendPoint } from '../../../contract/results.ts';

export interface Inks {
  readonly text: string;
  readonly secondary: string;
  readonly line: string;
  readonly ok: string;
  readonly warning: string;
  readonly critical: string;
  readonly outline: string;
  readonly bandWarning: string;
  readonly bandCritical: string;
}

/** The theme's colours as they are on the document now. */
export const inks = (): Inks => {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: of('--text'),
    secondary: of('--secondary'),
    line: of('--line'),
    ok: of('--ok'),
    warning: of('--warning'),
    critical: of('--critical'),
    outline: of('--mark-outline'),
    bandWarning: of('--band-warning'),
    bandCritical: of('--band-critical'),
  };
};

const bandsOf = (
  limits: TypeLimits,
): readonly (readonly [number, number, 'bandWarning' | 'bandCritical'])[] => {
  const { criticalLowCmm, criticalHighCmm } = limits;
  const low = limits.warningLowCmm ?? criticalLowCmm;
  const high = limits.warningHighCmm ?? criticalHighCmm;
  return [
    [-Infinity, criticalLowCmm, 'bandCritical'],
    [criticalLowCmm, low, 'bandWarning'],
    [high, criticalHighCmm, 'bandWarning'],
    [criticalHighCmm, Infinity, 'bandCritical'],
  ];
};

/** Bands beyond the allowed range in grey and a line at every limit; the axis has its figure. */
export const drawLimits = (chart: uPlot, limits: TypeLimits, ink: Inks): void => {
  const { ctx, bbox } = chart;
  const ratio = devicePixelRatio;
  const right = bbox.left + bbox.width;
  const at = (cmm: number): number =>
    Math.min(bbox.top + bbox.height, Math.max(bbox.top, chart.valToPos(cmm / 100, 'y', true)));
  ctx.save();
  for (const [low, high, band] of bandsOf(limits)) {
    const top = high === Infinity ? bbox.top : at(high);
    const bottom = low === -Infinity ? bbox.top + bbox.height : at(low);
    ctx.fillStyle = ink[band];
    ctx.globalAlpha = 0.55;
    ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
  }
  ctx.globalAlpha = 1;
  ctx.strokeStyle = ink.secondary;
  ctx.lineWidth = ratio;
  const lines = [
    [limits.criticalLowCmm, []],
    [limits.warningLowCmm, [6 * ratio, 5 * ratio]],
    [limits.warningHighCmm, [6 * ratio, 5 * ratio]],
    [limits.criticalHighCmm, []],
  ] as const;
  for (const [cmm, dash] of lines) {
    if (cmm === undefined) continue;
    ctx.setLineDash([...dash]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, at(cmm));
    ctx.lineTo(right, at(cmm));
    ctx.stroke();
  }
  ctx.restore();
};

const trace = (
  ctx: CanvasRenderingContext2D,
  state: State | undefined,
  x: number,
  y: number,
  half: number,
): void => {
  ctx.beginPath();
  if (state === 'critical') {
    ctx.moveTo(x, y - half);
    ctx.lineTo(x + half, y + half * 0.85);
    ctx.lineTo(x - half, y + half * 0.85);
    ctx.closePath();
  } else if (state === 'warning') ctx.arc(x, y, half * 0.9, 0, Math.PI * 2);
  else ctx.rect(x - half * 0.5, y - half * 0.5, half, half);
};

/** Points in the shapes of the state marks; the pass shown and the chosen point have a ring. */
export const drawPoints = (
  chart: uPlot,
  points: readonly TrendPoint[],
  ink: Inks,
  rem: number,
  passId: string,
  chosen: number | undefined,
): void => {
  const { ctx, bbox } = chart;
  const ratio = devicePixelRatio;
  ctx.save();
  for (const [index, point] of points.entries()) {
    const x = chart.valToPos(index, 'x', true);
    const measured = point.heightCmm !== undefined;
    const y = measured
      ? chart.valToPos(point.heightCmm / 100, 'y', true)
      : bbox.top + bbox.height - rem * 0.6 * ratio;
    const abnormal = measured && (point.state === 'critical' || point.state === 'warning');
    const half = rem * (abnormal ? 0.5 : 0.34) * ratio;
    if (measured) {
      trace(ctx, point.state, x, y, half);
      ctx.fillStyle = abnormal ? ink[point.state === 'critical' ? 'critical' : 'warning'] : ink.ok;
      ctx.fill();
      if (abnormal && ink.outline !== 'transparent') {
        ctx.strokeStyle = ink.outline;
        ctx.lineWidth = 2 * ratio;
        ctx.stroke();
      }
    } else {
      ctx.strokeStyle = ink.secondary;
      ctx.lineWidth = 1.5 * ratio;
      ctx.beginPath();
      ctx.moveTo(x - half, y);
      ctx.lineTo(x + half, y);
      ctx.stroke();
    }
    if (index !== chosen && point.passId !== passId) continue;
    ctx.beginPath();
    ctx.arc(x, y, rem * 0.8 * ratio, 0, Math.PI * 2);
    ctx.strokeStyle = ink.text;
    ctx.lineWidth = (index === chosen ? 2.5 : 1.5) * ratio;
    ctx.stroke();
  }
  ctx.restore();
};
