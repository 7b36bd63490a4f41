import { VERSION } from '../config/version.ts';
import { type InstanceBooks, isUp, type PlaceBooks } from './books.ts';
import type { Family } from './catalogue.ts';
import type { CommandFigures, HistogramFigures } from './counters.ts';
import { inSeconds } from './microseconds.ts';
import { labelled, UNLABELLED } from './totals.ts';

export type Labels = Readonly<Record<string, string>>;

/** One series of a counter or a gauge, in the unit that is shown. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** One series of a histogram: `buckets` are not cumulative; the last one has no upper bound. */
export interface Distribution extends HistogramFigures {
  readonly labels: Labels;
}

/** The series of a counter or gauge of the catalogue, as the books stand. */
export const samplesOf = (family: Family, books: InstanceBooks): Sample[] => {
  const { scope, name } = family;
  if (scope === 'supervisor') return supervisorSamples(name, books);
  if (scope === 'supervised')
    return [...books.workers, books.keyspace].flatMap((place) => supervised(name, place, books));
  if (scope === 'command') return commandSamples(books);
  return placesOf(family, books).flatMap(({ place, labels }) =>
    family.type === 'counter' ? counterSamples(family, place, labels) : gaugeSamples(family, place, labels),
  );
};

/** The series of a histogram of the catalogue, as the books stand. */
export const distributionsOf = (family: Family, books: InstanceBooks): Distribution[] => {
  if (family.scope === 'command') {
    return commandsOf(books)
      .filter(([, { buckets }]) => buckets.length > 0)
      .map(([cmd, { microseconds, buckets }]) => shown(family, { cmd }, { sum: microseconds, buckets }));
  }
  return placesOf(family, books).flatMap(({ place, labels }) => {
    const figures = place.totals.histograms.get(family.name);
    if (figures === undefined) return family.scope === 'process' ? [] : [shown(family, labels, NOTHING)];
    return [shown(family, labels, figures)];
  });
};

const NOTHING: HistogramFigures = { sum: 0, buckets: [] };

const inUnit = ({ time }: Family, value: number): number => (time ? inSeconds(value) : value);

/** Whatever was counted above the bounds that we know belongs to the last bucket. */
const shown = (family: Family, labels: Labels, { sum, buckets }: HistogramFigures): Distribution => {
  const bounds = family.buckets?.length ?? 0;
  const known = Array.from({ length: bounds }, (_, i) => buckets[i] ?? 0);
  const above = buckets.slice(bounds).reduce((total, count) => total + count, 0);
  return { labels, sum: inUnit(family, sum), buckets: [...known, above] };
};

/** The places whose figures a family shows, with the label that says so. */
const placesOf = ({ scope }: Family, books: InstanceBooks): Array<{ place: PlaceBooks; labels: Labels }> => {
  if (scope === 'keyspace') return [{ place: books.keyspace, labels: {} }];
  const places = scope === 'worker' ? books.workers : [...books.workers, books.keyspace];
  return places.map((place) => ({ place, labels: { worker: place.worker } }));
};

const counterSamples = (family: Family, { totals }: PlaceBooks, labels: Labels): Sample[] => {
  const series = totals.counters.get(family.name);
  // What a process measures of itself is there as soon as there is a process; the rest is there from the start.
  if (family.scope === 'process' && series === undefined) return [];
  const [label] = family.labels;
  const values =
    label === undefined ? [UNLABELLED] : new Set([...(label.values ?? []), ...(series?.keys() ?? [])]);
  return [...values].map((value) => ({
    labels: withLabel(family, labels, value),
    value: inUnit(family, series?.get(value) ?? 0),
  }));
};

const gaugeSamples = (family: Family, { live }: PlaceBooks, labels: Labels): Sample[] => {
  const combined = new Map<string, number>();
  for (const { report } of live) {
    for (const [label, value] of labelled(report.gauges[family.name] ?? {})) {
      const before = combined.get(label) ?? 0;
      combined.set(label, family.combine === 'max' ? Math.max(before, value) : before + value);
    }
  }
  return [...combined].map(([label, value]) => ({
    labels: withLabel(family, labels, label),
    value: inUnit(family, value),
  }));
};

const withLabel = ({ labels: [label] }: Family, labels: Labels, value: string): Labels =>
  label === undefined ? labels : { ...labels, [label.name]: value };

const commandsOf = ({ keyspace }: InstanceBooks): Array<[name: string, figures: CommandFigures]> =>
  [...keyspace.totals.commands].sort(([a], [b]) => (a < b ? -1 : 1));

const commandSamples = (books: InstanceBooks): Sample[] =>
  commandsOf(books).flatMap(([cmd, { ok, error, rejected }]) => [
    { labels: { cmd, outcome: 'ok' }, value: ok },
    { labels: { cmd, outcome: 'error' }, value: error },
    { labels: { cmd, outcome: 'rejected' }, value: rejected },
  ]);

const supervisorSamples = (name: string, { startedAt, expectedWorkers }: InstanceBooks): Sample[] => {
  const one = (value: number): Sample[] => [{ labels: {}, value }];
  switch (name) {
    case 'build_info':
      return [
        {
          labels: { version: VERSION, node_version: process.version, v8_version: process.versions.v8 },
          value: 1,
        },
      ];
    case 'workers':
      return one(expectedWorkers);
    case 'start_time_seconds':
    case 'process_start_time_seconds':
      return one(startedAt / 1000);
    case 'process_cpu_seconds_total': {
      const { user, system } = process.cpuUsage();
      return one(inSeconds(user + system));
    }
    case 'process_resident_memory_bytes':
      return one(process.memoryUsage.rss());
    default:
      throw new Error(`nobody knows the value of ${name}`);
  }
};

const supervised = (name: string, place: PlaceBooks, { now, restarts }: InstanceBooks): Sample[] => {
  const { worker, live, inUse } = place;
  if (name === 'worker_restarts_total') {
    return Object.entries(restarts.of(worker)).map(([reason, value]) => ({
      labels: { worker, reason },
      value,
    }));
  }
  if (name === 'worker_up') return inUse ? [{ labels: { worker }, value: isUp(place, now) ? 1 : 0 }] : [];
  const latest = live.at(-1);
  if (latest === undefined) return [];
  const time = name === 'worker_start_time_seconds' ? latest.report.startedAt : latest.receivedAt;
  return [{ labels: { worker }, value: time / 1000 }];
};
