import { type Collection, HASH, LIST, SET, SORTED_SET, STREAM } from './collection.ts';

/** A command on a collection that it leaves as large as it was. */
export interface Operation {
  readonly name: string;
  readonly collection: Collection;
  /** The command for the collection of so many elements under `key`; `__rand_int__` is any number below the size. */
  readonly words: (key: string, size: number) => readonly string[];
}

/** A set of a few members that every set holds. */
export const FEW = { key: 'few', members: 10 };

const ANY = 'element:__rand_int__';
const middle = (size: number): string[] => [String(size / 2), String(size / 2 + 9)];
/** Half of all scores lie below. */
const MEDIAN_SCORE = String(2 ** 31);

const lists: Readonly<Record<string, Operation['words']>> = {
  'LINDEX, first': (key) => ['LINDEX', key, '0'],
  'LINDEX, last': (key) => ['LINDEX', key, '-1'],
  'LRANGE, last ten': (key) => ['LRANGE', key, '-10', '-1'],
  'LMOVE, left to right': (key) => ['LMOVE', key, key, 'LEFT', 'RIGHT'],
  RPOPLPUSH: (key) => ['RPOPLPUSH', key, key],
};

const hashes: Readonly<Record<string, Operation['words']>> = {
  HGET: (key) => ['HGET', key, ANY],
  HSET: (key) => ['HSET', key, ANY, 'yyy'],
  HRANDFIELD: (key) => ['HRANDFIELD', key],
};

const sets: Readonly<Record<string, Operation['words']>> = {
  SISMEMBER: (key) => ['SISMEMBER', key, ANY],
  SADD: (key) => ['SADD', key, ANY],
  SRANDMEMBER: (key) => ['SRANDMEMBER', key],
  'SINTER with ten': (key) => ['SINTER', key, FEW.key],
};

const sortedSets: Readonly<Record<string, Operation['words']>> = {
  ZSCORE: (key) => ['ZSCORE', key, ANY],
  ZRANK: (key) => ['ZRANK', key, ANY],
  ZREVRANK: (key) => ['ZREVRANK', key, ANY],
  'ZRANGE, ten by rank': (key, size) => ['ZRANGE', key, ...middle(size)],
  'ZRANGE, ten by score': (key) => ['ZRANGE', key, MEDIAN_SCORE, '+inf', 'BYSCORE', 'LIMIT', '0', '10'],
  'ZCOUNT of half': (key) => ['ZCOUNT', key, '-inf', MEDIAN_SCORE],
  'ZADD, score changes': (key) => ['ZADD', key, '__rand_int__', ANY],
  'ZINCRBY 1': (key) => ['ZINCRBY', key, '1', ANY],
};

const streams: Readonly<Record<string, Operation['words']>> = {
  'XRANGE, ten at the end': (key, size) => ['XRANGE', key, `${size - 10}-0`, '+', 'COUNT', '10'],
  'XREVRANGE, ten': (key) => ['XREVRANGE', key, '+', '-', 'COUNT', '10'],
  'XREAD, last ten': (key, size) => ['XREAD', 'COUNT', '10', 'STREAMS', key, `${size - 10}-0`],
  'XADD and MAXLEN ~': (key, size) => ['XADD', key, 'MAXLEN', '~', String(size), '*', 'field', ANY],
};

const of = (collection: Collection, operations: Readonly<Record<string, Operation['words']>>): Operation[] =>
  Object.entries(operations).map(([name, words]) => ({ name, collection, words }));

/** Commands that Redis promises to be independent of the size, or nearly so. */
export const OPERATIONS: readonly Operation[] = [
  ...of(LIST, lists),
  ...of(HASH, hashes),
  ...of(SET, sets),
  ...of(SORTED_SET, sortedSets),
  ...of(STREAM, streams),
];
