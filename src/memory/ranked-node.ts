import { type Arena, chunkIndex, wordOffset } from './arena.ts';

/**
 * A node of a ranked tree. A leaf's slots are entries; the slots of an inner node are its children, each with the
 * first entry below it and with how many there are.
 *
 *     word 0      slots in use (low 16 bits) and slots that there is room for
 *     word 1      0: a leaf; 1: an inner node
 *     word 2, 3   the leaf before and the leaf behind; 0 at the ends
 *     then        scores (doubles), addresses (u32), and in an inner node first entries (u32) and weights (u32)
 *
 * What an inner node says of the first entry of its first child may be out of date: nobody compares with it.
 */
export const NODE_SLOTS = 64;
const HEADER_BYTES = 16;
const HEADER_WORDS = HEADER_BYTES / 4;
const CAPACITY_SHIFT = 16;
const COUNT_MASK = 0xffff;
const LEAF_SLOT_BYTES = 12;
const INNER_SLOT_BYTES = 20;

/** One node, looked at: where its slots are. Reused for every look. */
export class RankedNode {
  address = 0;
  words: Uint32Array = new Uint32Array(0);
  floats: Float64Array = new Float64Array(0);
  at = 0;
  floatAt = 0;
  capacity = 0;
  count = 0;
  isLeaf = true;
  /** What {@link slotFromStart} and {@link slotFromEnd} have found out beside the slot. */
  within = 0;
  /** Index of the first slot's word in each of the arrays. */
  refs = 0;
  firsts = 0;
  weights = 0;

  open(arena: Arena, address: number): this {
    const chunk = chunkIndex(address);
    const words = arena.words[chunk]!;
    const at = wordOffset(address);
    const capacity = words[at]! >>> CAPACITY_SHIFT;
    this.address = address;
    this.words = words;
    this.floats = arena.floats[chunk]!;
    this.at = at;
    this.floatAt = (at + HEADER_WORDS) >>> 1;
    this.capacity = capacity;
    this.count = words[at]! & COUNT_MASK;
    this.isLeaf = words[at + 1] === 0;
    this.refs = at + HEADER_WORDS + capacity * 2;
    // In a leaf the entries are the keys themselves.
    this.firsts = this.isLeaf ? this.refs : this.refs + capacity;
    this.weights = this.firsts + capacity;
    return this;
  }

  /** Makes a node without slots in use. @throws OutOfMemoryError */
  create(arena: Arena, isLeaf: boolean, capacity: number): this {
    const address = arena.allocate(HEADER_BYTES + capacity * (isLeaf ? LEAF_SLOT_BYTES : INNER_SLOT_BYTES));
    const words = arena.words[chunkIndex(address)]!;
    const at = wordOffset(address);
    words[at] = capacity << CAPACITY_SHIFT;
    words[at + 1] = isLeaf ? 0 : 1;
    words[at + 2] = 0;
    words[at + 3] = 0;
    return this.open(arena, address);
  }

  score(slot: number): number {
    return this.floats[this.floatAt + slot]!;
  }

  /** The entry, or the child. */
  ref(slot: number): number {
    return this.words[this.refs + slot]!;
  }

  /** The entry whose key is the slot's. */
  first(slot: number): number {
    return this.words[this.firsts + slot]!;
  }

  /** Entries at or below a slot. */
  weight(slot: number): number {
    return this.isLeaf ? 1 : this.words[this.weights + slot]!;
  }

  /**
   * The slot of the entry that has so many others before it in this node and below; {@link within} says how many of
   * them are in that slot.
   */
  slotFromStart(before: number): number {
    let slot = 0;
    let left = before;
    for (let weight = this.weight(0); left >= weight; weight = this.weight(slot)) {
      left -= weight;
      slot++;
    }
    this.within = left;
    return slot;
  }

  /** As {@link slotFromStart}, for the entry that is, with all behind it, the `last` last ones. */
  slotFromEnd(last: number): number {
    let slot = this.count - 1;
    let left = last;
    let weight = this.weight(slot);
    while (left > weight) {
      left -= weight;
      slot--;
      weight = this.weight(slot);
    }
    this.within = weight - left;
    return slot;
  }

  addWeight(slot: number, change: number): void {
    this.words[this.weights + slot]! += change;
  }

  get previous(): number {
    return this.words[this.at + 2]!;
  }

  set previous(leaf: number) {
    this.words[this.at + 2] = leaf;
  }

  get next(): number {
    return this.words[this.at + 3]!;
  }

  set next(leaf: number) {
    this.words[this.at + 3] = leaf;
  }

  setCount(count: number): void {
    this.count = count;
    this.words[this.at] = (this.capacity << CAPACITY_SHIFT) | count;
  }

  /** Lets a slot say where a subtree begins. */
  setFirst(slot: number, score: number, entry: number): void {
    this.floats[this.floatAt + slot] = score;
    this.words[this.firsts + slot] = entry;
  }

  /** Opens a slot before `slot`; there must be room. */
  insert(slot: number, score: number, ref: number, first: number, weight: number): void {
    const { words, floats, floatAt, refs, firsts, weights, count } = this;
    for (let i = count; i > slot; i--) {
      floats[floatAt + i] = floats[floatAt + i - 1]!;
      words[refs + i] = words[refs + i - 1]!;
    }
    floats[floatAt + slot] = score;
    words[refs + slot] = ref;
    if (!this.isLeaf) {
      for (let i = count; i > slot; i--) {
        words[firsts + i] = words[firsts + i - 1]!;
        words[weights + i] = words[weights + i - 1]!;
      }
      words[firsts + slot] = first;
      words[weights + slot] = weight;
    }
    this.setCount(count + 1);
  }

  remove(slot: number): void {
    const { words, floats, floatAt, refs, firsts, weights } = this;
    const last = this.count - 1;
    for (let i = slot; i < last; i++) {
      floats[floatAt + i] = floats[floatAt + i + 1]!;
      words[refs + i] = words[refs + i + 1]!;
    }
    if (!this.isLeaf) {
      for (let i = slot; i < last; i++) {
        words[firsts + i] = words[firsts + i + 1]!;
        words[weights + i] = words[weights + i + 1]!;
      }
    }
    this.setCount(last);
  }

  /** Appends the slots from `from` on of a node of the same kind, which keeps those before. */
  takeTail(other: RankedNode, from: number): void {
    const base = this.count - from;
    for (let slot = from; slot < other.count; slot++) {
      this.floats[this.floatAt + base + slot] = other.score(slot);
      this.words[this.refs + base + slot] = other.ref(slot);
      if (this.isLeaf) continue;
      this.words[this.firsts + base + slot] = other.first(slot);
      this.words[this.weights + base + slot] = other.weight(slot);
    }
    this.setCount(base + other.count);
    other.setCount(from);
  }

  /** Entries at or below all slots. */
  totalWeight(): number {
    if (this.isLeaf) return this.count;
    let sum = 0;
    for (let slot = 0; slot < this.count; slot++) sum += this.words[this.weights + slot]!;
    return sum;
  }
}
