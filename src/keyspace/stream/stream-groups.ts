import { type Arena, byteOffset, chunkIndex, wordOffset } from '../../memory/arena.ts';
import { RANKED_HEADER_BYTES } from '../../memory/ranked-key.ts';
import { RankedTree } from '../../memory/ranked-tree.ts';
import type { LazyFree } from '../lazy-free.ts';
import { PendingEntries } from './pending-entries.ts';
import { StreamConsumer, StreamGroup } from './stream-group.ts';
import type { StreamHeader } from './stream-header.ts';
import { StreamId } from './stream-id.ts';
import { FREED_AT_ONCE, freeRemains, groupRemains, pendingRemains } from './stream-remains.ts';

/** The groups of streams and their consumers, each in a tree ordered by name. */
export class StreamGroups {
  /** The group found, made or walked to last. */
  readonly group: StreamGroup;
  /** The consumer found, made or walked to last. */
  readonly consumer: StreamConsumer;
  readonly pending: PendingEntries;
  readonly #arena: Arena;
  readonly #lazyFree: LazyFree;
  readonly #tree: RankedTree;
  /** The trees that {@link all} and {@link consumers} walk. */
  readonly #walked: RankedTree;
  readonly #walkedConsumers: RankedTree;

  constructor(arena: Arena, lazyFree: LazyFree) {
    this.#arena = arena;
    this.#lazyFree = lazyFree;
    this.group = new StreamGroup(arena);
    this.consumer = new StreamConsumer(arena);
    this.pending = new PendingEntries(arena);
    this.#tree = new RankedTree(arena);
    this.#walked = new RankedTree(arena);
    this.#walkedConsumers = new RankedTree(arena);
  }

  /** Number of groups of a stream. */
  count(stream: StreamHeader): number {
    this.#tree.attach(stream.groups);
    return this.#tree.count;
  }

  /** Opens {@link group} on the one of that name. @returns false if there is none. */
  find(stream: StreamHeader, name: Uint8Array, start: number, length: number): boolean {
    const entry = this.#named(stream.groups, name, start, length);
    if (entry !== 0) this.group.open(entry);
    return entry !== 0;
  }

  /** Makes a group, whose name must be new, and opens {@link group} on it. @throws OutOfMemoryError */
  create(stream: StreamHeader, name: Uint8Array, start: number, length: number): StreamGroup {
    stream.groups = this.#insert(stream.groups, this.group.create(name, start, length));
    return this.group;
  }

  /** Deletes {@link group}. */
  remove(stream: StreamHeader): void {
    const { address } = this.group;
    stream.groups = this.#remove(stream.groups, address);
    const isSmall = this.pending.attach(this.group).count <= FREED_AT_ONCE;
    freeRemains(this.#lazyFree, groupRemains(this.#arena, address), isSmall);
  }

  /** Walks {@link group} over the groups of a stream, by name; only figures of these may be changed meanwhile. */
  *all(stream: StreamHeader): Generator<StreamGroup> {
    for (const entry of entriesOf(this.#walked, stream.groups)) yield this.group.open(entry);
  }

  /** Number of consumers of a group. */
  consumerCount(group: StreamGroup): number {
    this.#tree.attach(group.consumers);
    return this.#tree.count;
  }

  /** Opens {@link consumer} on the one of that name. @returns false if there is none. */
  findConsumer(group: StreamGroup, name: Uint8Array, start: number, length: number): boolean {
    const entry = this.#named(group.consumers, name, start, length);
    if (entry !== 0) this.consumer.open(entry);
    return entry !== 0;
  }

  /**
   * Makes a consumer, whose name must be new, and opens {@link consumer} on it.
   * @param now Unix milliseconds. @throws OutOfMemoryError
   */
  createConsumer(group: StreamGroup, name: Uint8Array, start: number, length: number, now: number): void {
    group.consumers = this.#insert(group.consumers, this.consumer.create(name, start, length, now));
  }

  /** Deletes {@link consumer} and what it has pending. @returns how many entries that was. */
  removeConsumer(group: StreamGroup): number {
    const { count } = this.pending.attach(this.consumer);
    if (count === this.pending.attach(group).count) this.#removeAllPending(group);
    else this.pending.removeAll(group, this.consumer);
    group.consumers = this.#remove(group.consumers, this.consumer.address);
    this.consumer.free();
    return count;
  }

  /** Deletes what the group has pending, all of which {@link consumer} has. */
  #removeAllPending(group: StreamGroup): void {
    const { consumer } = this;
    const isSmall = this.pending.attach(group).count <= FREED_AT_ONCE;
    const remains = pendingRemains(this.#arena, group.pending, consumer.pending);
    group.pending = 0;
    consumer.pending = 0;
    freeRemains(this.#lazyFree, remains, isSmall);
  }

  /** Walks {@link consumer} over the consumers of a group, by name; only figures of these may be changed meanwhile. */
  *consumers(group: StreamGroup): Generator<StreamConsumer> {
    for (const entry of entriesOf(this.#walkedConsumers, group.consumers)) yield this.consumer.open(entry);
  }

  /** Gives a stream the groups of another. @throws OutOfMemoryError */
  copyAll(from: StreamHeader, to: StreamHeader): void {
    const original = new StreamGroup(this.#arena);
    const id = new StreamId();
    for (const entry of entriesOf(this.#walked, from.groups)) {
      const { chunk, nameStart, nameLength } = original.open(entry);
      const copy = this.create(to, chunk, nameStart, nameLength);
      copy.setLastId(original.lastId(id));
      copy.read = original.read;
      this.#copyConsumers(original, copy);
      this.#copyPending(original, copy);
    }
  }

  /** Bytes of the groups of a stream, their consumers and pending entries, about. */
  bytes(stream: StreamHeader): number {
    let bytes = new RankedTree(this.#arena, stream.groups).bytes;
    for (const group of this.all(stream)) {
      bytes += group.bytes + new RankedTree(this.#arena, group.consumers).bytes;
      bytes += this.pending.treeBytes(group) + this.pending.entryBytes(group);
      for (const consumer of this.consumers(group))
        bytes += consumer.bytes + this.pending.treeBytes(consumer);
    }
    return bytes;
  }

  #copyConsumers(from: StreamGroup, to: StreamGroup): void {
    for (const { chunk, nameStart, nameLength, seen, active } of this.consumers(from)) {
      this.createConsumer(to, chunk, nameStart, nameLength, seen);
      this.consumer.active = active;
    }
  }

  #copyPending(from: StreamGroup, to: StreamGroup): void {
    const { pending } = this;
    const id = new StreamId();
    const owner = new StreamConsumer(this.#arena);
    for (const address of entriesOf(new RankedTree(this.#arena), from.pending)) {
      const entry = pending.entry.open(address);
      const { chunk, nameStart, nameLength } = owner.open(entry.consumer);
      this.findConsumer(to, chunk, nameStart, nameLength);
      const { deliveries, time } = entry;
      pending.add(to, this.consumer, entry.id(id), time, true);
      pending.entry.deliveries = deliveries;
    }
  }

  /** The entry of a name; 0 if there is none. */
  #named(root: number, name: Uint8Array, start: number, length: number): number {
    this.#tree.attach(root);
    this.#tree.seek(0, name, start, length);
    const { entry } = this.#tree;
    return entry !== 0 && hasName(this.#arena, entry, name, start, length) ? entry : 0;
  }

  /** @returns the root of the tree. */
  #insert(root: number, named: StreamGroup | StreamConsumer): number {
    this.#tree.attach(root);
    try {
      this.#tree.insert(named.address);
    } catch (error) {
      named.free();
      throw error;
    }
    return this.#tree.root;
  }

  /** @returns the root of the tree. */
  #remove(root: number, entry: number): number {
    this.#tree.attach(root);
    this.#tree.remove(entry);
    return this.#tree.root;
  }
}

/** The entries below a root in their order; the tree that walks there must not be used for anything else meanwhile. */
function* entriesOf(tree: RankedTree, root: number): Generator<number> {
  tree.attach(root);
  tree.seekScore(Number.NEGATIVE_INFINITY, false);
  for (let { entry } = tree; entry !== 0; entry = tree.next()) yield entry;
}

const hasName = (arena: Arena, entry: number, name: Uint8Array, start: number, length: number): boolean => {
  if (arena.words[chunkIndex(entry)]![wordOffset(entry)] !== length) return false;
  const bytes = arena.bytes[chunkIndex(entry)]!;
  const at = byteOffset(entry) + RANKED_HEADER_BYTES;
  for (let i = 0; i < length; i++) if (bytes[at + i] !== name[start + i]) return false;
  return true;
};
