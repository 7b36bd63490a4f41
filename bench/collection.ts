import type { Connection } from './connection.ts';

const BATCH = 1000;
/** Scatters numbers over 32 bits: Knuth's multiplicative hash. */
const SCATTER = 2_654_435_761;

/** A collection under the name that redis-benchmark gives it, and how it is filled. */
export interface Collection {
  readonly key: string;
  /** The command that adds to it. */
  readonly add: string;
  /** The words by which element `n` is added. */
  readonly words: (n: number) => readonly string[];
}

/** An element's name as redis-benchmark writes it. */
export const elementOf = (n: number): string => `element:${String(n).padStart(12, '0')}`;

/** A score for element `n`, in no order. */
export const scoreOf = (n: number): string => String((n * SCATTER) % 2 ** 32);

export const LIST: Collection = { key: 'mylist', add: 'RPUSH', words: () => ['xxx'] };
export const HASH: Collection = { key: 'myhash', add: 'HSET', words: (n) => [elementOf(n), 'xxx'] };
export const SET: Collection = { key: 'myset', add: 'SADD', words: (n) => [elementOf(n)] };
export const SORTED_SET: Collection = {
  key: 'myzset',
  add: 'ZADD',
  words: (n) => [scoreOf(n), elementOf(n)],
};

/** Adds elements 0 to `count`, a thousand per command. */
export async function fill(
  connection: Connection,
  { key, add, words }: Collection,
  count: number,
): Promise<void> {
  for (let first = 0; first < count; first += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, count - first) }, (_, i) => first + i);
    await connection.command(add, key, ...numbers.flatMap(words));
  }
}
