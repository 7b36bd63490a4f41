import { type Arena, byteOffset, chunkIndex, wordOffset } from '../../memory/arena.ts';
import { copyBytes } from '../../memory/copy-bytes.ts';
import { Dict, hashKey } from '../../memory/dict.ts';
import type { Remains } from '../lazy-free.ts';
import { MEMBER_HEADER, type SetMember } from './set-member.ts';

/** Large sets: a dict in which each member is a block of its own. A set is known by the root of its dict. */
export class MemberTable {
  readonly #arena: Arena;
  readonly #dict: Dict;

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#dict = new Dict(arena, 0, MEMBER_HEADER);
  }

  count(root: number): number {
    this.#dict.attach(root);
    return this.#dict.count;
  }

  has(root: number, bytes: Uint8Array, start: number, length: number): boolean {
    this.#dict.attach(root);
    return this.#dict.find(hashKey(bytes, start, length), bytes, start, length) !== 0;
  }

  /**
   * Adds a member.
   * @param root 0 for a table that is to be made.
   * @returns the root, or 0 if the member was there.
   * @throws OutOfMemoryError, nothing having been added
   */
  add(root: number, bytes: Uint8Array, start: number, length: number): number {
    const dict = this.#dict;
    dict.attach(root);
    const hash = hashKey(bytes, start, length);
    if (dict.find(hash, bytes, start, length) !== 0) return 0;
    const member = this.#create(bytes, start, length);
    try {
      dict.insert(hash, member);
    } catch (error) {
      this.#arena.free(member);
      throw error;
    }
    return dict.root;
  }

  remove(root: number, bytes: Uint8Array, start: number, length: number): boolean {
    const dict = this.#dict;
    dict.attach(root);
    const member = dict.find(hashKey(bytes, start, length), bytes, start, length);
    if (member === 0) return false;
    dict.removeFound();
    this.#arena.free(member);
    return true;
  }

  /** The block of some member. */
  randomBlock(root: number, random: () => number): number {
    this.#dict.attach(root);
    return this.#dict.randomEntry(random);
  }

  /** Removes the member of which `member` is a view and `block` the block. */
  removeBlock(root: number, block: number, member: SetMember): void {
    this.#dict.attach(root);
    this.#dict.findEntry(hashKey(member.bytes, member.start, member.length), block);
    this.#dict.removeFound();
    this.#arena.free(block);
  }

  /** Walks one step, as {@link Dict.scan}. */
  scan(root: number, cursor: number, emit: (block: number) => void): number {
    this.#dict.attach(root);
    return this.#dict.scan(cursor, emit);
  }

  /** Walks one large step, as {@link Dict.scanSegment}. */
  scanSegment(root: number, cursor: number, emit: (block: number) => void): number {
    this.#dict.attach(root);
    return this.#dict.scanSegment(cursor, emit);
  }

  /** A copy of the table. @throws OutOfMemoryError, nothing being left of it */
  copy(root: number): number {
    const arena = this.#arena;
    const copy = new Dict(arena, 0, MEMBER_HEADER);
    const copyMember = (block: number, hash: number): void => {
      const bytes = arena.bytes[chunkIndex(block)]!;
      const length = arena.words[chunkIndex(block)]![wordOffset(block)]!;
      copy.insert(hash, this.#create(bytes, byteOffset(block) + MEMBER_HEADER, length));
    };
    try {
      let cursor = 0;
      this.#dict.attach(root);
      do cursor = this.#dict.scan(cursor, copyMember);
      while (cursor !== 0);
    } catch (error) {
      while (!this.remains(copy.root).freeSlice(copy.count));
      throw error;
    }
    return copy.root;
  }

  /** What is left of a table that is no set any more, to be freed bit by bit. */
  remains(root: number): Remains {
    const dict = new Dict(this.#arena, root, MEMBER_HEADER);
    const free = (block: number): void => this.#arena.free(block);
    return { objects: 1, freeSlice: (count) => dict.freeSlice(count, free) };
  }

  /** Bytes of the tables and of all members. @param samples members to look at for a mean; 0 for all. */
  memoryBytes(root: number, samples: number, random: () => number): number {
    const dict = this.#dict;
    dict.attach(root);
    const looked = samples === 0 ? dict.count : Math.min(samples, dict.count);
    let bytes = 0;
    const add = (block: number): void => {
      bytes += this.#arena.capacity(block);
    };
    dict.someEntries(looked, random, add);
    return dict.memoryBytes() + (looked === 0 ? 0 : Math.round((bytes / looked) * dict.count));
  }

  #create(bytes: Uint8Array, start: number, length: number): number {
    const arena = this.#arena;
    const block = arena.allocate(MEMBER_HEADER + length);
    arena.words[chunkIndex(block)]![wordOffset(block)] = length;
    copyBytes(bytes, start, length, arena.bytes[chunkIndex(block)]!, byteOffset(block) + MEMBER_HEADER);
    return block;
  }
}
