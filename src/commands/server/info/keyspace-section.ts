import type { Section } from './section.ts';

/** INFO keyspace: of every database that has keys. */
export const keyspaceSection: Section = ({ instance }) =>
  instance.keyspace.databases
    .filter(({ keys }) => keys.count > 0)
    .map(({ index, keys, expires, averageTtl }) => [
      `db${index}`,
      `keys=${keys.count},expires=${expires.count},avg_ttl=${Math.floor(averageTtl)}`,
    ]);
