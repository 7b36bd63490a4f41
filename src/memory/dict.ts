import { getRandomValues } from 'node:crypto';
import { type Arena, byteOffset, chunkIndex, wordOffset } from './arena.ts';
import { DictDirectory } from './dict-directory.ts';
import {
  endOfHome,
  homeIn,
  homeWord,
  insertSlot,
  isSparse,
  removeSlot,
  SEGMENT_COUNT,
  SEGMENT_HEADER,
  setSlots,
  slotsOf,
} from './dict-segment.ts';
import { halfSipHash } from './siphash.ts';

const seeds = getRandomValues(new Int32Array(2));
const seed0 = seeds[0]!;
const seed1 = seeds[1]!;

/** Hash of a key, as every dict of this process takes it: 32 bits, signed. */
export const hashKey = (bytes: Uint8Array, start: number, length: number): number =>
  halfSipHash(bytes, start, length, seed0, seed1);

/** Bytes before the key in an entry of the keyspace. */
const ENTRY_HEADER_BYTES = 16;
const KEY_LENGTH_MASK = 0x3fffffff;
/** Bit 31 of an entry's word 0, as a count of bytes: 8 more header bytes lie before the key. */
const EXTRA_HEADER_SHIFT = 31;

const SEGMENT_TRIES = 16;
const SLOT_TRIES = 32;

/**
 * Keys (bytes) to entries (addresses of blocks), all of it in the arena: see `dict-directory.ts` and
 * `dict-segment.ts`. The entries are the owner's. Word 0 of an entry holds the length of its key in the low 30 bits;
 * the key lies behind the entry's header, which is 8 bytes longer if bit 31 of word 0 is set.
 * Hashes are those of {@link hashKey}; only their 32 bits count, not the sign.
 */
export class Dict {
  readonly #arena: Arena;
  readonly #directory: DictDirectory;
  readonly #headerBytes: number;
  #foundSegment = 0;
  #foundSlot = 0;

  /**
   * @param root of a dict that exists; without it the dict is empty, and has no memory until something is inserted.
   * @param headerBytes bytes of an entry before its key, a multiple of 4.
   */
  constructor(arena: Arena, root = 0, headerBytes: number = ENTRY_HEADER_BYTES) {
    this.#arena = arena;
    this.#directory = new DictDirectory(arena);
    this.#headerBytes = headerBytes;
    if (root !== 0) this.attach(root);
  }

  /** Address of the block by which {@link attach} finds this dict again; 0 before the first insertion. */
  get root(): number {
    return this.#directory.root;
  }

  /** Turns to another dict of the same arena (0: an empty one). */
  attach(root: number): void {
    this.#directory.attach(root);
  }

  /** Number of keys. */
  get count(): number {
    return this.#directory.count;
  }

  /** Bytes of all tables, the entries not included. */
  memoryBytes(): number {
    return this.#directory.bytes;
  }

  /** The entry of a key, or 0. After a hit, {@link replaceFound} and {@link removeFound} speak of it. */
  find(hash: number, key: Uint8Array, start: number, length: number): number {
    const wanted = hash >>> 0;
    const directory = this.#directory;
    const place = directory.placeOf(hash);
    const segment = directory.words[place]!;
    const words = this.#arena.words[chunkIndex(segment)]!;
    let slot = wordOffset(segment) + homeIn(directory.words[place + 1]!, hash);
    for (let entry = words[slot + 1]!; entry !== 0; entry = words[slot + 1]!) {
      const other = words[slot]!;
      if (other > wanted) return 0;
      if (other === wanted && this.#hasKey(entry, key, start, length)) {
        this.#foundSegment = segment;
        this.#foundSlot = slot;
        return entry;
      }
      slot += 2;
    }
    return 0;
  }

  /** Looks for the slot that holds exactly this entry. After a hit as after {@link find}. */
  findEntry(hash: number, entry: number): boolean {
    const wanted = hash >>> 0;
    const directory = this.#directory;
    const place = directory.placeOf(hash);
    const segment = directory.words[place]!;
    const words = this.#arena.words[chunkIndex(segment)]!;
    let slot = wordOffset(segment) + homeIn(directory.words[place + 1]!, hash);
    while (words[slot + 1] !== 0 && words[slot]! <= wanted) {
      if (words[slot + 1] === entry && words[slot] === wanted) {
        this.#foundSegment = segment;
        this.#foundSlot = slot;
        return true;
      }
      slot += 2;
    }
    return false;
  }

  /** Puts another entry of the same key in the place of the one found. Nothing may have been inserted or removed since. */
  replaceFound(entry: number): void {
    this.#arena.words[chunkIndex(this.#foundSegment)]![this.#foundSlot + 1] = entry;
  }

  /** Removes what was found. Nothing may have been inserted or removed since. */
  removeFound(): void {
    const segment = this.#foundSegment;
    const words = this.#arena.words[chunkIndex(segment)]!;
    const at = wordOffset(segment);
    const hash = words[this.#foundSlot]! | 0;
    removeSlot(words, at, this.#foundSlot);
    this.#directory.count--;
    // Not at each removal: keys whose hashes lie close together, as those left behind a walk that deletes, may not
    // fit into less, and finding that out takes a pass over the segment.
    if (isSparse(words, at) && isPowerOfTwo(words[at + SEGMENT_COUNT]!)) this.#directory.tighten(hash);
  }

  /** Adds a key that is known to be absent. @throws OutOfMemoryError, nothing having been added */
  insert(hash: number, entry: number): void {
    const directory = this.#directory;
    if (directory.root === 0) directory.create();
    for (;;) {
      const segment = directory.segmentOf(hash);
      const words = this.#arena.words[chunkIndex(segment)]!;
      if (insertSlot(words, wordOffset(segment), hash, entry)) break;
      directory.makeRoom(hash);
    }
    directory.count++;
  }

  /**
   * Walks one step: the keys whose hashes lie between the cursor and the end of its home slot. An entry that stays
   * from the first step to the last is emitted at least once, whatever is inserted, removed or rebuilt in between.
   * `emit` must not change the dict.
   * @param cursor 0 to begin, then what the last step returned.
   * @returns the next cursor; 0 when the walk is complete.
   */
  scan(cursor: number, emit: (entry: number, hash: number) => void): number {
    if (this.count === 0) return 0;
    const segment = this.#directory.segmentOf(cursor);
    const words = this.#arena.words[chunkIndex(segment)]!;
    const at = wordOffset(segment);
    const end = endOfHome(words, at, cursor);
    for (let slot = homeWord(words, at, cursor); words[slot + 1] !== 0; slot += 2) {
      const hash = words[slot]!;
      if (hash >= end) break;
      if (hash >= cursor) emit(words[slot + 1]!, hash | 0);
    }
    return end === 2 ** 32 ? 0 : end;
  }

  /**
   * As {@link scan}, in steps as large as a segment: for those who walk over all keys at once, nothing changing
   * meanwhile.
   */
  scanSegment(cursor: number, emit: (entry: number) => void): number {
    if (this.count === 0) return 0;
    const segment = this.#directory.segmentOf(cursor);
    const words = this.#arena.words[chunkIndex(segment)]!;
    const at = wordOffset(segment);
    const end = at + SEGMENT_HEADER + slotsOf(words, at) * 2;
    for (let slot = at + SEGMENT_HEADER; slot < end; slot += 2) {
      const entry = words[slot + 1]!;
      if (entry !== 0) emit(entry);
    }
    return this.#directory.endOf(cursor, segment) % 2 ** 32;
  }

  /**
   * Some entry, each about as likely as any other; 0 if there is none.
   * @param random yields numbers in [0, 1).
   */
  randomEntry(random: () => number): number {
    if (this.count === 0) return 0;
    for (let tries = 0; tries < SEGMENT_TRIES; tries++) {
      const segment = this.#directory.segmentOf(random() * 2 ** 32);
      const words = this.#arena.words[chunkIndex(segment)]!;
      const at = wordOffset(segment);
      if (words[at + SEGMENT_COUNT] === 0) continue;
      const slots = slotsOf(words, at);
      for (let slotTries = 0; slotTries < SLOT_TRIES; slotTries++) {
        const entry = words[at + SEGMENT_HEADER + Math.floor(random() * slots) * 2 + 1]!;
        if (entry !== 0) return entry;
      }
    }
    return this.#entryFrom(Math.floor(random() * 2 ** 32));
  }

  /**
   * Emits `count` entries (all, if there are less) that are neighbours in the table, the first at random: their keys
   * have nothing to do with each other, and looking at neighbours is fast.
   * @param random yields numbers in [0, 1).
   */
  someEntries(count: number, random: () => number, emit: (entry: number, hash: number) => void): void {
    let cursor = Math.floor(random() * 2 ** 32);
    let left = Math.min(count, this.count);
    while (left > 0) {
      const segment = this.#directory.segmentOf(cursor);
      const words = this.#arena.words[chunkIndex(segment)]!;
      const at = wordOffset(segment);
      const last = at + SEGMENT_HEADER + (slotsOf(words, at) - 1) * 2;
      for (let slot = homeWord(words, at, cursor); slot < last && left > 0; slot += 2) {
        if (words[slot + 1] === 0) continue;
        emit(words[slot + 1]!, words[slot]! | 0);
        left--;
      }
      cursor = this.#directory.endOf(cursor, segment) % 2 ** 32;
    }
  }

  /** Removes every key and gives back all tables at once. The entries are the caller's to free. */
  clear(): void {
    const directory = this.#directory;
    for (let segment = directory.segmentToFree; segment !== 0; segment = directory.segmentToFree) {
      directory.dropSegment(segment);
    }
    directory.dropRoot();
  }

  /**
   * Takes the dict apart, at most that many entries at a time; nothing else may be done with it in between.
   * @param onEntry is given each entry, once.
   * @returns true when nothing is left: the dict is empty and has no memory.
   */
  freeSlice(maxEntries: number, onEntry: (entry: number) => void): boolean {
    const directory = this.#directory;
    let left = maxEntries;
    for (let segment = directory.segmentToFree; segment !== 0; segment = directory.segmentToFree) {
      left = this.#emptySegment(segment, left, onEntry);
      if (left === 0) return false;
      directory.dropSegment(segment);
    }
    directory.dropRoot();
    return true;
  }

  /** Takes entries off the segment's end. @returns how many more may be taken; 0: the segment may not be empty yet. */
  #emptySegment(segment: number, maxEntries: number, onEntry: (entry: number) => void): number {
    const words = this.#arena.words[chunkIndex(segment)]!;
    const at = wordOffset(segment);
    let left = maxEntries;
    let slots = slotsOf(words, at);
    while (left > 0 && words[at + SEGMENT_COUNT]! > 0) {
      slots--;
      const entry = words[at + SEGMENT_HEADER + slots * 2 + 1]!;
      if (entry === 0) continue;
      words[at + SEGMENT_COUNT]!--;
      this.#directory.count--;
      onEntry(entry);
      left--;
    }
    setSlots(words, at, slots);
    return left;
  }

  /** The first entry at or behind a hash, beginning again at 0 after the last. */
  #entryFrom(hash: number): number {
    let found = 0;
    let cursor = hash;
    while (found === 0) {
      const segment = this.#directory.segmentOf(cursor);
      const words = this.#arena.words[chunkIndex(segment)]!;
      const at = wordOffset(segment);
      const last = at + SEGMENT_HEADER + (slotsOf(words, at) - 1) * 2;
      for (let slot = homeWord(words, at, cursor); slot < last && found === 0; slot += 2)
        found = words[slot + 1]!;
      cursor = this.#directory.endOf(cursor, segment) % 2 ** 32;
    }
    return found;
  }

  #hasKey(entry: number, key: Uint8Array, start: number, length: number): boolean {
    const chunk = chunkIndex(entry);
    const words = this.#arena.words[chunk]!;
    const word = words[wordOffset(entry)]!;
    if ((word & KEY_LENGTH_MASK) !== length) return false;
    const before = this.#headerBytes + ((word >>> EXTRA_HEADER_SHIFT) << 3);
    // Four bytes at a time, little-endian: the entry's key is aligned, the other one need not be.
    const end = start + (length & ~3);
    let at = start;
    for (let w = wordOffset(entry) + (before >>> 2); at < end; w++) {
      const four = key[at]! | (key[at + 1]! << 8) | (key[at + 2]! << 16) | (key[at + 3]! << 24);
      if ((words[w]! ^ four) !== 0) return false;
      at += 4;
    }
    if (at === start + length) return true;
    const bytes = this.#arena.bytes[chunk]!;
    const shift = byteOffset(entry) + before - start;
    for (; at < start + length; at++) {
      if (bytes[shift + at] !== key[at]) return false;
    }
    return true;
  }
}

/** True for 0 as well. */
const isPowerOfTwo = (count: number): boolean => (count & (count - 1)) === 0;
