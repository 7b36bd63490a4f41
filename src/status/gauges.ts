import type { InstanceBooks, PlaceBooks } from '../metrics/books.ts';

/** A gauge of one place, its processes together; null if none reports it. */
export const gaugeOf = ({ live }: Pick<PlaceBooks, 'live'>, family: string): number | null => {
  const values = live.map(({ report }) => report.gauges[family]).filter((value) => typeof value === 'number');
  return values.length === 0 ? null : sum(values);
};

/** A gauge of the keyspace, all values of its label together; 0 if it does not report it. */
export const sumOfGauge = ({ keyspace }: InstanceBooks, family: string): number => {
  const values = keyspace.live.at(-1)?.report.gauges[family] ?? {};
  return typeof values === 'number' ? values : sum(Object.values(values));
};

/** Clients of all workers together; null while no worker reports. */
export const connectedClients = ({ workers }: InstanceBooks): number | null =>
  sumOfKnown(workers.map((place) => gaugeOf(place, 'connected_clients')));

/** The sum of what is known; null if nothing is. */
export const sumOfKnown = (values: ReadonlyArray<number | null>): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : sum(known);
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Whether keys are evicted at the limit of memory; null if nobody reports it. */
export const evictsAtLimit = (keyspace: PlaceBooks): boolean | null => {
  const enabled = gaugeOf(keyspace, 'eviction_enabled');
  return enabled === null ? null : enabled > 0;
};
