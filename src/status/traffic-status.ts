import type { InstanceBooks } from '../metrics/books.ts';
import type { TrafficStatus } from '../view/status-document.ts';
import { callsOf, errorsOf, overallLatency, sumOfCommands, sumOfCounter } from './figures.ts';
import { type Moment, rateOf, spansOf } from './moment.ts';
import type { Pace } from './pace.ts';

/** Quantiles of all commands of the last second. */
export const latencyNow = (books: InstanceBooks, pace: Pace): Pick<Moment, 'p50' | 'p99'> => {
  const latest = spansOf(books.keyspace, pace, books.now).at(-1);
  if (latest === undefined) return { p50: null, p99: null };
  return { p50: overallLatency(latest.counted, 0.5), p99: overallLatency(latest.counted, 0.99) };
};

/** Rates of the last second, and what was counted since the start. */
export const trafficOf = (books: InstanceBooks, pace: Pace): TrafficStatus => {
  const { now, workers, keyspace } = books;
  const run = spansOf(keyspace, pace, now);
  const served = workers.flatMap((place) => spansOf(place, pace, now));
  const sum = (family: string) => workers.reduce((all, { totals }) => all + sumOfCounter(totals, family), 0);
  const rate = (family: string) => rateOf(served, (counted) => sumOfCounter(counted, family)) ?? 0;
  return {
    commandsPerSecond: rateOf(run, (counted) => sumOfCommands(counted, callsOf)) ?? 0,
    commands: sumOfCommands(keyspace.totals, callsOf),
    errorsPerSecond: rateOf(run, (counted) => sumOfCommands(counted, errorsOf)) ?? 0,
    errors: sumOfCommands(keyspace.totals, errorsOf),
    connectionsPerSecond: rate('connections_received_total'),
    connections: sum('connections_received_total'),
    rejectedConnections: sum('rejected_connections_total'),
    slowClients: workers.reduce(
      (all, { totals }) => all + totals.counter('connections_closed_total', 'slow_client'),
      0,
    ),
    bytesInPerSecond: rate('net_input_bytes_total'),
    bytesOutPerSecond: rate('net_output_bytes_total'),
    ...latencyNow(books, pace),
  };
};
