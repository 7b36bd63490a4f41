import {
  formatByteRate,
  formatBytes,
  formatCount,
  formatLatency,
  formatNumber,
  formatRate,
  formatShare,
  formatTime,
} from '../../view/format.ts';
import { mean, type Reduction, worst } from './timeline.ts';
import type uPlot from './uplot.ts';

/** What a chart's values are: how they are written, and how its axis is divided. */
export interface Measure {
  /** In full, with the unit. */
  readonly format: (value: number | null) => string;
  /** On the axis, where room is scarce. */
  readonly tick: (value: number) => string;
  readonly scale: uPlot.Scale;
  /** What is drawn where there is no room for all values. */
  readonly reduction: Reduction;
  /** Steps that the axis may have; those that uPlot likes if there are none. */
  readonly steps?: number[];
  /** What is on the axis between two values, instead of steps. */
  readonly marks?: (from: number, to: number) => number[];
}

/** From zero to a little more than the largest value. */
const fromZero =
  (least: number): uPlot.Range.Function =>
  (_plot, _min, max) => [0, Math.max(least, (max ?? 0) * 1.1)];

const powersOf = (base: number, from: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from * base ** i);

/** How many a second. */
export const RATES: Measure = {
  format: formatRate,
  tick: formatNumber,
  scale: { range: fromZero(10) },
  reduction: mean,
};

/** How many. */
export const COUNTS: Measure = {
  format: formatCount,
  tick: formatNumber,
  scale: { range: fromZero(5) },
  reduction: mean,
  steps: powersOf(10, 1, 9).flatMap((step) => [step, 2 * step, 5 * step]),
};

/** How many bytes a second. */
export const BYTE_RATES: Measure = {
  format: formatByteRate,
  tick: formatBytes,
  scale: { range: fromZero(1024) },
  reduction: mean,
  steps: powersOf(2, 1, 50),
};

/** From none to all. */
export const SHARES: Measure = {
  format: formatShare,
  tick: formatShare,
  scale: { range: () => [0, 1] },
  reduction: worst,
  steps: [0.25, 0.5],
};

const LOGARITHMIC = 3;

/** Seconds: whole powers of ten around the values, as a p99 may be a hundred times the p50. */
export const TIMES: Measure = {
  format: formatLatency,
  tick: formatTime,
  reduction: worst,
  marks: (from, to) => powersOf(10, from, Math.round(Math.log10(to / from)) + 1),
  scale: {
    distr: LOGARITHMIC,
    range: (_plot, min, max) => [
      10 ** Math.floor(Math.log10(positive(min, 1e-5))),
      10 ** Math.ceil(Math.log10(positive(max, 1e-3) * 1.001)),
    ],
  },
};

const positive = (value: number | null, otherwise: number): number =>
  value !== null && value > 0 ? value : otherwise;
