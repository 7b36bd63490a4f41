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
  /** The lines are drawn; more may be drawn over them. */
  readonly onDrawn: (plot: uPlot) => void;
}

const FONT = '11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
/** As wide as `1000 KiB`, the same for all charts so that they stand in line. */
const AXIS_WIDTH = 58;
const AXIS_HEIGHT = 24;
const PADDING_RIGHT = 18;
/** So much of a chart's width is not for lines. */
export const PLOT_MARGIN = AXIS_WIDTH + PADDING_RIGHT;
const MINUTES = [1, 2, 3, 5].map((minutes) => minutes * 60);

/** What uPlot is told. */
export const optionsOf = (wishes: PlotWishes): uPlot.Options => ({
  ...wishes.size,
  padding: [10, PADDING_RIGHT, 0, 0],
  legend: { show: false },
  scales: { x: { time: true, range: wishes.range }, y: wishes.measure.scale },
  axes: [xAxis(wishes), yAxis(wishes)],
  series: [{}, ...(wishes.stacked ? areasOf(wishes) : linesOf(wishes))],
  cursor: {
    y: false,
    drag: { x: false, y: false },
    points: { show: !wishes.stacked, size: 7 },
    sync: { key: 'status', scales: ['x', null], setSeries: false },
    focus: { prox: wishes.stacked || wishes.lines.length < 3 ? -1 : 24 },
  },
  focus: { alpha: 0.25 },
  hooks: { setCursor: [wishes.onCursor], draw: [wishes.onDrawn] },
});

/** A stack from its highest to its lowest, each down to the axis and with nothing shining through. */
const areasOf = ({ theme, lines }: PlotWishes): uPlot.Series[] =>
  lines.toReversed().map(({ name, colour }) => ({
    label: name,
    width: 0,
    points: { show: false },
    fill: () => theme().line(colour),
    fillTo: 0,
  }));

const linesOf = ({ theme, lines }: PlotWishes): uPlot.Series[] =>
  lines.map(({ name, colour, strong, dash }) => ({
    label: name,
    stroke: () => theme().line(colour),
    width: strong ? 2 : 1.5,
    dash: [...dash],
    points: { show: false },
    ...(lines.length === 1 ? { fill: () => theme().fill(colour) } : {}),
  }));

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
    // No more than about six lines, however high a chart has become beside another one.
    space: (_plot, _axis, _from, _to, height) => Math.max(32, height / 6),
    ...(steps === undefined ? {} : { incrs: steps }),
    // Without a filter of ours uPlot leaves out what is no power of ten to the last bit.
    ...(marks === undefined
      ? {}
      : { splits: (_plot, _axis, from, to) => marks(from, to), filter: (_plot, splits) => splits }),
    values: (_plot, splits) => splits.map((value) => (value === null ? '' : tick(value))),
  };
};
