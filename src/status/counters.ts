import { inSeconds } from '../metrics/microseconds.ts';
import type { Totals } from '../metrics/totals.ts';
import type { Span } from './span.ts';

/** A counter of one family, all values of its label together. */
export const sumOfCounter = ({ counters }: Totals, family: string): number => {
  let sum = 0;
  for (const count of counters.get(family)?.values() ?? []) sum += count;
  return sum;
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
