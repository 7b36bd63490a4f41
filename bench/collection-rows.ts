import { HASH, SET, SHORT_LIST, SORTED_SET } from './collection.ts';
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

/** Where redis-benchmark keeps each type. */
const PLACES = {
  list: { key: 'mylist', collection: SHORT_LIST },
  hash: { key: 'myhash', collection: HASH },
  set: { key: 'myset', collection: SET },
  sortedSet: { key: 'myzset', collection: SORTED_SET },
};
type Place = (typeof PLACES)[keyof typeof PLACES];

const anew = (place: Place): Preparation => ({ ...place, perRequest: 0, atLeast: 0 });
const enoughToPop = (place: Place): Preparation => ({ ...place, perRequest: 1, atLeast: LEFT_OVER });

const { list, hash, set, sortedSet } = PLACES;
const adding = { lpush: list, rpush: list, sadd: set, hset: hash, zadd: sortedSet };
const popping = { lpop: list, rpop: list, spop: set, zpopmin: sortedSet };
/** Tests that without `-r` name the same element again and again. */
const repeating = { sadd: set, hset: hash, zadd: sortedSet };
/** Tests that redis-benchmark plays to a key that it never filled. */
const fruitless = { spop: set, zpopmin: sortedSet };

function row(test: string, pipeline: number, note: string, preparation: Preparation): Row {
  const name = `${test.toUpperCase()} P${pipeline}${note}`;
  const load = loadOf(test, pipeline, REQUESTS[pipeline] ?? 0);
  const asNoted = note === '' ? load : { ...load, range: undefined };
  return { name, group: test, load: asNoted, preparation, targets: COLLECTION_TARGETS };
}

const rangeRow = (length: number, pipeline: number): Row => ({
  name: `LRANGE_${length} P${pipeline}`,
  group: `lrange_${length}`,
  load: loadOf(['LRANGE', list.key, '0', String(length - 1)], pipeline, RANGED_ELEMENTS / length),
  preparation: { ...list, perRequest: 0, atLeast: RANGED_LIST },
  targets: RANGE_TARGETS,
});

const rowsAt = (pipeline: number): Row[] => [
  ...Object.entries(adding).map(([test, it]) => row(test, pipeline, '', anew(it))),
  ...Object.entries(popping).map(([test, it]) => row(test, pipeline, '', enoughToPop(it))),
  ...RANGES.map((length) => rangeRow(length, pipeline)),
  ...Object.entries(repeating).map(([test, it]) => row(test, pipeline, ', same', anew(it))),
  ...Object.entries(fruitless).map(([test, it]) => row(test, pipeline, ', empty', anew(it))),
];

/** The tests of redis-benchmark that are about lists, hashes, sets and sorted sets. */
export const COLLECTION_ROWS: readonly Row[] = PIPELINES.flatMap(rowsAt);
