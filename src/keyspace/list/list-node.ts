import { type Arena, byteOffset, chunkIndex, wordOffset } from '../../memory/arena.ts';

/**
 * A node of a list: listpack elements with room to spare before and behind them, so that pushing and popping at
 * either end moves nothing.
 *
 *     word 0, 1   the node before and the node behind; 0 at the ends
 *     word 2      elements
 *     word 3, 4   where the elements begin and end, in bytes from the block's begin
 *     word 5      bytes of the block
 */
export const NODE_HEADER = 24;

/** One of the two ends of a list, or the direction to it. */
export type End = 'head' | 'tail';

/** One node, looked at. Reused for every look. */
export class ListNode {
  address = 0;
  words: Uint32Array = new Uint32Array(0);
  bytes: Uint8Array = new Uint8Array(0);
  /** Index of the node's first word and of its first byte. */
  at = 0;
  offset = 0;

  open(arena: Arena, address: number): this {
    const chunk = chunkIndex(address);
    this.address = address;
    this.words = arena.words[chunk]!;
    this.bytes = arena.bytes[chunk]!;
    this.at = wordOffset(address);
    this.offset = byteOffset(address);
    return this;
  }

  /** Makes a node without elements and without neighbours. @throws OutOfMemoryError */
  create(arena: Arena, bytes: number): this {
    const address = arena.allocate(bytes);
    this.open(arena, address);
    this.words.fill(0, this.at, this.at + NODE_HEADER / 4);
    this.words[this.at + 5] = arena.capacity(address);
    this.begin = NODE_HEADER;
    this.end = NODE_HEADER;
    return this;
  }

  get previous(): number {
    return this.words[this.at]!;
  }

  set previous(node: number) {
    this.words[this.at] = node;
  }

  get next(): number {
    return this.words[this.at + 1]!;
  }

  set next(node: number) {
    this.words[this.at + 1] = node;
  }

  get count(): number {
    return this.words[this.at + 2]!;
  }

  set count(count: number) {
    this.words[this.at + 2] = count;
  }

  get begin(): number {
    return this.words[this.at + 3]!;
  }

  set begin(begin: number) {
    this.words[this.at + 3] = begin;
  }

  get end(): number {
    return this.words[this.at + 4]!;
  }

  set end(end: number) {
    this.words[this.at + 4] = end;
  }

  get capacity(): number {
    return this.words[this.at + 5]!;
  }

  /** Offsets of the first element and behind the last, in {@link bytes}. */
  get start(): number {
    return this.offset + this.begin;
  }

  get stop(): number {
    return this.offset + this.end;
  }

  /** Bytes of the elements. */
  get used(): number {
    return this.end - this.begin;
  }

  /** Copies the elements of another node, to begin `begin` bytes behind the block's begin. */
  copyFrom(other: ListNode, begin: number): void {
    this.bytes.set(other.bytes.subarray(other.start, other.stop), this.offset + begin);
    this.begin = begin;
    this.end = begin + other.used;
    this.count = other.count;
  }

  /** Moves the elements inside the block, to begin `begin` bytes behind its begin. */
  slide(begin: number): void {
    const { used } = this;
    this.bytes.copyWithin(this.offset + begin, this.start, this.stop);
    this.begin = begin;
    this.end = begin + used;
  }
}
