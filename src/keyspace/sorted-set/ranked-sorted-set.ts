import { type Arena, byteOffset, chunkIndex, wordOffset } from '../../memory/arena.ts';
import { compareBytes } from '../../memory/compare-bytes.ts';
import { copyBytes } from '../../memory/copy-bytes.ts';
import { Dict, hashKey } from '../../memory/dict.ts';
import { RANKED_HEADER_BYTES, scoreOf, setScore } from '../../memory/ranked-key.ts';
import { RankedTree } from '../../memory/ranked-tree.ts';
import { valueWord } from '../entry.ts';
import type { SortedSetForm } from './sorted-set-form.ts';

/** The value's block, in words: roots of dict and tree. */
const DICT_ROOT = 0;
const TREE_ROOT = 1;
const BLOCK_BYTES = 8;

/**
 * A large sorted set: a block for each member, which a dict finds by its bytes and a tree by score and rank.
 * Everything takes O(log n), finding a member's score O(1).
 */
export class RankedSortedSet implements SortedSetForm {
  /** The member at the cursor. */
  readonly member = { bytes: new Uint8Array(0) as Uint8Array, start: 0, length: 0 };

  readonly #arena: Arena;
  readonly #dict: Dict;
  readonly #tree: RankedTree;
  #block = 0;
  /** The block of the member at the cursor. */
  #at = 0;
  /** What the last {@link find} looked for, and found: the member's block. */
  #hash = 0;
  #found = 0;

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#dict = new Dict(arena, 0, RANKED_HEADER_BYTES);
    this.#tree = new RankedTree(arena);
  }

  /** Makes an empty value. @returns its block. @throws OutOfMemoryError */
  create(): number {
    const block = this.#arena.allocate(BLOCK_BYTES);
    const words = this.#arena.words[chunkIndex(block)]!;
    words.fill(0, wordOffset(block), wordOffset(block) + BLOCK_BYTES / 4);
    return block;
  }

  /** Turns to the value of a key. */
  open(entry: number): this {
    return this.openBlock(valueWord(this.#arena, entry));
  }

  /** Turns to a value by its block. */
  openBlock(block: number): this {
    const words = this.#arena.words[chunkIndex(block)]!;
    const at = wordOffset(block);
    this.#block = block;
    this.#dict.attach(words[at + DICT_ROOT]!);
    this.#tree.attach(words[at + TREE_ROOT]!);
    return this;
  }

  get score(): number {
    return scoreOf(this.#arena, this.#at);
  }

  get count(): number {
    return this.#tree.count;
  }

  seek(rank: number): void {
    this.#tree.seekRank(rank);
    this.#read(this.#tree.entry);
  }

  next(): boolean {
    const entry = this.#tree.next();
    if (entry !== 0) this.#read(entry);
    return entry !== 0;
  }

  previous(): boolean {
    const entry = this.#tree.previous();
    if (entry !== 0) this.#read(entry);
    return entry !== 0;
  }

  find(bytes: Uint8Array, start: number, length: number): number {
    this.#hash = hashKey(bytes, start, length);
    this.#found = this.#dict.find(this.#hash, bytes, start, length);
    return this.#found === 0 ? Number.NaN : scoreOf(this.#arena, this.#found);
  }

  rankOfFound(): number {
    return this.#tree.rankOf(this.#found);
  }

  insert(bytes: Uint8Array, start: number, length: number, score: number): void {
    const entry = this.hold(bytes, start, length, score);
    try {
      this.#tree.insert(entry);
    } catch (error) {
      this.#dict.find(this.#hash, bytes, start, length);
      this.#dict.removeFound();
      this.#arena.free(entry);
      throw error;
    } finally {
      this.#keepRoots();
    }
  }

  /**
   * Adds a member that {@link find} has just not found, but gives it no place in the order before {@link order} does so
   * for all. @returns its block. @throws OutOfMemoryError, nothing having changed
   */
  hold(bytes: Uint8Array, start: number, length: number, score: number): number {
    const arena = this.#arena;
    const entry = arena.allocate(RANKED_HEADER_BYTES + length);
    const chunk = chunkIndex(entry);
    arena.words[chunk]![wordOffset(entry)] = length;
    arena.words[chunk]![wordOffset(entry) + 1] = 0;
    setScore(arena, entry, score);
    copyBytes(bytes, start, length, arena.bytes[chunk]!, byteOffset(entry) + RANKED_HEADER_BYTES);
    try {
      this.#dict.insert(this.#hash, entry);
    } catch (error) {
      arena.free(entry);
      throw error;
    }
    this.#keepRoots();
    return entry;
  }

  /** Gives the member that was found, which has no place in the order yet, another score. */
  changeHeld(score: number): void {
    setScore(this.#arena, this.#found, score);
  }

  /** Orders members none of which has a place yet. @throws OutOfMemoryError */
  order(): void {
    let cursor = 0;
    do cursor = this.#dict.scan(cursor, (entry) => this.#tree.insert(entry));
    while (cursor !== 0);
    this.#keepRoots();
  }

  changeFound(_bytes: Uint8Array, _start: number, _length: number, score: number): void {
    this.#tree.rescore(this.#found, score);
    this.#keepRoots();
  }

  removeFound(): void {
    this.#tree.remove(this.#found);
    this.#dict.removeFound();
    this.#keepRoots();
    this.#arena.free(this.#found);
  }

  rankOfScore(score: number, inclusive: boolean): number {
    return this.#tree.seekScore(score, inclusive);
  }

  rankOfMember(bytes: Uint8Array, start: number, length: number, inclusive: boolean): number {
    const tree = this.#tree;
    tree.seekRank(0);
    const rank = tree.seek(tree.score, bytes, start, length);
    return inclusive && this.#isAt(tree.entry, bytes, start, length) ? rank + 1 : rank;
  }

  removeRanks(rank: number, count: number): void {
    for (let left = count; left > 0; left--) {
      this.seek(rank);
      const { bytes, start, length } = this.member;
      this.#dict.findEntry(hashKey(bytes, start, length), this.#at);
      this.#dict.removeFound();
      this.#tree.removeSought();
      this.#arena.free(this.#at);
    }
    this.#keepRoots();
  }

  /**
   * Walks a part of the members, in no order (see Dict.scan).
   * @param cursor 0 to begin, then what the last call returned.
   * @param emit is given each member's block, for {@link lookAt}.
   * @returns the next cursor; 0 at the end.
   */
  scan(cursor: number, emit: (block: number) => void): number {
    return this.#dict.scan(cursor, emit);
  }

  /** Shows a member as {@link member} and {@link score}, leaving the cursor where it is. */
  lookAt(block: number): void {
    this.#read(block);
  }

  /** Bytes of the value. @param samples members to look at for a mean; 0 for all. */
  bytes(samples: number): number {
    const arena = this.#arena;
    const tables = arena.capacity(this.#block) + this.#dict.memoryBytes() + this.#tree.bytes;
    const looks = Math.min(samples === 0 ? this.count : samples, this.count);
    let sum = 0;
    if (looks > 0) this.#tree.seekRank(0);
    for (let i = 0; i < looks; i++) {
      sum += arena.capacity(this.#tree.entry);
      this.#tree.next();
    }
    return looks === 0 ? tables : tables + Math.round((sum / looks) * this.count);
  }

  /**
   * Frees the members and the value's block, about that many members at a time. Nothing else may be done with the
   * value in between.
   * @returns true when nothing is left.
   */
  freeSlice(count: number): boolean {
    const arena = this.#arena;
    const treeGone = this.#tree.freeSlice(count, () => {});
    const dictGone = treeGone && this.#dict.freeSlice(count, (entry) => arena.free(entry));
    if (dictGone) arena.free(this.#block);
    return dictGone;
  }

  #read(entry: number): void {
    const { member } = this;
    const chunk = chunkIndex(entry);
    member.bytes = this.#arena.bytes[chunk]!;
    member.start = byteOffset(entry) + RANKED_HEADER_BYTES;
    member.length = this.#arena.words[chunk]![wordOffset(entry)]!;
    this.#at = entry;
  }

  #isAt(entry: number, bytes: Uint8Array, start: number, length: number): boolean {
    if (entry === 0) return false;
    this.#read(entry);
    const { member } = this;
    return compareBytes(member.bytes, member.start, member.length, bytes, start, length) === 0;
  }

  #keepRoots(): void {
    const words = this.#arena.words[chunkIndex(this.#block)]!;
    const at = wordOffset(this.#block);
    words[at + DICT_ROOT] = this.#dict.root;
    words[at + TREE_ROOT] = this.#tree.root;
  }
}
