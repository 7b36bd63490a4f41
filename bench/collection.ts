import type { Connection } from './connection.ts';
import { type BatchedLoad, encode } from './requests.ts';

const BATCH = 1000;
/** Scatters numbers over 32 bits: Knuth's multiplicative hash. */
const SCATTER = 2_654_435_761;

/** A type of value with many elements, and how they are added. */
export interface Collection {
  /** As TYPE answers. */
  readonly name: string;
  readonly add: string;
  /** The words by which element `n` is added. */
  readonly words: (n: number) => readonly string[];
  /** Only one element to a command. */
  readonly single?: boolean;
  /** Lines of the reply to one command; 1 if not given. */
  readonly replyLines?: number;
}

/** An element's name as redis-benchmark writes it: `element:000000000042`. */
export const elementOf = (n: number): string => `element:${String(n).padStart(12, '0')}`;

/** Scores in no order. */
const scoreOf = (n: number): string => String((n * SCATTER) % 2 ** 32);

export const LIST: Collection = { name: 'list', add: 'RPUSH', words: (n) => [elementOf(n)] };
export const HASH: Collection = { name: 'hash', add: 'HSET', words: (n) => [elementOf(n), 'xxx'] };
export const SET: Collection = { name: 'set', add: 'SADD', words: (n) => [elementOf(n)] };
export const SORTED_SET: Collection = {
  name: 'zset',
  add: 'ZADD',
  words: (n) => [scoreOf(n), elementOf(n)],
};
export const STREAM: Collection = {
  name: 'stream',
  add: 'XADD',
  words: (n) => [`${n + 1}-0`, 'field', elementOf(n)],
  single: true,
  replyLines: 2,
};

/** One of each. */
export const COLLECTIONS: readonly Collection[] = [LIST, HASH, SET, SORTED_SET, STREAM];

/** What `--types` accepts. */
export const TYPES: readonly string[] = COLLECTIONS.map(({ name }) => name);

/** Those of these types. */
export const collectionsOf = (types: readonly string[]): readonly Collection[] =>
  COLLECTIONS.filter(({ name }) => types.includes(name));

/** A list as redis-benchmark fills it. */
export const SHORT_LIST: Collection = { ...LIST, words: () => ['xxx'] };

/** A thousand elements to a batch, in one command if the type has such a command. */
export function collectionLoad(collection: Collection, key: string): BatchedLoad {
  const { add, words, single = false, replyLines = 1 } = collection;
  const bytes = (first: number): Buffer => {
    const elements = Array.from({ length: BATCH }, (_, i) => words(first + i));
    if (!single) return encode(add, key, ...elements.flat());
    return Buffer.concat(elements.map((element) => encode(add, key, ...element)));
  };
  return { batch: BATCH, bytes, replyLines: single ? BATCH * replyLines : replyLines };
}

/** Sends batches until there are at least `count` elements. */
export async function fill(connection: Connection, load: BatchedLoad, count: number): Promise<void> {
  for (let first = 0; first < count; first += load.batch) await connection.batch(load, first);
}
