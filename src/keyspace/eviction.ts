import type { Keyspace } from './keyspace.ts';

/** The settings that eviction goes by. */
export interface EvictionSettings {
  /** Bytes; 0 for no limit. */
  readonly maxmemory: number;
  readonly maxmemoryPolicy: string;
  readonly maxmemorySamples: number;
  readonly lfuLogFactor: number;
  readonly lfuDecayTime: number;
}

/** Keys that one call may look at before the rest is left to the next. */
const MAX_LOOKS = 2048;
/** Slices of flushed databases that one call may free. */
const MAX_FREE_SLICES = 8;

/** Which keys go first. */
export type Order = 'lru' | 'lfu' | 'ttl' | 'random';

/** Which keys may be evicted: of those with an expiry only, or of all. */
export interface Policy {
  readonly volatile: boolean;
  readonly order: Order;
}

/** By setting; `noeviction` has none. */
const POLICIES: Readonly<Record<string, Policy>> = {
  'allkeys-lru': { volatile: false, order: 'lru' },
  'allkeys-lfu': { volatile: false, order: 'lfu' },
  'allkeys-random': { volatile: false, order: 'random' },
  'volatile-lru': { volatile: true, order: 'lru' },
  'volatile-lfu': { volatile: true, order: 'lfu' },
  'volatile-random': { volatile: true, order: 'random' },
  'volatile-ttl': { volatile: true, order: 'ttl' },
};

/** Lets the keyspace follow the settings of eviction; to be called at start and whenever one of them was changed. */
export const applyEvictionSettings = (
  { access, evictionPool }: Keyspace,
  settings: EvictionSettings,
): void => {
  access.frequency = POLICIES[settings.maxmemoryPolicy]?.order === 'lfu';
  access.logFactor = settings.lfuLogFactor;
  access.decayMinutes = settings.lfuDecayTime;
  evictionPool.clear();
};

/** True while the data does not fit into maxmemory. */
export const isOverLimit = ({ arena }: Keyspace, { maxmemory }: EvictionSettings): boolean =>
  maxmemory > 0 && arena.usedBytes > maxmemory;

/**
 * Makes room until the data fits into maxmemory, or a bounded part of it: then the rest is done by later calls.
 * @returns false if that is not possible.
 */
export const evict = (keyspace: Keyspace, settings: EvictionSettings): boolean => {
  if (!isOverLimit(keyspace, settings)) return true;
  if (freeFlushed(keyspace, settings)) return true;
  const policy = POLICIES[settings.maxmemoryPolicy];
  if (policy === undefined) return false;
  const { evictionPool } = keyspace;
  for (let looks = 0; looks < MAX_LOOKS && isOverLimit(keyspace, settings); looks += evictionPool.looks) {
    if (!evictionPool.evictOne(policy, settings.maxmemorySamples)) return false;
    // The memory of a large value comes back bit by bit: nothing else has to go meanwhile.
    if (keyspace.lazyFree.pending > 0 && freeFlushed(keyspace, settings)) return true;
  }
  return true;
};

/** Frees what was flushed or deleted already, before any key has to go. @returns false if that is not enough. */
const freeFlushed = (keyspace: Keyspace, settings: EvictionSettings): boolean => {
  const { lazyFree } = keyspace;
  let slices = MAX_FREE_SLICES;
  while (lazyFree.pending > 0 && slices-- > 0 && isOverLimit(keyspace, settings)) lazyFree.runSlice();
  return lazyFree.pending > 0 || !isOverLimit(keyspace, settings);
};
