import { type Arena, byteOffset, chunkIndex, wordOffset } from './arena.ts';
import type { Int64 } from './int64.ts';

/** Bytes before the first integer: how wide each one is (u32), how many there are (u32). */
export const INTSET_HEADER = 8;

/**
 * Sets of integers: blocks of sorted integers, all of 2, 4 or 8 bytes, as wide as the widest needs, little-endian. A
 * block is byte for byte what Redis calls an intset. It never gets narrower again.
 *
 * Source: https://github.com/redis/redis/blob/7.0/src/intset.c
 */
export class Intsets {
  readonly #arena: Arena;
  /** Where {@link find} found the value, or where it would have to be. */
  #place = 0;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  /** A block with one integer. @throws OutOfMemoryError */
  of(value: Int64): number {
    const block = this.#allocate(1, value.width);
    this.#write(block, 0, value.width, value.high, value.low);
    this.#words(block)[wordOffset(block) + 1] = 1;
    return block;
  }

  /** Number of integers. */
  count(block: number): number {
    return this.#words(block)[wordOffset(block) + 1]!;
  }

  /** Bytes of each integer. */
  width(block: number): number {
    return this.#words(block)[wordOffset(block)]!;
  }

  /** Header and integers; valid until the block is changed. */
  view(block: number): Uint8Array {
    const start = byteOffset(block);
    return this.#arena.bytes[chunkIndex(block)]!.subarray(start, start + this.bytes(block));
  }

  /** Bytes of the header and all integers. */
  bytes(block: number): number {
    return INTSET_HEADER + this.count(block) * this.width(block);
  }

  /** Reads integer number `index`, in ascending order. */
  read(block: number, index: number, into: Int64): void {
    const at = wordOffset(block) + INTSET_HEADER / 4;
    if (this.width(block) === 8) {
      const words = this.#words(block);
      into.set(words[at + index * 2 + 1]!, words[at + index * 2]!);
      return;
    }
    const value = this.#word(block, index);
    into.set(value >> 31, value);
  }

  /** True if the value is there. After it {@link insert} and {@link remove} speak of the value. */
  find(block: number, value: Int64): boolean {
    const width = this.width(block);
    const count = this.count(block);
    if (value.width > width) {
      this.#place = value.high < 0 ? 0 : count;
      return false;
    }
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order =
        width === 8 ? this.#compareLong(block, middle, value) : this.#word(block, middle) - value.low;
      if (order === 0) {
        this.#place = middle;
        return true;
      }
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    this.#place = low;
    return false;
  }

  /**
   * Adds the value that {@link find} has just missed.
   * @returns the block, which may lie elsewhere now.
   * @throws OutOfMemoryError, nothing having changed
   */
  insert(block: number, value: Int64): number {
    const count = this.count(block);
    const width = Math.max(this.width(block), value.width);
    const grown =
      width === this.width(block) ? this.#resize(block, count + 1) : this.#widen(block, count + 1, width);
    const bytes = this.#arena.bytes[chunkIndex(grown)]!;
    const at = byteOffset(grown) + INTSET_HEADER + this.#place * width;
    bytes.copyWithin(at + width, at, byteOffset(grown) + INTSET_HEADER + count * width);
    this.#write(grown, this.#place, width, value.high, value.low);
    this.#words(grown)[wordOffset(grown) + 1] = count + 1;
    return grown;
  }

  /** Removes the value that {@link find} has just found. @returns the block, which may lie elsewhere now. */
  remove(block: number): number {
    return this.removeAt(block, this.#place);
  }

  /** Removes integer number `index`. @returns the block, which may lie elsewhere now. */
  removeAt(block: number, index: number): number {
    const count = this.count(block);
    const width = this.width(block);
    const bytes = this.#arena.bytes[chunkIndex(block)]!;
    const at = byteOffset(block) + INTSET_HEADER + index * width;
    bytes.copyWithin(at, at + width, byteOffset(block) + INTSET_HEADER + count * width);
    this.#words(block)[wordOffset(block) + 1] = count - 1;
    const isLarge = this.bytes(block) * 2 < this.#arena.capacity(block);
    return isLarge ? this.#resize(block, count - 1) : block;
  }

  /** A copy of the block. @throws OutOfMemoryError */
  copy(block: number): number {
    return this.#copy(block, this.count(block));
  }

  free(block: number): void {
    this.#arena.free(block);
  }

  #words(block: number): Uint32Array {
    return this.#arena.words[chunkIndex(block)]!;
  }

  /** An integer of at most 32 bits. */
  #word(block: number, index: number): number {
    if (this.width(block) === 4)
      return this.#words(block)[wordOffset(block) + INTSET_HEADER / 4 + index]! | 0;
    const bytes = this.#arena.bytes[chunkIndex(block)]!;
    const at = byteOffset(block) + INTSET_HEADER + index * 2;
    return ((bytes[at]! | (bytes[at + 1]! << 8)) << 16) >> 16;
  }

  #compareLong(block: number, index: number, value: Int64): number {
    const words = this.#words(block);
    const at = wordOffset(block) + INTSET_HEADER / 4 + index * 2;
    const high = words[at + 1]! | 0;
    return high === value.high ? words[at]! - (value.low >>> 0) : high - value.high;
  }

  #write(block: number, index: number, width: number, high: number, low: number): void {
    const at = byteOffset(block) + INTSET_HEADER + index * width;
    if (width === 2) {
      const bytes = this.#arena.bytes[chunkIndex(block)]!;
      bytes[at] = low;
      bytes[at + 1] = low >> 8;
      return;
    }
    const words = this.#words(block);
    words[at >>> 2] = low;
    if (width === 8) words[(at >>> 2) + 1] = high;
  }

  #allocate(count: number, width: number): number {
    const block = this.#arena.allocate(INTSET_HEADER + count * width);
    const words = this.#words(block);
    words[wordOffset(block)] = width;
    words[wordOffset(block) + 1] = 0;
    return block;
  }

  /** Moves the integers, if they must, to where `room` of them fit. */
  #resize(block: number, room: number): number {
    const wanted = INTSET_HEADER + room * this.width(block);
    const capacity = this.#arena.capacity(block);
    if (wanted <= capacity && wanted * 2 >= capacity) return block;
    const moved = this.#copy(block, room);
    this.#arena.free(block);
    return moved;
  }

  #copy(block: number, room: number): number {
    const copy = this.#allocate(room, this.width(block));
    const start = byteOffset(block);
    const from = this.#arena.bytes[chunkIndex(block)]!.subarray(start, start + this.bytes(block));
    this.#arena.bytes[chunkIndex(copy)]!.set(from, byteOffset(copy));
    return copy;
  }

  #widen(block: number, room: number, width: number): number {
    const wide = this.#allocate(room, width);
    const count = this.count(block);
    for (let i = 0; i < count; i++) {
      const value = this.#word(block, i);
      this.#write(wide, i, width, value >> 31, value);
    }
    this.#words(wide)[wordOffset(wide) + 1] = count;
    this.#arena.free(block);
    return wide;
  }
}
