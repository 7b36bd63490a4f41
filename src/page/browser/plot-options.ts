import { clockTime } from '../../view/clock-time.ts';
import type { Line } from './line.ts';
import type { Measure } from './measure.ts';
import type { Theme } from './theme.ts';
import type uPlot from './uplot.ts';

/** What a chart is to look like. */
export interface PlotWishes {
  readonly lines: readonly Line[];
  readonly measure: Measure;
  readonly stacked: boolean;
  readonly size: { readonly width: number; readonly height: number };
  /** The colours are asked for whenever something is drawn. */
  readonly theme: () => Theme;
  /** The time that is shown, in seconds. */
  readonly range: () => [from: number, to: number];
  readonly onCursor: () => void;
}

const FONT = '11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
/** As wide as `1000 KiB`, the same for all charts so that they stand in line. */
const AXIS_WIDTH = 58;
const AXIS_HEIGHT = 24;
const MINUTES = [1, 2, 3, 5].map((minutes) => minutes * 60);

/** What uPlot is told. */
export const optionsOf = (wishes: PlotWishes): uPlot.Options => ({
  ...wishes.size,
  padding: [10, 18, 0, 0],
  legend: { show: false },
  scales: { x: { time: true, range: wishes.range }, y: wishes.measure.scale },
  axes: [xAxis(wishes), yAxis(wishes)],
  series: [{}, ...wishes.lines.map((line, i) => seriesOf(line, i, wishes))],
  bands: wishes.stacked ? wishes.lines.slice(1).map((_, i): uPlot.Band => ({ series: [i + 2, i + 1] })) : [],
  cursor: {
    y: false,
    drag: { x: false, y: false },
    points: { size: 7 },
    sync: { key: 'status', scales: ['x', null], setSeries: false },
    focus: { prox: wishes.stacked || wishes.lines.length < 3 ? -1 : 24 },
  },
  focus: { alpha: 0.25 },
  hooks: { setCursor: [wishes.onCursor] },
});

const seriesOf = (line: Line, index: number, { theme, stacked, lines }: PlotWishes): uPlot.Series => {
  const filled = stacked || lines.length === 1;
  return {
    label: line.name,
    stroke: () => theme().line(line.colour),
    width: line.strong ? 2 : stacked ? 1 : 1.5,
    dash: [...line.dash],
    points: { show: false },
    ...(filled ? { fill: () => theme().fill(line.colour) } : {}),
    // The lowest of a stack reaches down to the axis; the others are filled by their bands.
    ...(stacked && index === 0 ? { fillTo: 0 } : {}),
  };
};

const axis = ({ theme }: PlotWishes): uPlot.Axis => ({
  font: FONT,
  stroke: () => theme().text,
  grid: { stroke: () => theme().grid, width: 1 },
  ticks: { show: false },
});

const xAxis = (wishes: PlotWishes): uPlot.Axis => ({
  ...axis(wishes),
  size: AXIS_HEIGHT,
  gap: 6,
  space: 56,
  incrs: MINUTES,
  values: (_plot, splits) => splits.map((seconds) => clockTime(seconds * 1000).slice(0, 5)),
});

const yAxis = (wishes: PlotWishes): uPlot.Axis => {
  const { tick, steps, marks } = wishes.measure;
  return {
    ...axis(wishes),
    size: AXIS_WIDTH,
    gap: 8,
    space: 32,
    ...(steps === undefined ? {} : { incrs: steps }),
    // Without a filter of ours uPlot leaves out what is no power of ten to the last bit.
    ...(marks === undefined
      ? {}
      : { splits: (_plot, _axis, from, to) => marks(from, to), filter: (_plot, splits) => splits }),
    values: (_plot, splits) => splits.map((value) => (value === null ? '' : tick(value))),
  };
};
