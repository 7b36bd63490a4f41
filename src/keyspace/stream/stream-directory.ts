import { type Arena, chunkIndex, wordOffset } from '../../memory/arena.ts';
import type { StreamId } from './stream-id.ts';

/** The block, in words: where the first address stands, number of addresses, then places for them. */
const FIRST = 0;
const COUNT = 1;
const HEADER_WORDS = 2;
const FIRST_PLACES = 2;
/** A block with at least so many places is halved when it becomes sparse. */
const WORTH_SHRINKING = 64;

/**
 * The addresses of a stream's nodes in the order of their ids: an array in one block that is cheap to change at both
 * ends. Where a node begins its own first words say.
 */
export class StreamDirectory {
  /** The block, which moves when it grows. */
  address = 0;
  readonly #arena: Arena;
  #words: Uint32Array = new Uint32Array(HEADER_WORDS);
  #at = 0;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  /** Turns to another directory. */
  open(address: number): this {
    this.address = address;
    this.#words = this.#arena.words[chunkIndex(address)]!;
    this.#at = wordOffset(address);
    return this;
  }

  /** Makes an empty directory with room for so many nodes, and turns to it. @throws OutOfMemoryError */
  create(places = FIRST_PLACES): this {
    this.open(this.#arena.allocate((HEADER_WORDS + places) * 4));
    this.#words[this.#at + FIRST] = 0;
    this.#words[this.#at + COUNT] = 0;
    return this;
  }

  /** Number of nodes. */
  get count(): number {
    return this.#words[this.#at + COUNT]!;
  }

  /** Address of the node at `index`, which must be there. */
  node(index: number): number {
    return this.#words[this.#start + index]!;
  }

  setNode(index: number, address: number): void {
    this.#words[this.#start + index] = address;
  }

  /** Adds a node behind the others. @throws OutOfMemoryError, nothing having been added */
  append(node: number): void {
    if (this.#words[this.#at + FIRST]! + this.count === this.#places) this.#makeRoom();
    this.#words[this.#start + this.count] = node;
    this.#words[this.#at + COUNT]!++;
  }

  /** Takes out the node at `index`. */
  remove(index: number): void {
    const words = this.#words;
    const start = this.#start;
    const { count } = this;
    if (index < count / 2) {
      words.copyWithin(start + 1, start, start + index);
      words[this.#at + FIRST]!++;
    } else {
      words.copyWithin(start + index, start + index + 1, start + count);
    }
    words[this.#at + COUNT] = count - 1;
    const places = this.#places;
    if (places >= WORTH_SHRINKING && count * 4 < places) this.#move(places >>> 1);
  }

  /** Index of the last node that begins at or before an id; -1 if there is none. */
  find(id: StreamId): number {
    const { words } = this.#arena;
    let low = -1;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      const node = this.node(middle);
      if (id.compareWords(words[chunkIndex(node)]!, wordOffset(node)) >= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  get #start(): number {
    return this.#at + HEADER_WORDS + this.#words[this.#at + FIRST]!;
  }

  get #places(): number {
    return (this.#arena.capacity(this.address) >>> 2) - HEADER_WORDS;
  }

  /** Uses the places before the first node, if they are many, or moves to a larger block. */
  #makeRoom(): void {
    const places = this.#places;
    const words = this.#words;
    if (words[this.#at + FIRST]! < places / 2) return this.#move(places * 2);
    words.copyWithin(this.#at + HEADER_WORDS, this.#start, this.#start + this.count);
    words[this.#at + FIRST] = 0;
  }

  #move(places: number): void {
    const { address, count } = this;
    const words = this.#words;
    const start = this.#start;
    this.create(places);
    this.#words.set(words.subarray(start, start + count), this.#at + HEADER_WORDS);
    this.#words[this.#at + COUNT] = count;
    this.#arena.free(address);
  }
}
