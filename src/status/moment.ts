import type { InstanceBooks, PlaceBooks } from '../metrics/books.ts';
import { isUp } from '../metrics/books.ts';
import type { Totals } from '../metrics/totals.ts';
import { callsOf, type Span, sumOfCounter, utilisationOf } from './figures.ts';
import type { Pace } from './pace.ts';

/** The figures of one second. What nobody knows is null. */
export interface Moment {
  /** Unix milliseconds. */
  readonly at: number;
  /** Calls a second, by command. */
  readonly commands: ReadonlyMap<string, number>;
  readonly p50: number | null;
  readonly p99: number | null;
  readonly clients: number | null;
  readonly bytesIn: number | null;
  readonly bytesOut: number | null;
  /** By process. */
  readonly utilisation: ReadonlyMap<string, number>;
}

/** What the processes of one place that are up have counted of late, one span for each. */
export const spansOf = (place: PlaceBooks, pace: Pace, now: number): Span[] =>
  isUp(place, now)
    ? place.live.map(({ report }) => pace.of(report)).filter((span) => span !== undefined)
    : [];

/** A rate over several spans: the sum of the rate of each; null if there are none. */
export const rateOf = (spans: readonly Span[], figure: (counted: Totals) => number): number | null =>
  spans.length === 0 ? null : spans.reduce((sum, { seconds, counted }) => sum + figure(counted) / seconds, 0);

/** A gauge of one place, its processes together; null if none reports it. */
export const gaugeOf = ({ live }: PlaceBooks, family: string): number | null => {
  const values = live.map(({ report }) => report.gauges[family]).filter((value) => typeof value === 'number');
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
};

/** Whether keys are evicted at the limit of memory; null if nobody reports it. */
export const evictsAtLimit = (keyspace: PlaceBooks): boolean | null => {
  const enabled = gaugeOf(keyspace, 'eviction_enabled');
  return enabled === null ? null : enabled > 0;
};

/** The sum of what is known; null if nothing is. */
export const sumOfKnown = (values: ReadonlyArray<number | null>): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
};

/** @param latency quantiles of the last second, which others show, too. */
export const momentOf = (books: InstanceBooks, pace: Pace, latency: Pick<Moment, 'p50' | 'p99'>): Moment => {
  const { now, workers, keyspace } = books;
  const workerSpans = workers.flatMap((place) => spansOf(place, pace, now));
  return {
    at: now,
    commands: commandRates(spansOf(keyspace, pace, now)),
    ...latency,
    clients: sumOfKnown(workers.map((place) => gaugeOf(place, 'connected_clients'))),
    bytesIn: rateOf(workerSpans, (counted) => sumOfCounter(counted, 'net_input_bytes_total')),
    bytesOut: rateOf(workerSpans, (counted) => sumOfCounter(counted, 'net_output_bytes_total')),
    utilisation: utilisations(books, pace),
  };
};

const commandRates = (spans: readonly Span[]): Map<string, number> => {
  const rates = new Map<string, number>();
  for (const { seconds, counted } of spans) {
    for (const [name, figures] of counted.commands) {
      const calls = callsOf(figures);
      if (calls > 0) rates.set(name, (rates.get(name) ?? 0) + calls / seconds);
    }
  }
  return rates;
};

const utilisations = ({ now, workers, keyspace }: InstanceBooks, pace: Pace): Map<string, number> => {
  const shares = new Map<string, number>();
  for (const place of [...workers, keyspace]) {
    const latest = spansOf(place, pace, now).at(-1);
    const share = latest === undefined ? null : utilisationOf(latest.counted);
    if (share !== null) shares.set(place.worker, share);
  }
  return shares;
};
