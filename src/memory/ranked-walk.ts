import { type Arena, chunkIndex, wordOffset } from './arena.ts';
import { RankedKey } from './ranked-key.ts';
import { RankedNode } from './ranked-node.ts';

/** The root block, in words: top node, entries, levels above the leaves. */
export const ROOT_TOP = 0;
export const ROOT_COUNT = 1;
export const ROOT_HEIGHT = 2;
export const ROOT_BYTES = 16;

/** Enough for 2^32 entries in nodes of four. */
const MAX_HEIGHT = 16;

/**
 * The way into a ranked tree (see `ranked-tree.ts`): finds entries by score and key or by rank, and goes on from there.
 *
 * A cursor is part of the tree: {@link seek} and its like set it; what changes the tree leaves it meaningless.
 */
export class RankedWalk {
  /** Address of the block by which {@link attach} finds this tree again; 0 before the first insertion. */
  root = 0;

  protected readonly arena: Arena;
  protected readonly key: RankedKey;
  /** The way from the top to the leaf of the last descent: nodes, and the slot taken in each. */
  protected readonly path = new Uint32Array(MAX_HEIGHT);
  protected readonly slots = new Uint8Array(MAX_HEIGHT);
  /** The leaf and the slot of the cursor; no leaf: it is behind the last entry. */
  protected readonly leaf = new RankedNode();
  protected slot = 0;

  constructor(arena: Arena, root = 0) {
    this.arena = arena;
    this.key = new RankedKey(arena);
    this.root = root;
  }

  /** Turns to another tree of the same arena (0: an empty one). */
  attach(root: number): void {
    this.root = root;
  }

  /** Number of entries. */
  get count(): number {
    return this.rootWord(ROOT_COUNT);
  }

  /** Number of entries before this one, which must be in the tree. Sets the cursor to it. */
  rankOf(entry: number): number {
    this.key.takeEntry(entry);
    return this.descend(true);
  }

  /** Sets the cursor to the first entry that is not before this score and key. @returns its rank. */
  seek(score: number, key: Uint8Array, start: number, length: number): number {
    this.key.take(score, key, start, length);
    return this.descend(true);
  }

  /** Sets the cursor to the first entry of at least this score, or of a higher one. @returns its rank. */
  seekScore(score: number, higher: boolean): number {
    this.key.takeScore(score, higher);
    return this.descend(true);
  }

  /** Sets the cursor to the entry of that rank, which must be there. */
  seekRank(rank: number): void {
    const node = this.leaf.open(this.arena, this.rootWord(ROOT_TOP));
    let before = rank;
    let total = this.count;
    let level = 0;
    for (; !node.isLeaf; level++) {
      const slot = before * 2 < total ? node.slotFromStart(before) : node.slotFromEnd(total - before);
      before = node.within;
      total = node.weight(slot);
      this.path[level] = node.address;
      this.slots[level] = slot;
      node.open(this.arena, node.ref(slot));
    }
    this.path[level] = node.address;
    this.slots[level] = before;
    this.slot = before;
  }

  /** Sets the cursor behind the last entry: {@link previous} leads to that. */
  seekEnd(): void {
    this.leaf.address = 0;
  }

  /** The entry at the cursor; 0 behind the last. */
  get entry(): number {
    return this.leaf.address === 0 ? 0 : this.leaf.ref(this.slot);
  }

  /** The score of the entry at the cursor. */
  get score(): number {
    return this.leaf.score(this.slot);
  }

  /** Moves the cursor one entry on. @returns the entry there; 0 behind the last. */
  next(): number {
    const leaf = this.leaf;
    if (leaf.address === 0) return 0;
    if (++this.slot < leaf.count) return leaf.ref(this.slot);
    this.slot = 0;
    if (leaf.next === 0) leaf.address = 0;
    else leaf.open(this.arena, leaf.next);
    return this.entry;
  }

  /** Moves the cursor one entry back. @returns the entry there; 0, the cursor staying, before the first. */
  previous(): number {
    const leaf = this.leaf;
    if (leaf.address === 0) {
      if (this.count === 0) return 0;
      this.seekRank(this.count - 1);
      return this.entry;
    }
    if (this.slot > 0) return leaf.ref(--this.slot);
    if (leaf.previous === 0) return 0;
    leaf.open(this.arena, leaf.previous);
    this.slot = leaf.count - 1;
    return this.entry;
  }

  protected rootWord(index: number): number {
    return this.root === 0 ? 0 : this.arena.words[chunkIndex(this.root)]![wordOffset(this.root) + index]!;
  }

  protected setRootWord(index: number, value: number): void {
    this.arena.words[chunkIndex(this.root)]![wordOffset(this.root) + index] = value;
  }

  /** Sets path and cursor to the first entry that is not before the key. @returns its rank, if it `counts` it. */
  protected descend(counts: boolean): number {
    const leaf = this.leaf;
    if (this.root === 0) {
      leaf.address = 0;
      return 0;
    }
    const height = this.rootWord(ROOT_HEIGHT);
    let rank = 0;
    leaf.open(this.arena, this.rootWord(ROOT_TOP));
    for (let level = 0; level < height; level++) {
      const slot = this.key.childIn(leaf);
      if (counts) for (let i = 0; i < slot; i++) rank += leaf.weight(i);
      this.path[level] = leaf.address;
      this.slots[level] = slot;
      leaf.open(this.arena, leaf.ref(slot));
    }
    this.path[height] = leaf.address;
    this.slot = this.key.slotIn(leaf);
    this.slots[height] = this.slot;
    rank += this.slot;
    if (this.slot === leaf.count) {
      // Between the leaves: the entry is the next one's first.
      this.slot = 0;
      if (leaf.next === 0) leaf.address = 0;
      else leaf.open(this.arena, leaf.next);
    }
    return rank;
  }
}
