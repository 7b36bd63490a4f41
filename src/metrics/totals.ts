import type { CommandFigures, HistogramFigures } from './counters.ts';
import type { Figures, ProcessReport } from './snapshot.ts';

/** The value under which a figure without a label of its own is kept. */
export const UNLABELLED = '';

/** Sums of what several processes have counted. Whole numbers only, so that the order of adding does not matter. */
export class Totals {
  /** By family, then by the value of the family's own label, or {@link UNLABELLED}. */
  readonly counters = new Map<string, Map<string, number>>();
  readonly histograms = new Map<string, HistogramFigures>();
  readonly commands = new Map<string, CommandFigures>();

  /** Adds what a process has counted, or takes it away with `sign` -1. */
  add({ counters, histograms, commands }: ProcessReport, sign: 1 | -1 = 1): void {
    for (const [family, value] of Object.entries(counters)) {
      for (const [label, count] of labelled(value)) this.#addCounter(family, label, sign * count);
    }
    for (const [name, figures] of Object.entries(histograms)) this.#addHistogram(name, figures, sign);
    for (const [name, figures] of Object.entries(commands)) this.#addCommand(name, figures, sign);
  }

  /** Adds other totals, or takes them away with `sign` -1. */
  merge({ counters, histograms, commands }: Totals, sign: 1 | -1 = 1): void {
    for (const [family, series] of counters) {
      for (const [label, count] of series) this.#addCounter(family, label, sign * count);
    }
    for (const [name, figures] of histograms) this.#addHistogram(name, figures, sign);
    for (const [name, figures] of commands) this.#addCommand(name, figures, sign);
  }

  /** A counter's total; 0 if nobody has counted it. */
  counter(family: string, label: string = UNLABELLED): number {
    return this.counters.get(family)?.get(label) ?? 0;
  }

  /** The figures of all commands together. */
  allCommands(): CommandFigures {
    return [...this.commands.values()].reduce((sum, figures) => addCommand(sum, figures, 1), NO_CALLS);
  }

  /** A copy without what was counted `before`. */
  since(before: Totals): Totals {
    const totals = new Totals();
    totals.merge(this);
    totals.merge(before, -1);
    return totals;
  }

  #addCounter(family: string, label: string, count: number): void {
    const series = this.counters.get(family) ?? new Map<string, number>();
    this.counters.set(family, series);
    series.set(label, (series.get(label) ?? 0) + count);
  }

  #addHistogram(name: string, more: HistogramFigures, sign: 1 | -1): void {
    const { sum, buckets } = this.histograms.get(name) ?? { sum: 0, buckets: [] };
    this.histograms.set(name, { sum: sum + sign * more.sum, buckets: addEach(buckets, more.buckets, sign) });
  }

  #addCommand(name: string, more: CommandFigures, sign: 1 | -1): void {
    this.commands.set(name, addCommand(this.commands.get(name) ?? NO_CALLS, more, sign));
  }
}

/** The figures of one family as pairs of label value and number. */
export const labelled = (value: Figures[string]): Array<[label: string, count: number]> =>
  typeof value === 'number' ? [[UNLABELLED, value]] : Object.entries(value);

/** One of the figures; 0 if it is not there. */
export const figureIn = (figures: Figures, family: string, label: string = UNLABELLED): number => {
  const value = figures[family] ?? 0;
  if (typeof value === 'number') return label === UNLABELLED ? value : 0;
  return value[label] ?? 0;
};

const NO_CALLS: CommandFigures = { ok: 0, error: 0, rejected: 0, microseconds: 0, buckets: [] };

const addCommand = (sum: CommandFigures, more: CommandFigures, sign: 1 | -1): CommandFigures => ({
  ok: sum.ok + sign * more.ok,
  error: sum.error + sign * more.error,
  rejected: sum.rejected + sign * more.rejected,
  microseconds: sum.microseconds + sign * more.microseconds,
  buckets: addEach(sum.buckets, more.buckets, sign),
});

const addEach = (sums: readonly number[], more: readonly number[], sign: 1 | -1): number[] =>
  Array.from(
    { length: Math.max(sums.length, more.length) },
    (_, i) => (sums[i] ?? 0) + sign * (more[i] ?? 0),
  );
