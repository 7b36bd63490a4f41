import { type Arena, chunkIndex, wordOffset } from '../../memory/arena.ts';
import type { ByteSlice } from '../../memory/byte-slice.ts';
import { nextElement, previousElement } from '../../memory/listpack.ts';
import { ListpackElement } from '../../memory/listpack-element.ts';
import type { EncodingLimits } from '../encoding-limits.ts';
import { setValueWord, valueWord } from '../entry.ts';
import type { LazyFree } from '../lazy-free.ts';
import type { CollectionType } from '../value-type.ts';
import { COUNT, FIRST, LAST, ListChains, NODES, ROOT_BYTES, SMALL_NODE } from './list-chains.ts';
import { ListCursor } from './list-cursor.ts';
import { type End, ListNode, NODE_HEADER } from './list-node.ts';

/** Lists of more nodes are freed in slices. */
const FREED_AT_ONCE = 16;

/**
 * Lists in the arena: chains of nodes (see `list-node.ts`) that are full in the middle of the list and have room at
 * its ends. Pushing and popping take constant time; finding an index takes a step per node and per element of one node.
 */
export class Lists implements CollectionType {
  /** The place where the list asked for last is looked at and changed. */
  readonly cursor: ListCursor;

  readonly #arena: Arena;
  readonly #chains: ListChains;
  readonly #lazyFree: LazyFree;
  readonly #element = new ListpackElement();
  readonly #node = new ListNode();
  readonly #other = new ListNode();

  constructor(arena: Arena, limits: Readonly<EncodingLimits>, lazyFree: LazyFree) {
    this.#arena = arena;
    this.#chains = new ListChains(arena, limits);
    this.cursor = new ListCursor(arena, this.#chains);
    this.#lazyFree = lazyFree;
  }

  initialize(entry: number): void {
    const root = this.#arena.allocate(ROOT_BYTES);
    const at = wordOffset(root);
    this.#arena.words[chunkIndex(root)]!.fill(0, at, at + ROOT_BYTES / 4);
    setValueWord(this.#arena, entry, root);
  }

  count(entry: number): number {
    return this.#chains.word(valueWord(this.#arena, entry), COUNT);
  }

  /** Adds an element at an end. @returns the number of elements. @throws OutOfMemoryError, nothing having been added */
  push(entry: number, end: End, source: Uint8Array, start: number, length: number): number {
    const arena = this.#arena;
    const root = valueWord(arena, entry);
    const size = this.#element.take(source, start, length);
    if (end === 'tail') {
      const node = this.#nodeToAppend(root, size);
      this.#element.write(node.bytes, node.stop);
      node.end += size;
      node.count++;
    } else {
      const node = this.#nodeToPrepend(root, size);
      node.begin -= size;
      this.#element.write(node.bytes, node.start);
      node.count++;
    }
    const words = arena.words[chunkIndex(root)]!;
    const at = wordOffset(root) + COUNT;
    const count = words[at]! + 1;
    words[at] = count;
    return count;
  }

  /** Looks at the element at an end, which must be there. */
  peek(entry: number, end: End): ByteSlice {
    this.cursor.seekEnd(entry, end);
    return this.cursor.current();
  }

  /** Drops the element at an end, which must be there. */
  drop(entry: number, end: End): void {
    const root = valueWord(this.#arena, entry);
    const node = this.#node.open(this.#arena, this.#chains.word(root, end === 'head' ? FIRST : LAST));
    if (end === 'head') node.begin = nextElement(node.bytes, node.start) - node.offset;
    else node.end = previousElement(node.bytes, node.stop) - node.offset;
    node.count--;
    this.#chains.setWord(root, COUNT, this.#chains.word(root, COUNT) - 1);
    if (node.count === 0) this.#chains.unlink(root, node);
    else this.#chains.tighten(root, node);
  }

  /** Drops `count` elements from an end, at most as many as there are. */
  dropMany(entry: number, end: End, count: number): void {
    const root = valueWord(this.#arena, entry);
    let left = count;
    while (left > 0) {
      const node = this.#node.open(this.#arena, this.#chains.word(root, end === 'head' ? FIRST : LAST));
      if (node.count > left) break;
      left -= node.count;
      this.#chains.setWord(root, COUNT, this.#chains.word(root, COUNT) - node.count);
      this.#chains.unlink(root, node);
    }
    for (; left > 0; left--) this.drop(entry, end);
  }

  /** Joins neighbouring nodes that removals have left small. */
  joinSmall(entry: number): void {
    const root = valueWord(this.#arena, entry);
    let address = this.#chains.word(root, FIRST);
    while (address !== 0) {
      const node = this.#node.open(this.#arena, address);
      const { next } = node;
      if (next === 0) return this.#chains.tighten(root, node);
      const behind = this.#other.open(this.#arena, next);
      const fits =
        NODE_HEADER + node.used + behind.used <= node.capacity &&
        node.count + behind.count <= this.#chains.maxNodeCount();
      if (!fits) {
        address = next;
        continue;
      }
      node.slide(NODE_HEADER);
      node.bytes.set(behind.bytes.subarray(behind.start, behind.stop), node.stop);
      node.end += behind.used;
      node.count += behind.count;
      this.#chains.unlink(root, behind);
    }
  }

  /** Number of nodes. */
  nodeCount(entry: number): number {
    return this.#chains.word(valueWord(this.#arena, entry), NODES);
  }

  /** Shows every node, from head to tail; it is valid during the call. */
  eachNode(entry: number, visit: (node: ListNode) => void): void {
    let address = this.#chains.word(valueWord(this.#arena, entry), FIRST);
    while (address !== 0) {
      const node = this.#node.open(this.#arena, address);
      address = node.next;
      visit(node);
    }
  }

  release(entry: number): void {
    const arena = this.#arena;
    const root = valueWord(arena, entry);
    let node = this.#chains.word(root, FIRST);
    const nodes = this.#chains.word(root, NODES);
    arena.free(root);
    const freeSlice = (count: number): boolean => {
      for (let left = count; left > 0 && node !== 0; left--) {
        const { next } = this.#node.open(arena, node);
        arena.free(node);
        node = next;
      }
      return node === 0;
    };
    if (nodes <= FREED_AT_ONCE) freeSlice(nodes);
    else this.#lazyFree.add({ objects: 1, freeSlice });
  }

  unshare(entry: number): void {
    const shared = valueWord(this.#arena, entry);
    this.initialize(entry);
    const root = valueWord(this.#arena, entry);
    try {
      for (let from = this.#chains.word(shared, FIRST); from !== 0; ) {
        const original = this.#other.open(this.#arena, from);
        const copy = this.#node.create(this.#arena, NODE_HEADER + original.used);
        copy.copyFrom(original, NODE_HEADER);
        this.#chains.linkLast(root, copy);
        from = original.next;
      }
    } catch (error) {
      this.release(entry);
      throw error;
    }
    this.#chains.setWord(root, COUNT, this.#chains.word(shared, COUNT));
  }

  inlineBytes(): number {
    return 0;
  }

  externalBytes(entry: number): number {
    const root = valueWord(this.#arena, entry);
    let bytes = this.#arena.capacity(root);
    for (let node = this.#chains.word(root, FIRST); node !== 0; node = this.#node.next) {
      bytes += this.#node.open(this.#arena, node).capacity;
    }
    return bytes;
  }

  encoding(): string {
    return 'quicklist';
  }

  #nodeToAppend(root: number, size: number): ListNode {
    const last = this.#chains.word(root, LAST);
    if (last === 0) return this.#chains.linkLast(root, this.#node.create(this.#arena, firstNodeBytes(size)));
    const node = this.#node.open(this.#arena, last);
    if (node.end + size <= node.capacity && !this.#chains.isFull(node)) return node;
    if (this.#makeRoom(root, node, size, 'tail')) return this.#node;
    return this.#chains.linkLast(root, this.#node.create(this.#arena, this.#chains.nextNodeBytes(size)));
  }

  #nodeToPrepend(root: number, size: number): ListNode {
    const first = this.#chains.word(root, FIRST);
    const node = this.#node;
    if (first === 0) this.#chains.linkLast(root, node.create(this.#arena, firstNodeBytes(size)));
    else if (this.#hasRoomBefore(node.open(this.#arena, first), size)) return node;
    else if (this.#makeRoom(root, node, size, 'head')) return node;
    else this.#chains.linkFirst(root, node.create(this.#arena, this.#chains.nextNodeBytes(size)));
    node.begin = node.capacity;
    node.end = node.capacity;
    return node;
  }

  #hasRoomBefore(node: ListNode, size: number): boolean {
    return node.begin - NODE_HEADER >= size && !this.#chains.isFull(node);
  }

  /**
   * Makes room at one side of a node: moves its elements to the other side where that gains much, or moves them to a
   * larger block.
   * @returns false if the node is as large as it may become.
   */
  #makeRoom(root: number, node: ListNode, size: number, side: End): boolean {
    const wanted = NODE_HEADER + node.used + size;
    if (wanted > this.#chains.maxNodeBytes() || this.#chains.isFull(node)) return false;
    if (node.capacity - wanted >= node.capacity / 4) {
      node.slide(side === 'tail' ? NODE_HEADER : node.capacity - node.used);
      return true;
    }
    const bytes = Math.min(Math.max(wanted, node.capacity * 2), this.#chains.maxNodeBytes());
    if (bytes <= node.capacity) {
      node.slide(side === 'tail' ? NODE_HEADER : node.capacity - node.used);
      return true;
    }
    this.#chains.resize(root, node, bytes, side === 'head');
    return true;
  }
}

const firstNodeBytes = (size: number): number => Math.max(SMALL_NODE, NODE_HEADER + size);
