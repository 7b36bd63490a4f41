import { type Arena, chunkIndex, wordOffset } from '../../memory/arena.ts';
import { ID_WORDS, type StreamId } from './stream-id.ts';
import { EMPTY_RADIX_NODES } from './stream-radix.ts';

const HALF = 2 ** 32;

/**
 * The root block of a stream, in words: number of entries (a double), last id, first id, greatest id ever deleted,
 * entries ever added (64 bits, low half first), nodes of Redis's radix tree, addresses of the directory of nodes and of the
 * tree of groups.
 */
const LAST_ID = 2;
const FIRST_ID = LAST_ID + ID_WORDS;
const MAX_DELETED_ID = FIRST_ID + ID_WORDS;
const ADDED = MAX_DELETED_ID + ID_WORDS;
const RADIX_NODES = ADDED + 2;
const DIRECTORY = RADIX_NODES + 1;
const GROUPS = DIRECTORY + 1;
const HEADER_WORDS = GROUPS + 1;

export const STREAM_HEADER_BYTES = HEADER_WORDS * 4;

/** A look at the root block of one stream after the other. */
export class StreamHeader {
  address = 0;
  #words: Uint32Array = new Uint32Array(HEADER_WORDS);
  #floats: Float64Array = new Float64Array(HEADER_WORDS / 2);
  #at = 0;

  open(arena: Arena, address: number): this {
    this.address = address;
    this.#words = arena.words[chunkIndex(address)]!;
    this.#floats = arena.floats[chunkIndex(address)]!;
    this.#at = wordOffset(address);
    return this;
  }

  /** Makes the root block of an empty stream. @throws OutOfMemoryError */
  create(arena: Arena): this {
    this.open(arena, arena.allocate(STREAM_HEADER_BYTES));
    this.#words.fill(0, this.#at, this.#at + HEADER_WORDS);
    this.radixNodes = EMPTY_RADIX_NODES;
    return this;
  }

  /** Takes over everything but the addresses. */
  copyFigures(from: StreamHeader): void {
    for (let i = 0; i < DIRECTORY; i++) this.#words[this.#at + i] = from.#words[from.#at + i]!;
  }

  /** Number of entries. */
  get length(): number {
    return this.#floats[this.#at >>> 1]!;
  }

  set length(length: number) {
    this.#floats[this.#at >>> 1] = length;
  }

  /** Reads the id that was given last. */
  lastId(into: StreamId): StreamId {
    return into.read(this.#words, this.#at + LAST_ID);
  }

  setLastId(id: StreamId): void {
    id.write(this.#words, this.#at + LAST_ID);
  }

  /** Reads the id of the first entry; 0-0 if there is none. */
  firstId(into: StreamId): StreamId {
    return into.read(this.#words, this.#at + FIRST_ID);
  }

  setFirstId(id: StreamId): void {
    id.write(this.#words, this.#at + FIRST_ID);
  }

  /** Compares an id with that of the first entry. */
  compareFirst(id: StreamId): number {
    return id.compareWords(this.#words, this.#at + FIRST_ID);
  }

  /** Compares an id with the one that was given last. */
  compareLast(id: StreamId): number {
    return id.compareWords(this.#words, this.#at + LAST_ID);
  }

  /** Reads the greatest id that XDEL has deleted; 0-0 if there is none. */
  maxDeletedId(into: StreamId): StreamId {
    return into.read(this.#words, this.#at + MAX_DELETED_ID);
  }

  setMaxDeletedId(id: StreamId): void {
    id.write(this.#words, this.#at + MAX_DELETED_ID);
  }

  /** Entries ever added, as XSETID may have corrected it; counted on in 64 bits with a sign. */
  get added(): bigint {
    const high = BigInt(this.#words[this.#at + ADDED + 1]! | 0);
    return (high << 32n) | BigInt(this.#words[this.#at + ADDED]!);
  }

  set added(count: bigint) {
    this.#words[this.#at + ADDED] = Number(count & 0xffffffffn);
    this.#words[this.#at + ADDED + 1] = Number(BigInt.asUintN(32, count >> 32n));
  }

  /** Counts one entry more, among those that are there and those ever added. */
  countAdded(): void {
    this.length++;
    const words = this.#words;
    const at = this.#at + ADDED;
    const low = words[at]! + 1;
    words[at] = low;
    if (low === HALF) words[at + 1]!++;
  }

  /** See {@link addedRadixNodes}. */
  get radixNodes(): number {
    return this.#words[this.#at + RADIX_NODES]!;
  }

  set radixNodes(count: number) {
    this.#words[this.#at + RADIX_NODES] = count;
  }

  get directory(): number {
    return this.#words[this.#at + DIRECTORY]!;
  }

  set directory(address: number) {
    this.#words[this.#at + DIRECTORY] = address;
  }

  /** The root of the tree of groups; 0 if there never was one. */
  get groups(): number {
    return this.#words[this.#at + GROUPS]!;
  }

  set groups(root: number) {
    this.#words[this.#at + GROUPS] = root;
  }
}
