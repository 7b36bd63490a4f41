import { type Arena, byteOffset, chunkIndex, wordOffset } from '../../memory/arena.ts';
import { END_OF_LISTPACK, integerAt, nextElement, skipElements } from '../../memory/listpack.ts';
import { ListpackElement } from '../../memory/listpack-element.ts';
import { ID_WORDS, StreamId } from './stream-id.ts';

/** Bytes of the first id, before the listpack. */
export const NODE_ID_BYTES = ID_WORDS * 4;
/** A listpack's own header: bytes in all, number of elements. */
const LISTPACK_HEADER = 6;
/** In the header, this many elements stands for this many or more. */
const UNCOUNTED = 0xffff;

/** Flags of an entry. */
export const DELETED = 1;
/** It has the fields of the node's master entry, so only its values are kept. */
export const SAME_FIELDS = 2;
/** Elements of an entry besides its fields and values: flags, two differences and the number of elements. */
const FIXED_ELEMENTS = 3;
/** The most bytes that the elements of an entry take that are neither fields nor values. */
const FIXED_BYTES = 40;

/** Fields and values as they stand in a request: argument `first` is a field, the next one its value, and so on. */
export interface StreamFields {
  readonly bytes: Uint8Array;
  readonly starts: ArrayLike<number>;
  readonly lengths: ArrayLike<number>;
  readonly first: number;
  readonly pairs: number;
}

const element = new ListpackElement();

/**
 * A look at one node of a stream: a block with the id of its first entry, then a listpack exactly as Redis has it, so
 * that nodes come out equal in DUMP and are full at the same entry:
 *
 *     count, deleted, number of fields, fields …, 0               the master entry
 *     flags, ms difference, sequence difference,
 *     [number of fields,] [field,] value …, number of elements    an entry; in brackets: unless the fields are the same
 *
 * Differences are those to the first id. Deleted entries stay until none of the node is left.
 */
export class StreamNode {
  address = 0;
  /** The chunk in which the node lies. */
  bytes: Uint8Array = new Uint8Array(0);
  /** Id of the first entry. */
  readonly firstId = new StreamId();

  readonly #arena: Arena;
  /** Where the listpack begins in {@link bytes}. */
  #at = 0;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  open(address: number): this {
    const chunk = chunkIndex(address);
    this.address = address;
    this.bytes = this.#arena.bytes[chunk]!;
    this.#at = byteOffset(address) + NODE_ID_BYTES;
    this.firstId.read(this.#arena.words[chunk]!, wordOffset(address));
    return this;
  }

  /**
   * Makes a node without entries whose master entry has these fields, with room for the first entry.
   * @param room bytes that the listpack is expected to have one day. @throws OutOfMemoryError
   */
  create(id: StreamId, fields: StreamFields, room: number): this {
    const least = LISTPACK_HEADER + FIXED_BYTES + mostBytes(fields, 2) + mostEntryBytes(fields);
    this.#place(id, this.#arena.allocate(NODE_ID_BYTES + Math.max(room, least)));
    this.bytes[this.#at + 4] = 0;
    this.bytes[this.#at + 5] = 0;
    let at = this.#at + LISTPACK_HEADER;
    at = this.#putInteger(0, at);
    at = this.#putInteger(0, at);
    at = this.#putInteger(fields.pairs, at);
    for (let i = 0; i < fields.pairs; i++) at = this.#putText(fields, fields.first + 2 * i, at);
    at = this.#putInteger(0, at);
    this.#setElements(fields.pairs + 4);
    this.#finish(at);
    return this;
  }

  /** Makes a node of a listpack that comes from elsewhere. @throws OutOfMemoryError */
  createFrom(id: StreamId, listpack: Uint8Array): this {
    this.#place(id, this.#arena.allocate(NODE_ID_BYTES + listpack.length));
    this.bytes.set(listpack, this.#at);
    return this;
  }

  /** The whole listpack; valid until the node is changed. */
  get listpack(): Uint8Array {
    return this.bytes.subarray(this.#at, this.#at + this.size);
  }

  /** Bytes of the listpack. */
  get size(): number {
    return this.#arena.words[chunkIndex(this.address)]![wordOffset(this.address) + ID_WORDS]!;
  }

  /** Entries that are not deleted. */
  get count(): number {
    return integerAt(this.bytes, this.#at + LISTPACK_HEADER);
  }

  get deleted(): number {
    return integerAt(this.bytes, nextElement(this.bytes, this.#at + LISTPACK_HEADER));
  }

  /** Offset of the number of fields of the master entry, which the fields follow. */
  get master(): number {
    return skipElements(this.bytes, this.#at + LISTPACK_HEADER, 2);
  }

  /** Offset behind the last entry. */
  get end(): number {
    return this.#at + this.size - 1;
  }

  /** Moves the node to a block with so many bytes to {@link spare}. @throws OutOfMemoryError */
  resize(spare: number): void {
    const { address, size } = this;
    const moved = this.#arena.allocate(NODE_ID_BYTES + size + spare);
    const to = this.#arena.bytes[chunkIndex(moved)]!;
    const from = byteOffset(address);
    to.set(this.bytes.subarray(from, from + NODE_ID_BYTES + size), byteOffset(moved));
    this.#arena.free(address);
    this.open(moved);
  }

  /** Bytes of the block behind the listpack. */
  get spare(): number {
    return this.#arena.capacity(this.address) - NODE_ID_BYTES - this.size;
  }

  /** Appends an entry; there must be {@link mostEntryBytes} of {@link spare}. */
  append(id: StreamId, fields: StreamFields): void {
    this.setCounts(this.count + 1, this.deleted);
    const same = this.#hasFields(fields);
    let at = this.end;
    at = this.#putInteger(same ? SAME_FIELDS : 0, at);
    at = this.#putInteger(id.msBehind(this.firstId), at);
    at = this.#putInteger(id.sequenceBehind(this.firstId), at);
    if (!same) at = this.#putInteger(fields.pairs, at);
    const last = fields.first + 2 * fields.pairs;
    for (let i = same ? fields.first + 1 : fields.first; i < last; i += same ? 2 : 1) {
      at = this.#putText(fields, i, at);
    }
    const elements = FIXED_ELEMENTS + (same ? fields.pairs : 2 * fields.pairs + 1);
    at = this.#putInteger(elements, at);
    this.#setElements(this.#elements + elements + 1);
    this.#finish(at);
  }

  /** Says how many entries there are. There must be {@link COUNTS_BYTES} of {@link spare}. */
  setCounts(count: number, deleted: number): void {
    const at = this.#at + LISTPACK_HEADER;
    this.#replace(at, count);
    this.#replace(nextElement(this.bytes, at), deleted);
  }

  /** True if an entry with these fields would be kept without them. */
  #hasFields({ bytes, starts, lengths, first, pairs }: StreamFields): boolean {
    let at = this.master;
    if (integerAt(this.bytes, at) !== pairs) return false;
    for (let i = 0; i < pairs; i++) {
      at = nextElement(this.bytes, at);
      element.take(bytes, starts[first + 2 * i]!, lengths[first + 2 * i]!);
      if (!element.isAt(this.bytes, at)) return false;
    }
    return true;
  }

  #place(id: StreamId, address: number): void {
    id.write(this.#arena.words[chunkIndex(address)]!, wordOffset(address));
    this.open(address);
  }

  #replace(at: number, value: number): void {
    const { bytes } = this;
    if (bytes[at]! < 128 && value < 128) {
      bytes[at] = value;
      return;
    }
    const behind = nextElement(bytes, at);
    const size = element.takeInteger(value);
    const end = this.end + 1;
    bytes.copyWithin(at + size, behind, end);
    element.write(bytes, at);
    this.#setSize(end - this.#at + size - (behind - at));
  }

  #putInteger(value: number | bigint, at: number): number {
    const { bytes } = this;
    if (typeof value === 'number' && value >= 0 && value < 128) {
      bytes[at] = value;
      bytes[at + 1] = 1;
      return at + 2;
    }
    element.takeInteger(value);
    return element.write(bytes, at);
  }

  #putText({ bytes, starts, lengths }: StreamFields, argument: number, at: number): number {
    element.take(bytes, starts[argument]!, lengths[argument]!);
    return element.write(this.bytes, at);
  }

  get #elements(): number {
    return this.bytes[this.#at + 4]! | (this.bytes[this.#at + 5]! << 8);
  }

  #setElements(count: number): void {
    const shown = this.#elements === UNCOUNTED ? UNCOUNTED : Math.min(count, UNCOUNTED);
    this.bytes[this.#at + 4] = shown & 0xff;
    this.bytes[this.#at + 5] = shown >>> 8;
  }

  /** Ends the listpack at `at`. */
  #finish(at: number): void {
    this.bytes[at] = END_OF_LISTPACK;
    this.#setSize(at + 1 - this.#at);
  }

  #setSize(size: number): void {
    this.#arena.words[chunkIndex(this.address)]![wordOffset(this.address) + ID_WORDS] = size;
  }
}

/** What the two counts of a node may grow by. */
export const COUNTS_BYTES = 8;

/** The most bytes that an entry takes. */
export const mostEntryBytes = (fields: StreamFields): number => FIXED_BYTES + mostBytes(fields, 1);

/** The most bytes that every `stride`th of the fields and values takes. */
const mostBytes = ({ first, pairs, lengths }: StreamFields, stride: number): number => {
  let bytes = 0;
  for (let i = first; i < first + 2 * pairs; i += stride) {
    const length = lengths[i]!;
    bytes += length < 64 ? length + 2 : length + 10;
  }
  return bytes;
};

/** Bytes of all fields and values. */
export const textBytes = ({ first, pairs, lengths }: StreamFields): number => {
  let bytes = 0;
  for (let i = first; i < first + 2 * pairs; i++) bytes += lengths[i]!;
  return bytes;
};
