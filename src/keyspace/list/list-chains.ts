import { type Arena, chunkIndex, OutOfMemoryError, wordOffset } from '../../memory/arena.ts';
import type { EncodingLimits } from '../encoding-limits.ts';
import { ListNode, NODE_HEADER } from './list-node.ts';

/** The root block of a list, in words: first node, last node, elements, nodes. */
export const FIRST = 0;
export const LAST = 1;
export const COUNT = 2;
export const NODES = 3;
export const ROOT_BYTES = 16;

/** The first node of a list, in bytes. */
export const SMALL_NODE = 64;
/** Where the setting counts elements, a node has at most this many bytes. */
const COUNTED_NODE_BYTES = 8192;
const LEAST_NODE_BYTES = 4096;

/** The chains of nodes that lists are: how large a node may be, and how nodes are linked, resized and taken out. */
export class ListChains {
  readonly #arena: Arena;
  readonly #limits: Readonly<EncodingLimits>;
  readonly #resized = new ListNode();
  readonly #neighbour = new ListNode();

  constructor(arena: Arena, limits: Readonly<EncodingLimits>) {
    this.#arena = arena;
    this.#limits = limits;
  }

  /** A word of a root block. */
  word(root: number, index: number): number {
    return this.#arena.words[chunkIndex(root)]![wordOffset(root) + index]!;
  }

  setWord(root: number, index: number, value: number): void {
    this.#arena.words[chunkIndex(root)]![wordOffset(root) + index] = value;
  }

  /** The most bytes that a node of small elements may have. */
  maxNodeBytes(): number {
    const size = this.#limits.listMaxListpackSize;
    return size >= 0 ? COUNTED_NODE_BYTES : LEAST_NODE_BYTES << Math.min(-size - 1, 4);
  }

  /** True if the node has as many elements as the setting allows, where that counts elements. */
  isFull(node: ListNode): boolean {
    return node.count >= this.maxNodeCount();
  }

  maxNodeCount(): number {
    const size = this.#limits.listMaxListpackSize;
    return size < 0 ? Number.POSITIVE_INFINITY : Math.max(size, 1);
  }

  /** A node that is not the list's first begins as large as it may become. */
  nextNodeBytes(size: number): number {
    const count = this.maxNodeCount();
    const wanted = NODE_HEADER + size;
    return count * wanted < this.maxNodeBytes() ? count * wanted : Math.max(wanted, this.maxNodeBytes());
  }

  /** Moves a node to a block of another size; its elements come to its begin or to its end. The view shows the new one. */
  resize(root: number, node: ListNode, bytes: number, toEnd: boolean): void {
    const grown = this.#resized.create(this.#arena, bytes);
    grown.copyFrom(node, toEnd ? grown.capacity - node.used : NODE_HEADER);
    const { previous, next, address } = node;
    grown.previous = previous;
    grown.next = next;
    this.#arena.free(address);
    node.open(this.#arena, grown.address);
    if (previous === 0) this.setWord(root, FIRST, node.address);
    else this.#linked(previous).next = node.address;
    if (next === 0) this.setWord(root, LAST, node.address);
    else this.#linked(next).previous = node.address;
  }

  /** Gives the only node of a list less room where it needs far less. */
  tighten(root: number, node: ListNode): void {
    const needed = NODE_HEADER + node.used;
    if (needed * 4 > node.capacity || node.capacity <= SMALL_NODE || this.word(root, NODES) > 1) return;
    try {
      this.resize(root, node, Math.max(SMALL_NODE, needed * 2), false);
    } catch (error) {
      // It need not become smaller: that can be done when there is memory again.
      if (!(error instanceof OutOfMemoryError)) throw error;
    }
  }

  linkLast(root: number, node: ListNode): ListNode {
    const last = this.word(root, LAST);
    node.previous = last;
    if (last === 0) this.setWord(root, FIRST, node.address);
    else this.#linked(last).next = node.address;
    this.setWord(root, LAST, node.address);
    this.setWord(root, NODES, this.word(root, NODES) + 1);
    return node;
  }

  linkFirst(root: number, node: ListNode): void {
    const first = this.word(root, FIRST);
    node.next = first;
    this.#linked(first).previous = node.address;
    this.setWord(root, FIRST, node.address);
    this.setWord(root, NODES, this.word(root, NODES) + 1);
  }

  #linked(address: number): ListNode {
    return this.#neighbour.open(this.#arena, address);
  }

  /** Takes a node out of its list and frees it. */
  unlink(root: number, node: ListNode): void {
    const { previous, next, address } = node;
    if (previous === 0) this.setWord(root, FIRST, next);
    else this.#linked(previous).next = next;
    if (next === 0) this.setWord(root, LAST, previous);
    else this.#linked(next).previous = previous;
    this.setWord(root, NODES, this.word(root, NODES) - 1);
    this.#arena.free(address);
  }

  linkBehind(root: number, node: ListNode, fresh: ListNode): void {
    const { next } = node;
    fresh.previous = node.address;
    fresh.next = next;
    node.next = fresh.address;
    if (next === 0) this.setWord(root, LAST, fresh.address);
    else this.#linked(next).previous = fresh.address;
    this.setWord(root, NODES, this.word(root, NODES) + 1);
  }
}
