import { type CommandFigures, LATENCY_BUCKETS, ranOf } from '../metrics/counters.ts';
import { inSeconds } from '../metrics/microseconds.ts';
import { LOOP_DELAY_BUCKETS } from '../metrics/process-probe.ts';
import { quantile } from '../metrics/quantile.ts';
import type { Totals } from '../metrics/totals.ts';

/** What was counted in a span of time. */
export interface Span<Counted = Totals> {
  readonly seconds: number;
  readonly counted: Counted;
}

/** Of what was counted, all commands together. */
export const allCommandsIn = ({ seconds, counted }: Span): Span<CommandFigures> => ({
  seconds,
  counted: counted.allCommands(),
});

/** A rate over several spans: the sum of the rate of each; null if there are none. */
export const rateOf = <Counted>(
  spans: ReadonlyArray<Span<Counted>>,
  figure: (counted: Counted) => number,
): number | null =>
  spans.length === 0 ? null : spans.reduce((sum, { seconds, counted }) => sum + figure(counted) / seconds, 0);

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

/** Quantile of the lateness of an event loop, in seconds. */
export const delayOf = ({ histograms }: Totals, share: number): number | null =>
  quantile(share, LOOP_DELAY_BUCKETS, histograms.get('eventloop_delay_seconds')?.buckets ?? []);

/** How long an event loop was watched, in seconds. */
export const watchedFor = (totals: Totals): number =>
  inSeconds(sumOfCounter(totals, 'eventloop_seconds_total'));

/** Share of the time that an event loop was busy. */
export const utilisationOf = (totals: Totals): number | null => {
  const active = totals.counter('eventloop_seconds_total', 'active');
  const idle = totals.counter('eventloop_seconds_total', 'idle');
  return active + idle <= 0 ? null : active / (active + idle);
};

/** Processor time in cores; null if the process does not measure it. */
export const cpuOf = ({ seconds, counted }: Span): number | null => {
  if (!counted.counters.has('cpu_seconds_total')) return null;
  const user = counted.counter('cpu_seconds_total', 'user');
  return inSeconds(user + counted.counter('cpu_seconds_total', 'system')) / seconds;
};

/** Share of look-ups that found their key. */
export const hitRatioOf = (totals: Totals): number | null => {
  const hits = totals.counter('keyspace_hits_total');
  const lookups = hits + totals.counter('keyspace_misses_total');
  return lookups === 0 ? null : hits / lookups;
};

/** Clients that were closed because they did not read their replies. */
export const slowClientsOf = (totals: Totals): number =>
  totals.counter('connections_closed_total', 'slow_client');

/** A counter of one family, all values of its label together. */
export const sumOfCounter = ({ counters }: Totals, family: string): number => {
  let sum = 0;
  for (const count of counters.get(family)?.values() ?? []) sum += count;
  return sum;
};
