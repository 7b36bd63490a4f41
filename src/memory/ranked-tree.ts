import { scoreOf, setScore } from './ranked-key.ts';
import { NODE_SLOTS, RankedNode } from './ranked-node.ts';
import { RankedWalk, ROOT_BYTES, ROOT_COUNT, ROOT_HEIGHT, ROOT_TOP } from './ranked-walk.ts';

/** Slots of the first leaf: most trees stay small. */
const FIRST_SLOTS = 8;
const HALF = NODE_SLOTS / 2;
/** Slots that go along when a node is split at its end, as one that only grows there is: it stays nearly full. */
const EDGE_SLOTS = 4;
/** Two neighbours with no more slots than this become one; one of them must have lost most of its own. */
const SPARSE_SLOTS = NODE_SLOTS / 4;
const JOINED_SLOTS = (NODE_SLOTS * 3) / 4;
/**
 * An order-statistic B+ tree in the arena: entries in the order of their scores and, where these are equal, of their
 * keys as bytes, each once. Finding, inserting and removing by key or by rank take O(log n). The entries are the
 * owner's blocks: word 0 the length of the key (low 30 bits), word 1 the owner's, words 2 and 3 the score, a double,
 * then the key.
 */
export class RankedTree extends RankedWalk {
  readonly #node = new RankedNode();
  readonly #other = new RankedNode();
  readonly #parent = new RankedNode();
  readonly #full = new RankedNode();

  /** Adds an entry whose score and key are not in the tree. @throws OutOfMemoryError, nothing having been added */
  insert(entry: number): void {
    this.#insert(entry, false, true);
  }

  /** Adds an entry that belongs behind all others, without comparing. @throws as {@link insert} */
  append(entry: number): void {
    this.#insert(entry, true, true);
  }

  /** Gives an entry another score. @throws OutOfMemoryError, nothing having changed */
  rescore(entry: number, score: number): void {
    const before = scoreOf(this.arena, entry);
    this.remove(entry);
    setScore(this.arena, entry, score);
    try {
      this.#insert(entry, false, true);
    } catch (error) {
      setScore(this.arena, entry, before);
      // It has just left the leaf in which it belongs: there is room.
      this.#insert(entry, false, false);
      throw error;
    }
  }

  /** Puts an entry in the place of one that has the same score and key. */
  replace(entry: number, by: number): void {
    this.key.takeEntry(entry);
    this.descend(false);
    const height = this.rootWord(ROOT_HEIGHT);
    const slot = this.slots[height]!;
    const leaf = this.#node.open(this.arena, this.path[height]!);
    leaf.setFirst(slot, leaf.score(slot), by);
    if (slot === 0) this.#correctFirst(height, leaf.score(0), by);
  }

  /** @param mayGrow false if there is known to be room. */
  #insert(entry: number, isLast: boolean, mayGrow: boolean): void {
    const arena = this.arena;
    if (this.root === 0) this.#create();
    const key = this.key.takeEntry(entry);
    if (mayGrow) this.#growTop();
    const height = this.#descendToInsert(isLast, mayGrow);
    for (let level = 0; level < height; level++) {
      this.#node.open(arena, this.path[level]!).addWeight(this.slots[level]!, 1);
    }
    const leaf = this.#node.open(arena, this.path[height]!);
    leaf.insert(isLast ? leaf.count : key.slotIn(leaf), key.score, entry, entry, 1);
    this.#addCount(1);
  }

  /** Takes out an entry, which must be in the tree. */
  remove(entry: number): void {
    this.key.takeEntry(entry);
    this.descend(false);
    this.#removeAtPath();
  }

  /** Takes out the entry to which {@link seekRank} has just set the cursor. */
  removeSought(): void {
    this.#removeAtPath();
  }

  /** Bytes of the root and of all nodes, about: what so many entries take on the average. */
  get bytes(): number {
    return this.root === 0 ? 0 : ROOT_BYTES + Math.max(FIRST_SLOTS * 12 + 16, Math.ceil(this.count * 18));
  }

  /**
   * Takes the tree apart, about that many entries at a time; nothing else may be done with it in between.
   * @param onEntry is given each entry, once.
   * @returns true when nothing is left.
   */
  freeSlice(maxEntries: number, onEntry: (entry: number) => void): boolean {
    const arena = this.arena;
    let left = maxEntries;
    while (this.root !== 0 && left > 0) {
      const node = this.#node.open(arena, this.rootWord(ROOT_TOP));
      let level = 0;
      this.path[0] = node.address;
      while (!node.isLeaf) {
        this.path[++level] = node.ref(node.count - 1);
        node.open(arena, this.path[level]!);
      }
      for (let slot = 0; slot < node.count; slot++) onEntry(node.ref(slot));
      left -= node.count;
      this.#dropLast(level);
    }
    return this.root === 0;
  }

  #addCount(change: number): void {
    this.setRootWord(ROOT_COUNT, this.rootWord(ROOT_COUNT) + change);
  }

  #create(): void {
    const top = this.#node.create(this.arena, true, FIRST_SLOTS).address;
    try {
      this.root = this.arena.allocate(ROOT_BYTES);
    } catch (error) {
      this.arena.free(top);
      throw error;
    }
    this.setRootWord(ROOT_TOP, top);
    this.setRootWord(ROOT_COUNT, 0);
    this.setRootWord(ROOT_HEIGHT, 0);
  }

  /** Makes room in the top node, if it has none: a small leaf grows, another one gets a node above it and is split. */
  #growTop(): void {
    const arena = this.arena;
    const top = this.#node.open(arena, this.rootWord(ROOT_TOP));
    if (top.count < top.capacity) return;
    if (top.capacity < NODE_SLOTS) {
      const grown = this.#other.create(arena, true, top.capacity * 2);
      grown.takeTail(top, 0);
      arena.free(top.address);
      return this.setRootWord(ROOT_TOP, grown.address);
    }
    const parent = this.#other.create(arena, false, NODE_SLOTS);
    parent.insert(0, top.score(0), top.address, top.first(0), this.count);
    const { address } = parent;
    try {
      this.#split(address, 0);
    } catch (error) {
      arena.free(address);
      throw error;
    }
    this.setRootWord(ROOT_TOP, address);
    this.setRootWord(ROOT_HEIGHT, this.rootWord(ROOT_HEIGHT) + 1);
  }

  /** Finds the leaf for a new entry, splitting full nodes on the way if it may. @returns the level of the leaf. */
  #descendToInsert(isLast: boolean, mayGrow: boolean): number {
    const arena = this.arena;
    const node = this.#node;
    const height = this.rootWord(ROOT_HEIGHT);
    let address = this.rootWord(ROOT_TOP);
    for (let level = 0; level < height; level++) {
      node.open(arena, address);
      let slot = isLast ? node.count - 1 : this.key.childIn(node);
      const child = this.#other.open(arena, node.ref(slot));
      if (mayGrow && child.count === child.capacity) {
        this.#split(address, slot);
        node.open(arena, address);
        slot = isLast ? node.count - 1 : this.key.childIn(node);
      }
      this.path[level] = address;
      this.slots[level] = slot;
      address = node.ref(slot);
    }
    this.path[height] = address;
    return height;
  }

  /** Splits a full child of a node that has room. Uses both node views. */
  #split(parent: number, slot: number): void {
    const arena = this.arena;
    const full = this.#full.open(arena, this.#other.open(arena, parent).ref(slot));
    const from = this.#splitPoint(full);
    const right = this.#node.create(arena, full.isLeaf, NODE_SLOTS);
    right.takeTail(full, from);
    const weight = right.totalWeight();
    if (full.isLeaf) this.#linkBehind(full, right);
    const node = this.#other.open(arena, parent);
    node.addWeight(slot, -weight);
    node.insert(slot + 1, right.score(0), right.address, right.first(0), weight);
  }

  #splitPoint(full: RankedNode): number {
    const last = full.count - 1;
    if (this.key.compare(full, last) > 0) return full.count - EDGE_SLOTS;
    if (this.key.compare(full, 1) < 0) return EDGE_SLOTS;
    return HALF;
  }

  #linkBehind(leaf: RankedNode, right: RankedNode): void {
    right.previous = leaf.address;
    right.next = leaf.next;
    if (leaf.next !== 0) this.#other.open(this.arena, leaf.next).previous = right.address;
    leaf.next = right.address;
  }

  #unlink(leaf: RankedNode): void {
    const { previous, next } = leaf;
    if (next !== 0) this.#other.open(this.arena, next).previous = previous;
    if (previous !== 0) this.#other.open(this.arena, previous).next = next;
  }

  /** Takes out the entry that the last descent led to. */
  #removeAtPath(): void {
    const arena = this.arena;
    const height = this.rootWord(ROOT_HEIGHT);
    const node = this.#node;
    for (let level = 0; level < height; level++) {
      node.open(arena, this.path[level]!).addWeight(this.slots[level]!, -1);
    }
    const slot = this.slots[height]!;
    const leaf = node.open(arena, this.path[height]!);
    leaf.remove(slot);
    this.#addCount(-1);
    if (leaf.count === 0) return this.#dropEmpty(height);
    if (slot === 0) this.#correctFirst(height, leaf.score(0), leaf.first(0));
    this.#joinSparse(height);
  }

  /** The leaf at the path begins with another entry: the node that says where it begins is told. */
  #correctFirst(height: number, score: number, entry: number): void {
    for (let level = height - 1; level >= 0; level--) {
      if (this.slots[level] === 0) continue;
      this.#other.open(this.arena, this.path[level]!).setFirst(this.slots[level]!, score, entry);
      return;
    }
  }

  /** Frees the empty leaf at the path, and the nodes that become empty by it. */
  #dropEmpty(height: number): void {
    const arena = this.arena;
    let level = height;
    this.#unlink(this.#node.open(arena, this.path[level]!));
    arena.free(this.path[level]!);
    for (level--; level >= 0; level--) {
      const parent = this.#node.open(arena, this.path[level]!);
      const slot = this.slots[level]!;
      parent.remove(slot);
      if (parent.count > 0) {
        if (slot === 0) this.#correctFirst(level, parent.score(0), parent.first(0));
        return this.#joinSparse(level);
      }
      arena.free(parent.address);
    }
    arena.free(this.root);
    this.root = 0;
  }

  /** Joins a node of the path that has few slots left with a neighbour, and so on upwards. */
  #joinSparse(from: number): void {
    const arena = this.arena;
    for (let level = from; level > 0; level--) {
      const node = this.#node.open(arena, this.path[level]!);
      if (node.count > SPARSE_SLOTS) return;
      const parent = this.#other.open(arena, this.path[level - 1]!);
      const slot = this.slots[level - 1]!;
      const left = slot + 1 < parent.count ? slot : slot - 1;
      if (left < 0 || !this.#join(parent.address, left)) break;
    }
    this.#lowerTop();
  }

  /** Joins two neighbouring children, if they fit comfortably into one. */
  #join(parentAddress: number, slot: number): boolean {
    const arena = this.arena;
    const parent = this.#parent.open(arena, parentAddress);
    const left = this.#full.open(arena, parent.ref(slot));
    const right = this.#node.open(arena, parent.ref(slot + 1));
    if (left.count + right.count > Math.min(JOINED_SLOTS, left.capacity)) return false;
    // Only the parent knows for sure where the right one begins.
    right.setFirst(0, parent.score(slot + 1), parent.first(slot + 1));
    if (left.isLeaf) this.#unlink(right);
    const weight = parent.weight(slot + 1);
    left.takeTail(right, 0);
    parent.addWeight(slot, weight);
    parent.remove(slot + 1);
    arena.free(right.address);
    return true;
  }

  /** A top node with one child is not needed. */
  #lowerTop(): void {
    for (;;) {
      const top = this.#node.open(this.arena, this.rootWord(ROOT_TOP));
      if (top.isLeaf || top.count > 1) return;
      this.setRootWord(ROOT_TOP, top.ref(0));
      this.setRootWord(ROOT_HEIGHT, this.rootWord(ROOT_HEIGHT) - 1);
      this.arena.free(top.address);
    }
  }

  /** While the tree is taken apart: frees the last leaf, and the nodes that become empty by it. */
  #dropLast(leafLevel: number): void {
    const arena = this.arena;
    for (let level = leafLevel; level >= 0; level--) {
      arena.free(this.path[level]!);
      if (level === 0) break;
      const parent = this.#node.open(arena, this.path[level - 1]!);
      parent.setCount(parent.count - 1);
      if (parent.count > 0) return;
    }
    arena.free(this.root);
    this.root = 0;
  }
}
