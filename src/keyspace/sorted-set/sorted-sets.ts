import type { Arena } from '../../memory/arena.ts';
import { PackedBlocks } from '../../memory/packed.ts';
import type { EncodingLimits } from '../encoding-limits.ts';
import { meta, setMeta, setValueWord, valueWord } from '../entry.ts';
import type { LazyFree } from '../lazy-free.ts';
import type { CollectionType } from '../value-type.ts';
import { PackedSortedSet } from './packed-sorted-set.ts';
import { RankedSortedSet } from './ranked-sorted-set.ts';
import type { SortedSetForm } from './sorted-set-form.ts';

/** In an entry's word 1: the value is a ranked sorted set, not a packed one. */
const RANKED = 0x10;
/** Room in a new packed block, in bytes: for one short member. */
const FIRST_ROOM = 24;
/** A packed set does not grow beyond this, in bytes, whatever the settings allow. */
const MAX_PACKED_BYTES = 2 ** 29;
/** Sets of up to so many members are freed at once. */
const FREED_AT_ONCE = 64;

/** The two forms, to be turned to one value at a time. */
class Forms {
  readonly #arena: Arena;
  readonly packed: PackedSortedSet;
  readonly ranked: RankedSortedSet;

  constructor(arena: Arena) {
    this.#arena = arena;
    this.packed = new PackedSortedSet(arena);
    this.ranked = new RankedSortedSet(arena);
  }

  open(entry: number): SortedSetForm {
    return isRanked(this.#arena, entry) ? this.ranked.open(entry) : this.packed.open(entry);
  }
}

const isRanked = (arena: Arena, entry: number): boolean => (meta(arena, entry) & RANKED) !== 0;

/** Sorted sets in the arena: packed while they are small, as Redis's settings say, and ranked from then on. */
export class SortedSets implements CollectionType {
  /** Members of any length are packed: what comes from elsewhere was packed there, by other limits. */
  packsLong = false;
  readonly #arena: Arena;
  readonly #limits: Readonly<EncodingLimits>;
  readonly #lazyFree: LazyFree;
  readonly #blocks: PackedBlocks;
  /** What {@link open} turns to a value. */
  readonly #forms: Forms;
  /** For what goes on beside that. */
  readonly #inner: Forms;

  constructor(arena: Arena, limits: Readonly<EncodingLimits>, lazyFree: LazyFree) {
    this.#arena = arena;
    this.#limits = limits;
    this.#lazyFree = lazyFree;
    this.#blocks = new PackedBlocks(arena);
    this.#forms = new Forms(arena);
    this.#inner = new Forms(arena);
  }

  /** The sorted set of an entry; what this returned before is turned to it, too. */
  open(entry: number): SortedSetForm {
    return this.#forms.open(entry);
  }

  /** As {@link open}, for several at the same time: it stays turned to this entry. */
  openBeside(entry: number): SortedSetForm {
    return new Forms(this.#arena).open(entry);
  }

  /** The form of a value that is a ranked one; or undefined. */
  openRanked(entry: number): RankedSortedSet | undefined {
    return isRanked(this.#arena, entry) ? this.#forms.ranked.open(entry) : undefined;
  }

  /** Turns to an empty set, to which members are to be added with {@link RankedSortedSet.hold}. @throws OutOfMemoryError */
  openUnordered(entry: number): RankedSortedSet {
    this.rank(entry);
    return this.#forms.ranked.open(entry);
  }

  /** Packs a set that is ranked and need not be. @throws OutOfMemoryError, nothing having changed */
  packIfSmall(entry: number): void {
    const source = this.#inner.ranked.open(entry);
    if (!this.#fitsWhole(source)) return;
    const ranked = valueWord(this.#arena, entry);
    const block = this.#blocks.create(FIRST_ROOM);
    setValueWord(this.#arena, entry, block);
    setMeta(this.#arena, entry, meta(this.#arena, entry) & ~RANKED);
    try {
      this.append(entry, source, 0, source.count);
    } catch (error) {
      this.#blocks.free(valueWord(this.#arena, entry));
      setValueWord(this.#arena, entry, ranked);
      setMeta(this.#arena, entry, meta(this.#arena, entry) | RANKED);
      throw error;
    }
    this.#releaseRanked(ranked);
  }

  /**
   * Gives a member a score.
   * @returns true if it was none before.
   * @throws OutOfMemoryError, nothing having changed
   */
  put(entry: number, bytes: Uint8Array, start: number, length: number, score: number): boolean {
    const members = this.open(entry);
    const old = members.find(bytes, start, length);
    if (Number.isNaN(old)) this.insert(entry, bytes, start, length, score);
    else if (old !== score) members.changeFound(bytes, start, length, score);
    return Number.isNaN(old);
  }

  /** Makes an empty set ranked if that many members would not be packed. @throws OutOfMemoryError */
  prepare(entry: number, count: number): void {
    if (count > this.#limits.zsetMaxListpackEntries) this.rank(entry);
  }

  /** Adds `count` members of another set, from a rank on, none of which is there. @throws OutOfMemoryError */
  append(entry: number, source: SortedSetForm, rank: number, count: number): void {
    if (count > 0) source.seek(rank);
    for (let left = count; left > 0; left--) {
      const { bytes, start, length } = source.member;
      const members = this.open(entry);
      if (members === this.#forms.ranked) members.find(bytes, start, length);
      this.insert(entry, bytes, start, length, source.score);
      source.next();
    }
  }

  /** Adds a member that the set turned to last has just not found. The set may have another form now. */
  insert(entry: number, bytes: Uint8Array, start: number, length: number, score: number): void {
    const { packed, ranked } = this.#forms;
    if (isRanked(this.#arena, entry)) return ranked.insert(bytes, start, length, score);
    if (this.#fits(packed, length)) return packed.insert(bytes, start, length, score);
    this.rank(entry);
    ranked.open(entry).find(bytes, start, length);
    ranked.insert(bytes, start, length, score);
  }

  initialize(entry: number): void {
    setValueWord(this.#arena, entry, this.#blocks.create(FIRST_ROOM));
  }

  count(entry: number): number {
    return this.#inner.open(entry).count;
  }

  release(entry: number): void {
    const block = valueWord(this.#arena, entry);
    if (isRanked(this.#arena, entry)) this.#releaseRanked(block);
    else this.#blocks.free(block);
  }

  unshare(entry: number): void {
    const block = valueWord(this.#arena, entry);
    const copy = isRanked(this.#arena, entry)
      ? this.#rankedOf(new RankedSortedSet(this.#arena).openBlock(block))
      : this.#blocks.copy(block);
    setValueWord(this.#arena, entry, copy);
  }

  inlineBytes(): number {
    return 0;
  }

  externalBytes(entry: number, samples: number): number {
    if (isRanked(this.#arena, entry)) return this.#inner.ranked.open(entry).bytes(samples);
    return this.#arena.capacity(valueWord(this.#arena, entry));
  }

  encoding(entry: number): string {
    return isRanked(this.#arena, entry) ? 'skiplist' : 'listpack';
  }

  /** True if another member of that length may be packed with the others. */
  #fits(packed: PackedSortedSet, length: number): boolean {
    return (
      packed.count < this.#limits.zsetMaxListpackEntries &&
      (this.packsLong || length <= this.#limits.zsetMaxListpackValue) &&
      packed.usedBytes + length < MAX_PACKED_BYTES
    );
  }

  #fitsWhole(source: SortedSetForm): boolean {
    if (source.count > this.#limits.zsetMaxListpackEntries) return false;
    let bytes = 0;
    if (source.count > 0) source.seek(0);
    for (let left = source.count; left > 0; left--) {
      if (source.member.length > this.#limits.zsetMaxListpackValue) return false;
      bytes += source.member.length;
      source.next();
    }
    return bytes < MAX_PACKED_BYTES;
  }

  /** Makes a packed set a ranked one. @throws OutOfMemoryError, nothing having changed */
  rank(entry: number): void {
    if (isRanked(this.#arena, entry)) return;
    const block = valueWord(this.#arena, entry);
    setValueWord(this.#arena, entry, this.#rankedOf(this.#inner.packed.open(entry)));
    setMeta(this.#arena, entry, meta(this.#arena, entry) | RANKED);
    this.#blocks.free(block);
  }

  /** A ranked set of the same members. @returns its block. @throws OutOfMemoryError */
  #rankedOf(source: SortedSetForm): number {
    const target = this.#inner.ranked;
    const block = target.create();
    target.openBlock(block);
    try {
      if (source.count > 0) source.seek(0);
      for (let left = source.count; left > 0; left--) {
        const { bytes, start, length } = source.member;
        target.find(bytes, start, length);
        target.insert(bytes, start, length, source.score);
        source.next();
      }
    } catch (error) {
      while (!target.freeSlice(FREED_AT_ONCE));
      throw error;
    }
    return block;
  }

  #releaseRanked(block: number): void {
    const { ranked } = this.#inner;
    if (ranked.openBlock(block).count <= FREED_AT_ONCE) {
      while (!ranked.freeSlice(FREED_AT_ONCE));
      return;
    }
    const remains = new RankedSortedSet(this.#arena).openBlock(block);
    this.#lazyFree.add({ objects: 1, freeSlice: (count) => remains.freeSlice(count) });
  }
}
