import type { InstanceBooks } from '../metrics/books.ts';
import { callsOf, errorsOf, latenciesOf } from './calls.ts';
import { sumOfCounter } from './counters.ts';
import { utilisationOf } from './event-loop.ts';
import { connectedClients } from './gauges.ts';
import type { LastSecond } from './last-second.ts';
import { allCommandsIn, rateOf, type Span } from './span.ts';

/** The figures of one second. What nobody knows is null. */
export interface Moment {
  /** Unix milliseconds. */
  readonly at: number;
  /** Calls a second, by command; null while the keyspace does not report. */
  readonly commands: ReadonlyMap<string, number> | null;
  /** Calls a second that were answered by an error. */
  readonly errors: number | null;
  readonly p50: number | null;
  readonly p99: number | null;
  readonly clients: number | null;
  /** New ones a second. */
  readonly connections: number | null;
  readonly bytesIn: number | null;
  readonly bytesOut: number | null;
  /** By process. */
  readonly utilisation: ReadonlyMap<string, number>;
}

/** The figures of the last second. */
export const momentOf = (books: InstanceBooks, lastSecond: LastSecond): Moment => {
  const { now, workers, keyspace } = books;
  const keyspaceSpans = lastSecond.spansOf(keyspace, now);
  const commandSpans = keyspaceSpans.map(allCommandsIn);
  const workerSpans = workers.flatMap((place) => lastSecond.spansOf(place, now));
  const rate = (family: string) => rateOf(workerSpans, (counted) => sumOfCounter(counted, family));
  return {
    at: now,
    commands: commandRates(keyspaceSpans),
    errors: rateOf(commandSpans, errorsOf),
    ...latenciesOf(commandSpans.at(-1)?.counted),
    clients: connectedClients(books),
    connections: rate('connections_received_total'),
    bytesIn: rate('net_input_bytes_total'),
    bytesOut: rate('net_output_bytes_total'),
    utilisation: utilisations(books, lastSecond),
  };
};

const commandRates = (spans: readonly Span[]): Map<string, number> | null => {
  if (spans.length === 0) return null;
  const rates = new Map<string, number>();
  for (const { seconds, counted } of spans) {
    for (const [name, figures] of counted.commands) {
      const calls = callsOf(figures);
      if (calls > 0) rates.set(name, (rates.get(name) ?? 0) + calls / seconds);
    }
  }
  return rates;
};

const utilisations = (
  { now, workers, keyspace }: InstanceBooks,
  lastSecond: LastSecond,
): Map<string, number> => {
  const shares = new Map<string, number>();
  for (const place of [...workers, keyspace]) {
    const latest = lastSecond.spansOf(place, now).at(-1);
    const share = latest === undefined ? null : utilisationOf(latest.counted);
    if (share !== null) shares.set(place.worker, share);
  }
  return shares;
};
