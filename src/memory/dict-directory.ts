import { type Arena, chunkIndex, OutOfMemoryError, wordOffset } from './arena.ts';
import {
  clearSegment,
  depthOf,
  firstHash,
  isSparse,
  MAX_SEGMENT_BYTES,
  MIN_SEGMENT_BYTES,
  pour,
  SEGMENT_COUNT,
  segmentBytesFor,
} from './dict-segment.ts';

/**
 * The root block of a dict, in words: directory address, global depth, keys, units of 8 bytes in all its tables,
 * place where freeing goes on, and then, by local depth, how many segments have it.
 */
const ROOT_DIRECTORY = 0;
const ROOT_DEPTH = 1;
const ROOT_COUNT = 2;
const ROOT_UNITS = 3;
const ROOT_FREEING = 4;
const ROOT_SEGMENTS = 5;
const ROOT_BYTES = 112;
const MAX_DEPTH = ROOT_BYTES / 4 - ROOT_SEGMENTS - 1;

/** A segment is split only while this many keys per segment are there: else its hashes are equal, and it grows. */
const WORTH_SPLITTING = 256;

/** A place in the directory holds a segment's address and, so that a search need not look there, its shape. */
const PLACE_WORDS = 2;

/** What a directory without a root reads: its only entry is address 0, where zeros lie: an empty segment. */
const NO_DIRECTORY = new Uint32Array(PLACE_WORDS);
const NO_ROOT = new Uint32Array(ROOT_BYTES / 4);

/**
 * Extendible hashing: the top bits of a hash (as many as the global depth) index a directory of segments.
 * A segment of a smaller local depth stands in several neighbouring places. One segment at a time grows, splits,
 * shrinks or joins its buddy, so no operation ever pays for more than one segment, or for copying the directory.
 */
export class DictDirectory {
  /** Address of the root block, which is all of the dict; 0 as long as nothing was ever put in. */
  root = 0;
  readonly arena: Arena;
  /** The words of the chunk where the directory lies. */
  words: Uint32Array = NO_DIRECTORY;

  #rootWords: Uint32Array = NO_ROOT;
  #rootAt = 0;
  #at = 0;
  #depth = 0;

  constructor(arena: Arena) {
    this.arena = arena;
  }

  /** Points at another dict. */
  attach(root: number): void {
    this.root = root;
    this.#rootWords = root === 0 ? NO_ROOT : this.arena.words[chunkIndex(root)]!;
    this.#rootAt = root === 0 ? 0 : wordOffset(root);
    this.#readDirectory();
  }

  get count(): number {
    return this.#rootWords[this.#rootAt + ROOT_COUNT]!;
  }

  set count(count: number) {
    this.#rootWords[this.#rootAt + ROOT_COUNT] = count;
  }

  /** Bytes of the root, the directory and the segments. */
  get bytes(): number {
    return this.#rootWords[this.#rootAt + ROOT_UNITS]! * 8;
  }

  /** Where in {@link words} the address of the hash's segment stands, followed by its shape. */
  placeOf(hash: number): number {
    // Two shifts, because a shift by 32 is none.
    return this.#at + ((hash >>> 1) >>> (31 - this.#depth)) * PLACE_WORDS;
  }

  /** Address of the segment that a key with this hash belongs to. */
  segmentOf(hash: number): number {
    return this.words[this.placeOf(hash)]!;
  }

  /** Makes the root and one small segment. @throws OutOfMemoryError */
  create(): void {
    const { arena } = this;
    const segment = arena.allocate(MIN_SEGMENT_BYTES);
    const directory = arena.allocate(PLACE_WORDS * 4);
    const root = arena.allocate(ROOT_BYTES);
    clearSegment(arena.words[chunkIndex(segment)]!, wordOffset(segment), MIN_SEGMENT_BYTES, 0);
    const words = arena.words[chunkIndex(root)]!;
    const at = wordOffset(root);
    words.fill(0, at, at + ROOT_BYTES / 4);
    words[at + ROOT_DIRECTORY] = directory;
    words[at + ROOT_UNITS] = (arena.capacity(segment) + arena.capacity(directory) + arena.capacity(root)) / 8;
    words[at + ROOT_SEGMENTS] = 1;
    this.attach(root);
    this.#point(0, 0, segment);
  }

  /** The segment of `hash` is full: gives its keys more room. @throws OutOfMemoryError, nothing having changed */
  makeRoom(hash: number): void {
    const segment = this.segmentOf(hash);
    const bytes = this.arena.capacity(segment);
    const words = this.arena.words[chunkIndex(segment)]!;
    const depth = depthOf(words, wordOffset(segment));
    const splits = bytes >= MAX_SEGMENT_BYTES && depth < MAX_DEPTH && this.count >>> depth >= WORTH_SPLITTING;
    if (splits) this.#split(segment, hash, depth);
    else this.#grow(segment, hash, depth, bytes * 2);
  }

  /** The segment of `hash` has become sparse: joins it with its buddy, or halves it. */
  tighten(hash: number): void {
    try {
      while (this.#tightenOnce(hash));
    } catch (error) {
      // The keys are where they were: it can be done when there is memory again.
      if (!(error instanceof OutOfMemoryError)) throw error;
    }
  }

  /** First hash behind those of the segment of `hash`: 2 ** 32 after the last. */
  endOf(hash: number, segment: number): number {
    const depth = depthOf(this.arena.words[chunkIndex(segment)]!, wordOffset(segment));
    return firstHash(hash, depth) + 2 ** (32 - depth);
  }

  /**
   * While the dict is being destroyed: the next segment still there, 0 when all are gone.
   * {@link dropSegment} frees it.
   */
  get segmentToFree(): number {
    const index = this.#rootWords[this.#rootAt + ROOT_FREEING]!;
    return index < 2 ** this.#depth && this.root !== 0 ? this.words[this.#at + index * PLACE_WORDS]! : 0;
  }

  dropSegment(segment: number): void {
    const depth = depthOf(this.arena.words[chunkIndex(segment)]!, wordOffset(segment));
    this.#rootWords[this.#rootAt + ROOT_FREEING]! += 2 ** (this.#depth - depth);
    this.#release(segment);
  }

  /** Frees directory and root, all segments being gone. */
  dropRoot(): void {
    if (this.root === 0) return;
    this.arena.free(this.#rootWords[this.#rootAt + ROOT_DIRECTORY]!);
    this.arena.free(this.root);
    this.attach(0);
  }

  /** @returns true if the segment of `hash` may still be sparse. */
  #tightenOnce(hash: number): boolean {
    const segment = this.segmentOf(hash);
    const words = this.arena.words[chunkIndex(segment)]!;
    const at = wordOffset(segment);
    if (!isSparse(words, at)) return false;
    const depth = depthOf(words, at);
    if (depth > 0 && this.#join(segment, hash, depth)) return true;
    const bytes = this.arena.capacity(segment);
    return bytes > MIN_SEGMENT_BYTES && this.#shrink(segment, hash, depth, bytes / 2);
  }

  #readDirectory(): void {
    const directory = this.#rootWords[this.#rootAt + ROOT_DIRECTORY]!;
    this.words = directory === 0 ? NO_DIRECTORY : this.arena.words[chunkIndex(directory)]!;
    this.#at = directory === 0 ? 0 : wordOffset(directory);
    this.#depth = this.#rootWords[this.#rootAt + ROOT_DEPTH]!;
  }

  #allocate(bytes: number): number {
    const address = this.arena.allocate(bytes);
    this.#rootWords[this.#rootAt + ROOT_UNITS]! += this.arena.capacity(address) / 8;
    return address;
  }

  #release(address: number): void {
    this.#rootWords[this.#rootAt + ROOT_UNITS]! -= this.arena.capacity(address) / 8;
    this.arena.free(address);
  }

  #newSegment(bytes: number, depth: number): number {
    const segment = this.#allocate(bytes);
    clearSegment(this.arena.words[chunkIndex(segment)]!, wordOffset(segment), bytes, depth);
    return segment;
  }

  /** A new segment with those keys of the others, given in hash order, that lie in `low..high`. */
  #copy(sources: readonly number[], low: number, high: number, bytes: number, depth: number): number {
    for (let size = bytes; ; size *= 2) {
      const target = this.#copyInto(sources, low, high, size, depth);
      if (target !== 0) return target;
    }
  }

  /** As {@link #copy}. @returns 0 if they do not fit into that many bytes, which is so when their hashes lie close together. */
  #copyInto(sources: readonly number[], low: number, high: number, bytes: number, depth: number): number {
    const target = this.#newSegment(bytes, depth);
    const words = this.arena.words[chunkIndex(target)]!;
    const at = wordOffset(target);
    const fits = sources.every((source) =>
      pour(this.arena.words[chunkIndex(source)]!, wordOffset(source), words, at, low, high),
    );
    if (fits) return target;
    this.#release(target);
    return 0;
  }

  #grow(segment: number, hash: number, depth: number, bytes: number): void {
    const target = this.#copy([segment], 0, 0xffffffff, bytes, depth);
    this.#point(hash, depth, target);
    this.#release(segment);
  }

  /** @returns false if the keys do not fit into that many bytes. */
  #shrink(segment: number, hash: number, depth: number, bytes: number): boolean {
    const target = this.#copyInto([segment], 0, 0xffffffff, bytes, depth);
    if (target === 0) return false;
    this.#point(hash, depth, target);
    this.#release(segment);
    return true;
  }

  #split(segment: number, hash: number, depth: number): void {
    if (depth === this.#depth) this.#copyDirectory(depth + 1);
    const first = firstHash(hash, depth);
    const middle = first + 2 ** (31 - depth);
    const last = middle + (2 ** (31 - depth) - 1);
    const low = this.#copy([segment], first, middle - 1, MAX_SEGMENT_BYTES, depth + 1);
    let high: number;
    try {
      high = this.#copy([segment], middle, last, MAX_SEGMENT_BYTES, depth + 1);
    } catch (error) {
      this.#release(low);
      throw error;
    }
    this.#point(first, depth + 1, low);
    this.#point(middle, depth + 1, high);
    this.#countSegments(depth, -1);
    this.#countSegments(depth + 1, 2);
    this.#release(segment);
  }

  #join(segment: number, hash: number, depth: number): boolean {
    const buddy = this.segmentOf(hash ^ (1 << (32 - depth)));
    const { words } = this.arena;
    const buddyWords = words[chunkIndex(buddy)]!;
    if (depthOf(buddyWords, wordOffset(buddy)) !== depth) return false;
    const count =
      words[chunkIndex(segment)]![wordOffset(segment) + SEGMENT_COUNT]! +
      buddyWords[wordOffset(buddy) + SEGMENT_COUNT]!;
    const bytes = segmentBytesFor(count);
    if (bytes === MAX_SEGMENT_BYTES && count > 0) return false;
    const isLow = (hash & (1 << (32 - depth))) === 0;
    const target = this.#copyInto(
      isLow ? [segment, buddy] : [buddy, segment],
      0,
      0xffffffff,
      bytes,
      depth - 1,
    );
    if (target === 0) return false;
    this.#point(hash, depth - 1, target);
    this.#countSegments(depth, -2);
    this.#countSegments(depth - 1, 1);
    this.#release(segment);
    this.#release(buddy);
    this.#halveDirectory();
    return true;
  }

  /** Lets the directory places of all hashes that share `depth` top bits with `hash` show to the segment. */
  #point(hash: number, depth: number, segment: number): void {
    const shape = this.arena.words[chunkIndex(segment)]![wordOffset(segment)]!;
    const first = this.placeOf(firstHash(hash, depth));
    const end = first + 2 ** (this.#depth - depth) * PLACE_WORDS;
    for (let place = first; place < end; place += PLACE_WORDS) {
      this.words[place] = segment;
      this.words[place + 1] = shape;
    }
  }

  #countSegments(depth: number, change: number): void {
    this.#rootWords[this.#rootAt + ROOT_SEGMENTS + depth]! += change;
  }

  /** Halves the directory as often as nobody needs its last bit. */
  #halveDirectory(): void {
    let depth = this.#depth;
    while (depth > 0 && this.#rootWords[this.#rootAt + ROOT_SEGMENTS + depth] === 0) depth--;
    if (depth < this.#depth) this.#copyDirectory(depth);
  }

  #copyDirectory(depth: number): void {
    const directory = this.#allocate(2 ** depth * PLACE_WORDS * 4);
    const words = this.arena.words[chunkIndex(directory)]!;
    let to = wordOffset(directory);
    for (let i = 0; i < 2 ** depth; i++) {
      const from = this.placeOf(depth === 0 ? 0 : i << (32 - depth));
      words[to++] = this.words[from]!;
      words[to++] = this.words[from + 1]!;
    }
    this.#changeDirectory(directory, depth);
  }

  #changeDirectory(directory: number, depth: number): void {
    this.#release(this.#rootWords[this.#rootAt + ROOT_DIRECTORY]!);
    this.#rootWords[this.#rootAt + ROOT_DIRECTORY] = directory;
    this.#rootWords[this.#rootAt + ROOT_DEPTH] = depth;
    this.#readDirectory();
  }
}
