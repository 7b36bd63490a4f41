import { type CommandFigures, LATENCY_BUCKETS, ranOf } from '../metrics/counters.ts';
import { inSeconds } from '../metrics/microseconds.ts';
import { quantile } from '../metrics/quantile.ts';

/** All calls of a command: those that ran, and those that were refused. */
export const callsOf = ({ ok, error, rejected }: CommandFigures): number => ok + error + rejected;

/** Those of them that were answered by an error. */
export const errorsOf = ({ error, rejected }: CommandFigures): number => error + rejected;

/** Mean time of the calls that ran, in seconds. */
export const meanOf = (figures: CommandFigures): number | null =>
  ranOf(figures) === 0 ? null : inSeconds(figures.microseconds / ranOf(figures));

/** Quantile of the time that a command takes, in seconds. */
export const latencyOf = ({ buckets }: CommandFigures, share: number): number | null =>
  quantile(share, LATENCY_BUCKETS, buckets);

/** The two quantiles that are shown of all commands together; null if nobody has counted any. */
export const latenciesOf = (figures: CommandFigures | undefined): Record<'p50' | 'p99', number | null> => ({
  p50: figures === undefined ? null : latencyOf(figures, 0.5),
  p99: figures === undefined ? null : latencyOf(figures, 0.99),
});
