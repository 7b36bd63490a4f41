import { type Collection, HASH, LIST, SET, SORTED_SET } from './collection.ts';
import type { Preparation } from './preparation.ts';
import { loadOf, type Row } from './row.ts';
import { COLLECTION_TARGETS, RANGE_TARGETS } from './targets.ts';

const PIPELINES = [1, 16] as const;
/** Requests by which either server uses about half a second of CPU. */
const REQUESTS: Readonly<Record<number, number>> = { 1: 100_000, 16: 400_000 };
/** LRANGE's requests times the elements of one reply. */
const RANGED_ELEMENTS = 5_000_000;
const RANGED_LIST = 100_000;
/** Elements that are left when a row has popped the rest: an almost empty collection is another case. */
const LEFT_OVER = 10_000;
const RANGES = [100, 300, 500, 600] as const;

/** What `--rows` accepts beside the strings. */
export const COLLECTION_GROUPS = [
  ...['lpush', 'rpush', 'lpop', 'rpop', 'sadd', 'hset', 'spop', 'zadd', 'zpopmin'],
  ...RANGES.map((length) => `lrange_${length}`),
];

const anew = (collection: Collection): Preparation => ({ collection, perRequest: 0, atLeast: 0 });
const enoughToPop = (collection: Collection): Preparation => ({
  collection,
  perRequest: 1,
  atLeast: LEFT_OVER,
});

const adding = { lpush: LIST, rpush: LIST, sadd: SET, hset: HASH, zadd: SORTED_SET };
const popping = { lpop: LIST, rpop: LIST, spop: SET, zpopmin: SORTED_SET };
/** Tests that without `-r` name the same element again and again. */
const repeating = { sadd: SET, hset: HASH, zadd: SORTED_SET };
/** Tests that redis-benchmark plays to a key that it never filled. */
const fruitless = { spop: SET, zpopmin: SORTED_SET };

const row = (test: string, pipeline: number, note: string, preparation: Preparation): Row => ({
  name: `${test.toUpperCase()} P${pipeline}${note}`,
  group: test,
  load: { ...loadOf(test, pipeline, REQUESTS[pipeline] ?? 0), random: note === '' },
  preparation,
  targets: COLLECTION_TARGETS,
});

const rangeRow = (length: number, pipeline: number): Row => ({
  name: `LRANGE_${length} P${pipeline}`,
  group: `lrange_${length}`,
  load: loadOf(['LRANGE', LIST.key, '0', String(length - 1)], pipeline, RANGED_ELEMENTS / length),
  preparation: { collection: LIST, perRequest: 0, atLeast: RANGED_LIST },
  targets: RANGE_TARGETS,
});

const rowsAt = (pipeline: number): Row[] => [
  ...Object.entries(adding).map(([test, collection]) => row(test, pipeline, '', anew(collection))),
  ...Object.entries(popping).map(([test, collection]) => row(test, pipeline, '', enoughToPop(collection))),
  ...RANGES.map((length) => rangeRow(length, pipeline)),
  ...Object.entries(repeating).map(([test, it]) => row(test, pipeline, ', same', anew(it))),
  ...Object.entries(fruitless).map(([test, it]) => row(test, pipeline, ', empty', anew(it))),
];

/** The tests of redis-benchmark that are about lists, hashes, sets and sorted sets. */
export const COLLECTION_ROWS: readonly Row[] = PIPELINES.flatMap(rowsAt);
