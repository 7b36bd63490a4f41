import type { CommandFigures, HistogramFigures } from './counters.ts';

export type ProcessRole = 'worker' | 'keyspace';

/**
 * Figures by the name of their family (see the catalogue, without the prefix), or by name and the value of the
 * family's own label: `{ bytes_total: 7, closed_total: { client: 3 } }`. Whoever is not named counts 0, and names
 * that the reader does not know are passed over, so that two releases can report side by side.
 *
 * Counters are whole numbers, times in microseconds: sums of whole numbers are exact in any order, and a total that
 * fell by the last bit of a fraction would pass for a restart.
 */
export type Figures = Readonly<Record<string, number | Readonly<Record<string, number>>>>;

/** What a process measures of itself, whatever its role. */
export interface ProcessFigures {
  readonly pid: number;
  /** Unix milliseconds. */
  readonly startedAt: number;
  /** Since the process started; never falling. */
  readonly counters: Figures;
  /** As they are now. */
  readonly gauges: Figures;
  /** Since the process started; in the bounds of the family, which never change. */
  readonly histograms: Readonly<Record<string, HistogramFigures>>;
}

/** A command that took long, without its arguments: they are nobody's affair but SLOWLOG's. */
export interface SlowCall {
  readonly id: number;
  /** Unix milliseconds. */
  readonly at: number;
  readonly command: string;
  readonly microseconds: number;
  /** How many arguments there were, the name included. */
  readonly argc: number;
}

/** What a process tells the supervisor once a second: its whole state, fit for JSON. */
export interface ProcessReport extends ProcessFigures {
  readonly role: ProcessRole;
  /** The stable place of a worker, from 0; the keyspace is at 0. */
  readonly slot: number;
  /** By name of the command (`client|list`), those called so far. Times are whole numbers as in {@link Figures}. */
  readonly commands: Readonly<Record<string, CommandFigures>>;
  /** The newest of the slow log, newest first. */
  readonly slowCalls: readonly SlowCall[];
}

/** What a process tells between two reports: figures of one moment, in the place of those in the latest report. */
export type InterimReport = Pick<ProcessReport, 'counters' | 'gauges'>;

/** Brings a process's own figures and those of its role together. */
export const processReport = (
  { role, slot }: Pick<ProcessReport, 'role' | 'slot'>,
  process: ProcessFigures,
  own: Partial<Pick<ProcessReport, 'counters' | 'gauges' | 'histograms' | 'commands' | 'slowCalls'>>,
): ProcessReport => ({
  role,
  slot,
  pid: process.pid,
  startedAt: process.startedAt,
  counters: { ...process.counters, ...own.counters },
  gauges: { ...process.gauges, ...own.gauges },
  histograms: { ...process.histograms, ...own.histograms },
  commands: own.commands ?? {},
  slowCalls: own.slowCalls ?? [],
});
