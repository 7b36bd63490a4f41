import type { Mode } from './server.ts';

/** The highest ratio of our CPU per operation to Redis's that is good enough: by mode, then by pipeline. */
export type RatioTargets = Readonly<Record<Mode, Readonly<Record<number, number>>>>;

/** For PING and strings. */
export const STRING_TARGETS: RatioTargets = {
  0: { 1: 1.1, 16: 1, 100: 0.7 },
  2: { 1: 1.6, 16: 1.15, 100: 0.85 },
};

/** For commands on one element of a collection. */
export const COLLECTION_TARGETS: RatioTargets = { 0: { 1: 1.15, 16: 1.1 } };

/** For replies of a hundred elements and more. */
export const RANGE_TARGETS: RatioTargets = { 0: { 1: 1, 16: 1 } };

/** The most CPU per operation that a keyspace may use for PING and strings, in µs, by pipeline. */
export const KEYSPACE_TARGETS: Readonly<Record<number, number>> = { 1: 2, 16: 0.6 };
