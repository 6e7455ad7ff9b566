import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import type { TypeLimits } from '../../../contract/domain.ts';
import type { TrendPoint } from '../../../contract/results.ts';
import { formatNumber } from '../../ui/formats.ts';
import type { Language } from '../../ui/formats.ts';
import { useSize } from '../../ui/use-size.ts';
import { drawLimits, drawPoints, inks } from './trend-drawing.ts';
import { limitTicks, passLabels } from './trend-labels.ts';
import 'uplot/dist/uPlot.min.css';

interface TrendChartProps {
  readonly points: readonly TrendPoint[];
  readonly limits: TypeLimits;
  /** The pass this window shows: its point is ringed. */
  readonly passId: string;
  /** The point under the pointer or chosen by keys. */
  readonly at: number | undefined;
  readonly language: Language;
  readonly zone: string;
  readonly rem: number;
  readonly onPoint: (index: number | undefined) => void;
  readonly onOpen: (index: number) => void;
}

/**
 * Heights in mm over the passes in order (one step a pass: they come at irregular times). Not measured: a gap. It
 * draws on a canvas and reads the points directly, so that moving along them draws nothing else again.
 */
export const TrendChart = ({
  points,
  limits,
  passId,
  at,
  language,
  zone,
  rem,
  onPoint,
  onOpen,
}: TrendChartProps) => {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const latest = useRef({ at, onPoint, onOpen });
  latest.current = { at, onPoint, onOpen };
  const size = useSize(box);
  const width = Math.floor(size?.width ?? 0);
  const height = Math.floor(size?.height ?? 0);

  useEffect(() => {
    const canvas = box.current;
    if (canvas === null || width === 0 || height === 0) return undefined;
    const draw = (): void => {
      const heights = points.map((point) => (point.heightCmm === undefined ? null : point.heightCmm / 100));
      const ink = inks();
      const font = `${Math.round(rem * 0.82)}px ${getComputedStyle(document.body).fontFamily}`;
      const labels = passLabels(points, language, zone);
      const limitValues = [limits.criticalLowCmm, limits.criticalHighCmm].map((cmm) => cmm / 100);
      const known = heights.filter((value) => value !== null);
      const lowest = Math.min(...known, ...limitValues) - 6;
      const highest = Math.max(...known, ...limitValues) + 6;
      const pixelsPerMm = Math.max(1, height - rem * 2.1) / (highest - lowest);
      const made = new uPlot(
        {
          width,
          height,
          legend: { show: false },
          padding: [rem * 0.4, rem * 0.8, 0, 0],
          cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
          scales: { x: { time: false, range: [-0.7, points.length - 0.3] }, y: { range: [lowest, highest] } },
          axes: [
            {
              stroke: ink.secondary,
              font,
              size: rem * 1.7,
              space: rem * labels.roomRem,
              grid: { show: false },
              ticks: { stroke: ink.line, size: 4 },
              incrs: [1, 2, 5, 10, 20],
              values: (_, ticks) => labels.of(ticks),
            },
            {
              stroke: ink.secondary,
              font,
              size: rem * 3.2,
              grid: { show: false },
              ticks: { show: false },
              splits: () => limitTicks(limits, (rem * 1.1) / pixelsPerMm),
              values: (_, ticks) => ticks.map((tick) => formatNumber(tick, language)),
            },
          ],
          series: [{}, { stroke: ink.ok, width: 1.5, spanGaps: false, points: { show: false } }],
          hooks: {
            drawAxes: [(chart) => drawLimits(chart, limits, ink)],
            draw: [(chart) => drawPoints(chart, points, ink, rem, passId, latest.current.at)],
            setCursor: [(chart) => latest.current.onPoint(chart.cursor.idx ?? undefined)],
          },
        },
        [points.map((_, index) => index), heights],
        canvas,
      );
      const open = (): void => {
        const index = made.cursor.idx;
        if (index !== null && index !== undefined) latest.current.onOpen(index);
      };
      made.over.addEventListener('click', open);
      plot.current = made;
    };
    // Colours and letters are asked of the page: in a task of its own once a frame has laid the car out.
    let task: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      task = setTimeout(draw, 0);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(task);
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [points, limits, passId, language, zone, rem, width, height]);

  useEffect(() => plot.current?.redraw(false), [at]);
  return <div ref={box} className="trend-canvas" />;
};
