import { type Arena, byteOffset, chunkIndex, wordOffset } from '../../memory/arena.ts';
import { RANKED_HEADER_BYTES, setScore } from '../../memory/ranked-key.ts';
import { RankedTree } from '../../memory/ranked-tree.ts';
import { StreamConsumer, type StreamGroup } from './stream-group.ts';
import { ID_BYTES, StreamId } from './stream-id.ts';

/**
 * An entry that was delivered and is not acknowledged yet: an entry of two ranked trees, the group's and its consumer's,
 * whose score is the id's milliseconds and whose key is the whole id in big-endian bytes. Word 1 is the address of the
 * consumer; behind the key follow the time of the last delivery (a double) and the number of deliveries (64 bits).
 */
const TIME_BYTE = RANKED_HEADER_BYTES + ID_BYTES;
const COUNT_BYTE = TIME_BYTE + 8;
const PENDING_BYTES = COUNT_BYTE + 8;

/** A look at one pending entry after the other. */
export class PendingEntry {
  /** 0: none. */
  address = 0;
  readonly #arena: Arena;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  open(address: number): this {
    this.address = address;
    return this;
  }

  /** Reads the id. */
  id(into: StreamId): StreamId {
    return into.readBytes(
      this.#arena.bytes[chunkIndex(this.address)]!,
      byteOffset(this.address) + RANKED_HEADER_BYTES,
    );
  }

  /** Address of the consumer. */
  get consumer(): number {
    return this.#arena.words[chunkIndex(this.address)]![wordOffset(this.address) + 1]!;
  }

  set consumer(address: number) {
    this.#arena.words[chunkIndex(this.address)]![wordOffset(this.address) + 1] = address;
  }

  /** When it was last delivered, in Unix milliseconds. */
  get time(): number {
    return this.#arena.floats[chunkIndex(this.address)]![(byteOffset(this.address) + TIME_BYTE) >>> 3]!;
  }

  set time(time: number) {
    this.#arena.floats[chunkIndex(this.address)]![(byteOffset(this.address) + TIME_BYTE) >>> 3] = time;
  }

  /** How often it was delivered. */
  get deliveries(): bigint {
    const words = this.#arena.words[chunkIndex(this.address)]!;
    const at = (byteOffset(this.address) + COUNT_BYTE) >>> 2;
    return (BigInt(words[at + 1]!) << 32n) | BigInt(words[at]!);
  }

  set deliveries(count: bigint) {
    const words = this.#arena.words[chunkIndex(this.address)]!;
    const at = (byteOffset(this.address) + COUNT_BYTE) >>> 2;
    words[at] = Number(BigInt.asUintN(32, count));
    words[at + 1] = Number(BigInt.asUintN(32, count >> 32n));
  }

  setDeliveredOnce(): void {
    const words = this.#arena.words[chunkIndex(this.address)]!;
    const at = (byteOffset(this.address) + COUNT_BYTE) >>> 2;
    words[at] = 1;
    words[at + 1] = 0;
  }
}

/** The pending entries of groups and of their consumers: found, added, taken away, given to another consumer. */
export class PendingEntries {
  /** The entry that is being looked at. */
  readonly entry: PendingEntry;
  /** The consumer of the entry that {@link openOwner} was called for. */
  readonly owner: StreamConsumer;
  /** The tree that was {@link attach}ed last; its cursor is the caller's, until an entry is added or removed. */
  readonly tree: RankedTree;
  /** The tree that is being changed. */
  readonly #changed: RankedTree;
  readonly #arena: Arena;
  readonly #consumer: StreamConsumer;
  readonly #id = new StreamId();
  readonly #key = new Uint8Array(ID_BYTES);

  constructor(arena: Arena) {
    this.#arena = arena;
    this.tree = new RankedTree(arena);
    this.#changed = new RankedTree(arena);
    this.#consumer = new StreamConsumer(arena);
    this.entry = new PendingEntry(arena);
    this.owner = new StreamConsumer(arena);
  }

  /** Turns to the entries of a group or of a consumer. */
  attach({ pending }: { readonly pending: number }): RankedTree {
    this.tree.attach(pending);
    return this.tree;
  }

  /** Sets the cursor of {@link tree} to the first entry whose id is at least `id`. @returns its address; 0 if there is none. */
  seek(id: StreamId): number {
    id.writeBytes(this.#key, 0);
    this.tree.seek(id.ms, this.#key, 0, ID_BYTES);
    return this.tree.entry;
  }

  /** Opens {@link entry} on a group's entry of that id. @returns its address; 0 if there is none. */
  find(group: StreamGroup, id: StreamId): number {
    this.attach(group);
    const address = this.seek(id);
    return address !== 0 && this.entry.open(address).id(this.#id).compare(id) === 0 ? address : 0;
  }

  /** Reads the greatest id that a group has pending; 0-0 if there is none. */
  lastId(group: StreamGroup, into: StreamId): StreamId {
    const tree = this.attach(group);
    if (tree.count === 0) return into.setLeast();
    tree.seekRank(tree.count - 1);
    return this.entry.open(tree.entry).id(into);
  }

  /** Opens {@link owner} on the consumer of {@link entry}. */
  openOwner(): StreamConsumer {
    return this.owner.open(this.entry.consumer);
  }

  /**
   * Adds an entry that the group does not have, delivered once, and opens {@link entry} on it.
   * @param isLast its id is known to be above all others that are pending. @throws OutOfMemoryError
   */
  add(group: StreamGroup, consumer: StreamConsumer, id: StreamId, time: number, isLast: boolean): void {
    const arena = this.#arena;
    const address = arena.allocate(PENDING_BYTES);
    arena.words[chunkIndex(address)]![wordOffset(address)] = ID_BYTES;
    setScore(arena, address, id.ms);
    id.writeBytes(arena.bytes[chunkIndex(address)]!, byteOffset(address) + RANKED_HEADER_BYTES);
    const entry = this.entry.open(address);
    entry.consumer = consumer.address;
    entry.time = time;
    entry.setDeliveredOnce();
    try {
      this.#insert(group, address, isLast);
    } catch (error) {
      arena.free(address);
      throw error;
    }
    try {
      this.#insert(consumer, address, isLast);
    } catch (error) {
      this.#takeOut(group, address);
      arena.free(address);
      throw error;
    }
  }

  /** Takes away an entry of a group, and frees it. */
  remove(group: StreamGroup, address: number): void {
    this.#takeOut(group, address);
    this.#takeOut(this.#consumer.open(this.entry.open(address).consumer), address);
    this.#arena.free(address);
  }

  /** Gives an entry to another consumer; a cursor in the group's tree stays where it is. */
  give(address: number, consumer: StreamConsumer): void {
    const entry = this.entry.open(address);
    if (entry.consumer === consumer.address) return;
    this.#insert(consumer, address, false);
    this.#takeOut(this.#consumer.open(entry.consumer), address);
    entry.consumer = consumer.address;
  }

  /** Takes away all entries of a consumer. */
  removeAll(group: StreamGroup, consumer: StreamConsumer): void {
    const own = this.attach(consumer);
    const groups = this.#changed;
    groups.attach(group.pending);
    const remove = (address: number): void => {
      groups.remove(address);
      this.#arena.free(address);
    };
    while (!own.freeSlice(own.count, remove));
    group.pending = groups.root;
    consumer.pending = 0;
  }

  /** Bytes of a group's or a consumer's tree. */
  treeBytes(owner: { readonly pending: number }): number {
    return this.attach(owner).bytes;
  }

  /** Bytes of the entries of a group themselves. */
  entryBytes(group: StreamGroup): number {
    return this.attach(group).count * PENDING_BYTES;
  }

  #insert(owner: { pending: number }, address: number, isLast: boolean): void {
    const tree = this.#changed;
    tree.attach(owner.pending);
    if (isLast) tree.append(address);
    else tree.insert(address);
    owner.pending = tree.root;
  }

  #takeOut(owner: { pending: number }, address: number): void {
    const tree = this.#changed;
    tree.attach(owner.pending);
    tree.remove(address);
    owner.pending = tree.root;
  }
}
