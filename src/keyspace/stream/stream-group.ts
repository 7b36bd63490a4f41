import { type Arena, byteOffset, chunkIndex, wordOffset } from '../../memory/arena.ts';
import { copyBytes } from '../../memory/copy-bytes.ts';
import { RANKED_HEADER_BYTES, setScore } from '../../memory/ranked-key.ts';
import { ID_WORDS, type StreamId } from './stream-id.ts';

/** A group's figures, in words: last id delivered, entries read (64 bits, low half first), pending entries, consumers. */
const READ = ID_WORDS;
const GROUP_PENDING = READ + 2;
const CONSUMERS = GROUP_PENDING + 1;
const GROUP_BYTES = (CONSUMERS + 1) * 4;

/** A consumer's figures: two doubles, when it was last seen and last active, then the word of its pending entries. */
const SEEN = 0;
const ACTIVE = 1;
const CONSUMER_PENDING = 4;
const CONSUMER_BYTES = 24;

/** Entries read are not known. */
export const UNKNOWN_READ = -1n;
/** The high half of that, and of no number of entries. */
const UNKNOWN_HIGH = 0xffffffff;
/** A consumer has never been active. */
export const NEVER = -1;

/**
 * A look at what has a name in a stream, a group or a consumer: an entry of a ranked tree whose key is the name, and
 * whose word 1 is the address of its figures.
 */
class Named {
  /** Address of the entry. */
  address = 0;
  protected words: Uint32Array = new Uint32Array(0);
  protected floats: Float64Array = new Float64Array(0);
  /** Where the figures begin, in words. */
  protected at = 0;
  protected readonly arena: Arena;

  constructor(arena: Arena) {
    this.arena = arena;
  }

  open(address: number): this {
    const figures = this.arena.words[chunkIndex(address)]![wordOffset(address) + 1]!;
    this.address = address;
    this.words = this.arena.words[chunkIndex(figures)]!;
    this.floats = this.arena.floats[chunkIndex(figures)]!;
    this.at = wordOffset(figures);
    return this;
  }

  /** Makes an entry of that name; its figures are arbitrary. @throws OutOfMemoryError */
  protected make(name: Uint8Array, start: number, length: number, figureBytes: number): void {
    const { arena } = this;
    const figures = arena.allocate(figureBytes);
    const address = this.#makeEntry(length, figures);
    const words = arena.words[chunkIndex(address)]!;
    words[wordOffset(address)] = length;
    words[wordOffset(address) + 1] = figures;
    setScore(arena, address, 0);
    const to = byteOffset(address) + RANKED_HEADER_BYTES;
    copyBytes(name, start, length, arena.bytes[chunkIndex(address)]!, to);
    this.open(address);
  }

  #makeEntry(length: number, figures: number): number {
    try {
      return this.arena.allocate(RANKED_HEADER_BYTES + length);
    } catch (error) {
      this.arena.free(figures);
      throw error;
    }
  }

  /** Frees the entry and its figures. */
  free(): void {
    const { arena, address } = this;
    arena.free(arena.words[chunkIndex(address)]![wordOffset(address) + 1]!);
    arena.free(address);
  }

  /** Bytes of the entry and its figures. */
  get bytes(): number {
    const { arena, address } = this;
    const figures = arena.words[chunkIndex(address)]![wordOffset(address) + 1]!;
    return arena.capacity(address) + arena.capacity(figures);
  }

  /** The name: `chunk[nameStart..nameStart + nameLength)`. */
  get chunk(): Uint8Array {
    return this.arena.bytes[chunkIndex(this.address)]!;
  }

  get nameStart(): number {
    return byteOffset(this.address) + RANKED_HEADER_BYTES;
  }

  get nameLength(): number {
    return this.arena.words[chunkIndex(this.address)]![wordOffset(this.address)]!;
  }
}

/** A look at one group after the other. */
export class StreamGroup extends Named {
  /** @throws OutOfMemoryError */
  create(name: Uint8Array, start: number, length: number): this {
    this.make(name, start, length, GROUP_BYTES);
    this.words.fill(0, this.at, this.at + GROUP_BYTES / 4);
    return this;
  }

  /** Reads the id of the last entry that was delivered. */
  lastId(into: StreamId): StreamId {
    return into.read(this.words, this.at);
  }

  setLastId(id: StreamId): void {
    id.write(this.words, this.at);
  }

  /** Compares an id with that of the last entry that was delivered. */
  compareLast(id: StreamId): number {
    return id.compareWords(this.words, this.at);
  }

  /** Entries that the group has read, as the stream counts those ever added; or {@link UNKNOWN_READ}. */
  get read(): bigint {
    const { words, at } = this;
    return (BigInt(words[at + READ + 1]! | 0) << 32n) | BigInt(words[at + READ]!);
  }

  set read(count: bigint) {
    this.words[this.at + READ] = Number(BigInt.asUintN(32, count));
    this.words[this.at + READ + 1] = Number(BigInt.asUintN(32, count >> 32n));
  }

  get isReadKnown(): boolean {
    return this.words[this.at + READ + 1] !== UNKNOWN_HIGH;
  }

  /** One entry more was read. */
  countRead(): void {
    const { words } = this;
    const at = this.at + READ;
    words[at]!++;
    if (words[at] === 0) words[at + 1]!++;
  }

  /** Root of the tree of entries that are delivered and not acknowledged. */
  get pending(): number {
    return this.words[this.at + GROUP_PENDING]!;
  }

  set pending(root: number) {
    this.words[this.at + GROUP_PENDING] = root;
  }

  /** Root of the tree of consumers. */
  get consumers(): number {
    return this.words[this.at + CONSUMERS]!;
  }

  set consumers(root: number) {
    this.words[this.at + CONSUMERS] = root;
  }
}

/** A look at one consumer after the other. */
export class StreamConsumer extends Named {
  /** Makes a consumer that was seen at `now` (Unix milliseconds). @throws OutOfMemoryError */
  create(name: Uint8Array, start: number, length: number, now: number): this {
    this.make(name, start, length, CONSUMER_BYTES);
    this.seen = now;
    this.active = NEVER;
    this.pending = 0;
    return this;
  }

  /** When it last asked for something, in Unix milliseconds. */
  get seen(): number {
    return this.floats[(this.at >>> 1) + SEEN]!;
  }

  set seen(time: number) {
    this.floats[(this.at >>> 1) + SEEN] = time;
  }

  /** When it last got something, in Unix milliseconds; or {@link NEVER}. */
  get active(): number {
    return this.floats[(this.at >>> 1) + ACTIVE]!;
  }

  set active(time: number) {
    this.floats[(this.at >>> 1) + ACTIVE] = time;
  }

  /** Root of the tree of those pending entries of the group that are this consumer's. */
  get pending(): number {
    return this.words[this.at + CONSUMER_PENDING]!;
  }

  set pending(root: number) {
    this.words[this.at + CONSUMER_PENDING] = root;
  }
}
