import type { History, Series } from '../../view/status-document.ts';

/** What stands for all values of a while. */
export type Reduction = (known: readonly number[]) => number;

/** Of rates and counts: what is below the line stays as much as there was. */
export const mean: Reduction = (known) => known.reduce((sum, value) => sum + value, 0) / known.length;

/** Of times and shares: a second in which all stood still is what one looks for, and a mean would hide it. */
export const worst: Reduction = (known) => known.reduce((most, value) => Math.max(most, value));

/** Moments that are further apart than so many steps have a gap between them. */
const GAP = 2.5;

/** The moments for a chart in seconds, and how to get the values that go with them: null where nothing is known. */
export interface Timeline {
  readonly seconds: readonly number[];
  of(series: Series): Array<number | null>;
}

/**
 * The timeline of a history, with one value for each step.
 * @param step in seconds. Steps begin at the same moments for whoever looks and whenever, so that what is drawn moves
 * to the left and does not change its form on the way.
 */
export const timelineOf = (
  { times, interval }: Pick<History, 'times' | 'interval'>,
  step = interval,
  reduce: Reduction = mean,
): Timeline => {
  const length = Math.max(step, interval);
  const bounds = length > interval ? boundsOf(times, length * 1000) : [...times.keys()];
  const parts = bounds.map((from, i) => [from, bounds[i + 1] ?? times.length] as const);
  const middles = parts.map(([from, to]) => ((times[from] ?? 0) + (times[to - 1] ?? 0)) / 2000);
  const isAfterGap = middles.map((at, i) => i > 0 && at - (middles[i - 1] ?? at) > GAP * length);
  const spread = <T>(values: readonly T[], fill: (i: number) => T): T[] =>
    values.flatMap((value, i) => (isAfterGap[i] ? [fill(i), value] : [value]));
  const valueIn = (series: Series, from: number, to: number): number | null => {
    if (to - from === 1) return series[from] ?? null;
    const known = series.slice(from, to).filter((value) => value !== null);
    return known.length === 0 ? null : reduce(known);
  };
  return {
    seconds: spread(middles, (i) => (middles[i - 1] ?? 0) + length),
    of: (series) => {
      const values = parts.map(([from, to]) => valueIn(series, from, to));
      return spread(values, () => null);
    },
  };
};

/** Where steps begin. */
const boundsOf = (times: readonly number[], length: number): number[] => {
  const stepAt = (i: number): number => Math.floor((times[i] ?? 0) / length);
  return [...times.keys()].filter((i) => i === 0 || stepAt(i) !== stepAt(i - 1));
};
