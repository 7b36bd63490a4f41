import type { Arena } from '../../memory/arena.ts';
import { nextElement, skipElements } from '../../memory/listpack.ts';
import { ListpackElement } from '../../memory/listpack-element.ts';
import { PackedBlocks } from '../../memory/packed.ts';
import type { SetMember } from './set-member.ts';

/** Small sets: a packed block in which each member is one element, in the order of their coming. */
export class PackedSets {
  readonly #blocks: PackedBlocks;
  readonly #element = new ListpackElement();

  constructor(arena: Arena) {
    this.#blocks = new PackedBlocks(arena);
  }

  count(block: number): number {
    return this.#blocks.count(block);
  }

  has(block: number, bytes: Uint8Array, start: number, length: number): boolean {
    return this.#find(block, bytes, start, length) >= 0;
  }

  /**
   * Adds a member that is known to be absent.
   * @param block 0 for one that is to be made.
   * @returns the block, which may lie elsewhere now.
   * @throws OutOfMemoryError, nothing having changed
   */
  append(block: number, bytes: Uint8Array, start: number, length: number): number {
    const blocks = this.#blocks;
    const size = this.#element.take(bytes, start, length);
    const roomy = block === 0 ? blocks.create(size) : block;
    const grown = blocks.splice(roomy, blocks.end(roomy), 0, size, 1);
    this.#element.write(blocks.bytes(grown), blocks.end(grown) - size);
    return grown;
  }

  /** Removes a member. @returns the block, which may lie elsewhere now; 0 if there is no such member. */
  remove(block: number, bytes: Uint8Array, start: number, length: number): number {
    const at = this.#find(block, bytes, start, length);
    return at < 0 ? 0 : this.removeAt(block, at);
  }

  /** Removes the member at an offset. @returns the block, which may lie elsewhere now. */
  removeAt(block: number, at: number): number {
    const size = nextElement(this.#blocks.bytes(block), at) - at;
    return this.#blocks.splice(block, at, size, 0, -1);
  }

  /** Offset of the first member. */
  start(block: number): number {
    return this.#blocks.start(block);
  }

  /** Offset of member number `index`. */
  offset(block: number, index: number): number {
    return skipElements(this.#blocks.bytes(block), this.#blocks.start(block), index);
  }

  /** Looks at the member at an offset. @returns the offset of the next one */
  read(block: number, at: number, member: SetMember): number {
    return member.read(this.#blocks.bytes(block), at);
  }

  /** A copy of the block. @throws OutOfMemoryError */
  copy(block: number): number {
    return this.#blocks.copy(block);
  }

  free(block: number): void {
    this.#blocks.free(block);
  }

  #find(block: number, bytes: Uint8Array, start: number, length: number): number {
    const blocks = this.#blocks;
    this.#element.take(bytes, start, length);
    return this.#element.find(blocks.bytes(block), blocks.start(block), blocks.end(block), 1);
  }
}
