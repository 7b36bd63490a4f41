import type { Arena } from '../../memory/arena.ts';
import type { ByteSlice } from '../../memory/byte-slice.ts';
import { ElementView, nextElement, previousElement } from '../../memory/listpack.ts';
import { ListpackElement } from '../../memory/listpack-element.ts';
import { valueWord } from '../entry.ts';
import { COUNT, FIRST, LAST, type ListChains } from './list-chains.ts';
import { type End, ListNode, NODE_HEADER } from './list-node.ts';

/** A place in a list: finds, reads, inserts, replaces and removes elements there. One of these is reused for every list. */
export class ListCursor {
  /** The element that was looked at last; valid until the next look or change. */
  readonly view = new ElementView();

  readonly #arena: Arena;
  readonly #chains: ListChains;
  readonly #element = new ListpackElement();
  readonly #fresh = new ListNode();
  #root = 0;
  readonly #at = new ListNode();
  /** Where the element begins, in the node's bytes. */
  #offset = 0;
  /** After a seek: elements of the node from the cursor on. */
  #behind = 0;

  constructor(arena: Arena, chains: ListChains) {
    this.#arena = arena;
    this.#chains = chains;
  }

  /** Sets the cursor to the element at an end. @returns false if there is none. */
  seekEnd(entry: number, end: End): boolean {
    this.#root = valueWord(this.#arena, entry);
    const address = this.#chains.word(this.#root, end === 'head' ? FIRST : LAST);
    if (address === 0) return false;
    const node = this.#at.open(this.#arena, address);
    this.#offset = end === 'head' ? node.start : previousElement(node.bytes, node.stop);
    this.#behind = end === 'head' ? node.count : 1;
    return true;
  }

  /** Sets the cursor to an element by its index from the head, which must be in the list. */
  seek(entry: number, index: number): void {
    this.#root = valueWord(this.#arena, entry);
    const count = this.#chains.word(this.#root, COUNT);
    const inNode = index < count / 2 ? this.#seekNode(index) : this.#seekNodeBack(count - 1 - index);
    const node = this.#at;
    this.#behind = node.count - inNode;
    if (inNode < node.count / 2) {
      this.#offset = node.start;
      for (let i = inNode; i > 0; i--) this.#offset = nextElement(node.bytes, this.#offset);
    } else {
      this.#offset = node.stop;
      for (let i = this.#behind; i > 0; i--) {
        this.#offset = previousElement(node.bytes, this.#offset);
      }
    }
  }

  /** Looks at the element at the cursor. */
  current(): ByteSlice {
    this.view.read(this.#at.bytes, this.#offset);
    return this.view;
  }

  /** True if the element at the cursor is the one taken by {@link wanted}. */
  isWanted(): boolean {
    return this.#element.isAt(this.#at.bytes, this.#offset);
  }

  /** What {@link isWanted} compares with; to be called after the last change. */
  wanted(source: Uint8Array, start: number, length: number): void {
    this.#element.take(source, start, length);
  }

  /** Moves the cursor towards the tail. @returns false behind the last element. */
  next(): boolean {
    const node = this.#at;
    this.#offset = nextElement(node.bytes, this.#offset);
    if (this.#offset < node.stop) return true;
    if (node.next === 0) return false;
    node.open(this.#arena, node.next);
    this.#offset = node.start;
    return true;
  }

  /** Moves the cursor towards the head. @returns false before the first element. */
  previous(): boolean {
    const node = this.#at;
    if (this.#offset === node.start) {
      if (node.previous === 0) return false;
      node.open(this.#arena, node.previous);
      this.#offset = node.stop;
    }
    this.#offset = previousElement(node.bytes, this.#offset);
    return true;
  }

  /**
   * Right after a seek: hands over `count` elements from the cursor on, as they lie: stretches of elements one behind
   * the other.
   * @param take is given the bytes, the offset of the first and how many there are.
   */
  stretches(count: number, take: (bytes: Uint8Array, at: number, count: number) => void): void {
    const node = this.#at;
    for (let left = count; left > 0; ) {
      const taken = Math.min(left, this.#behind);
      take(node.bytes, this.#offset, taken);
      left -= taken;
      if (left === 0) return;
      node.open(this.#arena, node.next);
      this.#offset = node.start;
      this.#behind = node.count;
    }
  }

  /** Replaces the element at the cursor. @throws OutOfMemoryError, nothing having changed */
  replace(source: Uint8Array, start: number, length: number): void {
    const node = this.#at;
    const size = this.#element.take(source, start, length);
    const old = nextElement(node.bytes, this.#offset) - this.#offset;
    if (size !== old) this.#openGap(old, size, 0);
    this.#element.write(this.#at.bytes, this.#offset);
  }

  /** Inserts an element before or behind the one at the cursor. @throws OutOfMemoryError, nothing having changed */
  insert(behind: boolean, source: Uint8Array, start: number, length: number): void {
    const size = this.#element.take(source, start, length);
    if (behind) this.#offset = nextElement(this.#at.bytes, this.#offset);
    this.#openGap(0, size, 1);
    this.#element.write(this.#at.bytes, this.#offset);
    this.#chains.setWord(this.#root, COUNT, this.#chains.word(this.#root, COUNT) + 1);
  }

  /**
   * Removes the element at the cursor, which then stands at the next one, or at the one before.
   * @returns false if there is none in that direction.
   */
  remove(towards: End): boolean {
    const node = this.#at;
    const size = nextElement(node.bytes, this.#offset) - this.#offset;
    this.#chains.setWord(this.#root, COUNT, this.#chains.word(this.#root, COUNT) - 1);
    if (node.count === 1) {
      const { next, previous } = node;
      this.#chains.unlink(this.#root, node);
      return this.#enter(towards === 'tail' ? next : previous, towards);
    }
    node.bytes.copyWithin(this.#offset, this.#offset + size, node.stop);
    node.end -= size;
    node.count--;
    if (towards === 'head') return this.previous();
    if (this.#offset < node.stop) return true;
    return this.#enter(node.next, towards);
  }

  /** Opens the node that holds the element of that index. @returns the element's index in the node. */
  #seekNode(index: number): number {
    let left = index;
    const node = this.#at.open(this.#arena, this.#chains.word(this.#root, FIRST));
    for (; left >= node.count; node.open(this.#arena, node.next)) left -= node.count;
    return left;
  }

  /** As {@link #seekNode}, the index being counted from the tail. */
  #seekNodeBack(index: number): number {
    let left = index;
    const node = this.#at.open(this.#arena, this.#chains.word(this.#root, LAST));
    for (; left >= node.count; node.open(this.#arena, node.previous)) left -= node.count;
    return node.count - 1 - left;
  }

  /** Sets the cursor to the end of a node by which one comes to it. */
  #enter(address: number, towards: End): boolean {
    if (address === 0) return false;
    const node = this.#at.open(this.#arena, address);
    this.#offset = towards === 'tail' ? node.start : previousElement(node.bytes, node.stop);
    return true;
  }

  /**
   * Replaces the `removed` bytes at the cursor by a gap of `inserted` bytes. A node that would become too large is
   * split at the cursor.
   */
  #openGap(removed: number, inserted: number, countChange: number): void {
    const used = this.#at.used + inserted - removed;
    const fits =
      NODE_HEADER + used <= this.#chains.maxNodeBytes() &&
      this.#at.count + countChange <= this.#chains.maxNodeCount();
    if (!fits && countChange > 0) this.#splitAtCursor(inserted);
    const node = this.#at;
    const before = this.#offset - node.start;
    const wanted = NODE_HEADER + node.used + inserted - removed;
    if (wanted > node.capacity) this.#chains.resize(this.#root, node, wanted, false);
    else node.slide(NODE_HEADER);
    this.#offset = node.start + before;
    node.bytes.copyWithin(this.#offset + inserted, this.#offset + removed, node.stop);
    node.end += inserted - removed;
    node.count += countChange;
  }

  /** Moves what is at and behind the cursor to a node of its own; the cursor then stands at the end of what stays. */
  #splitAtCursor(size: number): void {
    const node = this.#at;
    if (this.#offset === node.stop && node.used > 0) return this.#openNode(size, true);
    if (this.#offset === node.start) return this.#openNode(size, false);
    const tail = this.#fresh.create(this.#arena, NODE_HEADER + (node.stop - this.#offset));
    tail.bytes.set(node.bytes.subarray(this.#offset, node.stop), tail.start);
    tail.end = NODE_HEADER + (node.stop - this.#offset);
    let moved = 0;
    for (let at = this.#offset; at < node.stop; at = nextElement(node.bytes, at)) moved++;
    tail.count = moved;
    node.count -= moved;
    node.end = this.#offset - node.offset;
    this.#chains.linkBehind(this.#root, node, tail);
    if (NODE_HEADER + node.used + size > this.#chains.maxNodeBytes()) this.#openNode(size, true);
  }

  /** Sets the cursor into a new node without elements, before or behind its own. */
  #openNode(size: number, behind: boolean): void {
    const fresh = this.#fresh.create(this.#arena, NODE_HEADER + size);
    const { address } = fresh;
    if (behind) this.#chains.linkBehind(this.#root, this.#at, fresh);
    else if (this.#at.previous === 0) this.#chains.linkFirst(this.#root, fresh);
    else this.#chains.linkBehind(this.#root, new ListNode().open(this.#arena, this.#at.previous), fresh);
    this.#offset = this.#at.open(this.#arena, address).start;
  }
}
