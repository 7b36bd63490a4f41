import { type Arena, byteOffset, chunkIndex, OutOfMemoryError, wordOffset } from './arena.ts';

/** Bytes before the first element: how many bytes they take (u32), how many there are (u32). */
export const PACKED_HEADER = 8;

/**
 * Small collections: blocks of listpack elements (see `listpack.ts`) one behind the other. A block grows by what the
 * arena's size classes leave: to the class that holds it, so it wastes little, and a collection that grows moves
 * eight times between one power of two and the next.
 */
export class PackedBlocks {
  readonly #arena: Arena;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  /** A block without elements and with room for so many bytes of them. @throws OutOfMemoryError */
  create(room: number): number {
    const block = this.#arena.allocate(PACKED_HEADER + room);
    const words = this.#arena.words[chunkIndex(block)]!;
    const at = wordOffset(block);
    words[at] = 0;
    words[at + 1] = 0;
    return block;
  }

  /** The chunk in which the block lies: the offsets are into it. */
  bytes(block: number): Uint8Array {
    return this.#arena.bytes[chunkIndex(block)]!;
  }

  /** Offset of the first element. */
  start(block: number): number {
    return byteOffset(block) + PACKED_HEADER;
  }

  /** Offset behind the last element. */
  end(block: number): number {
    return byteOffset(block) + PACKED_HEADER + this.used(block);
  }

  /** Bytes of all elements. */
  used(block: number): number {
    return this.#arena.words[chunkIndex(block)]![wordOffset(block)]!;
  }

  /** Number of elements. */
  count(block: number): number {
    return this.#arena.words[chunkIndex(block)]![wordOffset(block) + 1]!;
  }

  /**
   * Replaces the `removed` bytes at offset `at` by a gap of `inserted` bytes, which the caller fills with elements.
   * @param countChange elements that come less those that go.
   * @returns the block, which may lie elsewhere now: the gap is as far from its {@link start} as before.
   * @throws OutOfMemoryError, nothing having changed
   */
  splice(block: number, at: number, removed: number, inserted: number, countChange: number): number {
    const arena = this.#arena;
    const words = arena.words[chunkIndex(block)]!;
    const header = wordOffset(block);
    const used = words[header]! + inserted - removed;
    const wanted = PACKED_HEADER + used;
    const capacity = arena.capacity(block);
    if (wanted > capacity) return this.#move(block, at, removed, inserted, countChange, used);
    if (wanted * 2 < capacity) {
      try {
        return this.#move(block, at, removed, inserted, countChange, used);
      } catch (error) {
        // It need not become smaller: that can be done when there is memory again.
        if (!(error instanceof OutOfMemoryError)) throw error;
      }
    }
    if (inserted !== removed) {
      const end = byteOffset(block) + PACKED_HEADER + words[header]!;
      arena.bytes[chunkIndex(block)]!.copyWithin(at + inserted, at + removed, end);
    }
    words[header] = used;
    words[header + 1]! += countChange;
    return block;
  }

  /** A copy of the block. @throws OutOfMemoryError */
  copy(block: number): number {
    const used = this.used(block);
    const copy = this.create(used);
    this.#fill(copy, used, this.count(block));
    this.#copyBytes(block, 0, used, copy, 0);
    return copy;
  }

  free(block: number): void {
    this.#arena.free(block);
  }

  #move(
    block: number,
    at: number,
    removed: number,
    inserted: number,
    countChange: number,
    used: number,
  ): number {
    const before = at - this.start(block);
    const after = this.used(block) - before - removed;
    const moved = this.create(used);
    this.#fill(moved, used, this.count(block) + countChange);
    this.#copyBytes(block, 0, before, moved, 0);
    this.#copyBytes(block, before + removed, after, moved, before + inserted);
    this.#arena.free(block);
    return moved;
  }

  #fill(block: number, used: number, count: number): void {
    const words = this.#arena.words[chunkIndex(block)]!;
    const at = wordOffset(block);
    words[at] = used;
    words[at + 1] = count;
  }

  /** Copies element bytes; both offsets count from the first element. */
  #copyBytes(from: number, fromAt: number, length: number, to: number, toAt: number): void {
    if (length === 0) return;
    const start = this.start(from) + fromAt;
    this.bytes(to).set(this.bytes(from).subarray(start, start + length), this.start(to) + toAt);
  }
}
