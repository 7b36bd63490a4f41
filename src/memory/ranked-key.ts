import { type Arena, byteOffset, chunkIndex, wordOffset } from './arena.ts';
import type { RankedNode } from './ranked-node.ts';

/** Where an entry's key begins, in bytes: behind the key's length, a word of the owner's and the score. */
export const RANKED_HEADER_BYTES = 16;
const KEY_LENGTH_MASK = 0x3fffffff;

const NOTHING = new Uint8Array(0);

/** The score of an entry. */
export const scoreOf = (arena: Arena, entry: number): number =>
  arena.floats[chunkIndex(entry)]![(wordOffset(entry) >>> 1) + 1]!;

/** Writes the score of an entry that is in no tree. */
export const setScore = (arena: Arena, entry: number, score: number): void => {
  arena.floats[chunkIndex(entry)]![(wordOffset(entry) >>> 1) + 1] = score;
};

/** Where in a ranked tree one wants to go: a score and a key. One of these is reused for every descent. */
export class RankedKey {
  score = 0;
  readonly #arena: Arena;
  #bytes: Uint8Array = NOTHING;
  #start = 0;
  #length = 0;
  /** If not 0: on which side of all entries of the same score the place is. */
  #side = 0;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  take(score: number, bytes: Uint8Array, start: number, length: number): this {
    this.score = score;
    this.#bytes = bytes;
    this.#start = start;
    this.#length = length;
    this.#side = 0;
    return this;
  }

  /** Where an entry is, or belongs. */
  takeEntry(entry: number): this {
    const start = byteOffset(entry) + RANKED_HEADER_BYTES;
    return this.take(
      scoreOf(this.#arena, entry),
      this.#arena.bytes[chunkIndex(entry)]!,
      start,
      this.#keyLength(entry),
    );
  }

  /** Before all entries of a score, or behind them. */
  takeScore(score: number, behind: boolean): this {
    this.take(score, NOTHING, 0, 0);
    this.#side = behind ? 1 : -1;
    return this;
  }

  /** Negative if this is before a slot's key, 0 if it is the same. */
  compare(node: RankedNode, slot: number): number {
    const other = node.score(slot);
    if (this.score !== other) return this.score < other ? -1 : 1;
    return this.#side !== 0 ? this.#side : this.#compareBytes(node.first(slot));
  }

  /** The last child that begins at or before this. */
  childIn(node: RankedNode): number {
    let low = 0;
    let high = node.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.compare(node, middle) >= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The first slot of a leaf that is not before this. */
  slotIn(leaf: RankedNode): number {
    let low = 0;
    let high = leaf.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(leaf, middle) > 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #keyLength(entry: number): number {
    return this.#arena.words[chunkIndex(entry)]![wordOffset(entry)]! & KEY_LENGTH_MASK;
  }

  #compareBytes(entry: number): number {
    const bytes = this.#arena.bytes[chunkIndex(entry)]!;
    const from = byteOffset(entry) + RANKED_HEADER_BYTES;
    const length = this.#keyLength(entry);
    const shorter = Math.min(length, this.#length);
    const own = this.#bytes;
    const start = this.#start;
    for (let i = 0; i < shorter; i++) {
      const difference = own[start + i]! - bytes[from + i]!;
      if (difference !== 0) return difference;
    }
    return this.#length - length;
  }
}
