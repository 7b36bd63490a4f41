import type { Arena } from '../../memory/arena.ts';
import type { EncodingLimits } from '../encoding-limits.ts';
import { setValueWord, valueWord } from '../entry.ts';
import type { LazyFree } from '../lazy-free.ts';
import type { CollectionType } from '../value-type.ts';
import { StreamCursor } from './stream-cursor.ts';
import { StreamDirectory } from './stream-directory.ts';
import { StreamGroups } from './stream-groups.ts';
import { StreamHeader } from './stream-header.ts';
import { StreamId } from './stream-id.ts';
import { COUNTS_BYTES, mostEntryBytes, type StreamFields, StreamNode, textBytes } from './stream-node.ts';
import { addedRadixNodes } from './stream-radix.ts';
import { FREED_AT_ONCE, freeRemains, streamRemains } from './stream-remains.ts';
import type { StreamTrim } from './stream-trim.ts';

/** No listpack becomes larger, whatever the settings say; and so no entry. */
const MAX_NODE_BYTES = 2 ** 30;
/** A new node gets room for as much as the one before had in it, up to this many bytes. */
const MAX_FIRST_ROOM = 4096;
/** A full node is moved to a smaller block if it leaves more than this part of its own unused. */
const WORTH_SHRINKING = 16;

/**
 * Streams in the arena: a root block, a directory of nodes, and nodes that each hold some entries as one listpack,
 * divided where Redis divides them. Unlike other collections a stream may be empty.
 */
export class Streams implements CollectionType {
  /** The place in a stream that is being read. */
  readonly cursor: StreamCursor;
  readonly groups: StreamGroups;

  readonly #arena: Arena;
  readonly #limits: Readonly<EncodingLimits>;
  readonly #lazyFree: LazyFree;
  readonly #header = new StreamHeader();
  readonly #other = new StreamHeader();
  readonly #directory: StreamDirectory;
  readonly #node: StreamNode;
  readonly #id = new StreamId();

  constructor(arena: Arena, limits: Readonly<EncodingLimits>, lazyFree: LazyFree) {
    this.#arena = arena;
    this.#limits = limits;
    this.#lazyFree = lazyFree;
    this.cursor = new StreamCursor(arena);
    this.groups = new StreamGroups(arena, lazyFree);
    this.#directory = new StreamDirectory(arena);
    this.#node = new StreamNode(arena);
  }

  initialize(entry: number): void {
    const directory = this.#directory.create().address;
    try {
      this.#header.create(this.#arena).directory = directory;
    } catch (error) {
      this.#arena.free(directory);
      throw error;
    }
    setValueWord(this.#arena, entry, this.#header.address);
  }

  /** The figures of a stream; valid until the next call. */
  header(entry: number): StreamHeader {
    return this.#header.open(this.#arena, valueWord(this.#arena, entry));
  }

  count(entry: number): number {
    return this.header(entry).length;
  }

  /** Number of nodes. */
  nodes(entry: number): number {
    return this.#directory.open(this.header(entry).directory).count;
  }

  /** True if an entry of these fields and values is larger than a stream can hold. */
  isTooLarge(fields: StreamFields): boolean {
    return textBytes(fields) > MAX_NODE_BYTES;
  }

  /** Adds an entry whose id is above all others. @throws OutOfMemoryError, nothing having been added */
  append(entry: number, id: StreamId, fields: StreamFields): void {
    const header = this.header(entry);
    this.#nodeFor(header, id, fields).append(id, fields);
    header.countAdded();
    header.setLastId(id);
    if (header.length === 1) header.setFirstId(id);
  }

  /** Reads the id of the last entry that is not deleted. @returns false if there is none. */
  lastEntryId(header: StreamHeader, into: StreamId): boolean {
    if (header.length === 0) return false;
    this.cursor.seekBack(header, header.lastId(into));
    if (!this.cursor.previous()) return false;
    into.copy(this.cursor.id);
    return true;
  }

  /** Sets the cursor to the entry of an id. @returns false if there is none. */
  find(header: StreamHeader, id: StreamId): boolean {
    this.cursor.seek(header, id);
    return this.cursor.next() && this.cursor.id.compare(id) === 0;
  }

  /** Deletes an entry; {@link refreshFirstId} is to follow. @returns false if there is none. */
  delete(entry: number, id: StreamId): boolean {
    const header = this.header(entry);
    if (!this.find(header, id)) return false;
    this.cursor.markDeleted();
    this.#countDeleted(header, this.cursor.index, 1);
    if (id.compare(header.maxDeletedId(this.#id)) > 0) header.setMaxDeletedId(id);
    return true;
  }

  /** Entries at the front may have gone: finds out which is the first now. */
  refreshFirstId(header: StreamHeader): void {
    this.cursor.seek(header, this.#id.setLeast());
    header.setFirstId(this.cursor.next() ? this.cursor.id : this.#id);
  }

  /** Deletes entries from the front. @returns how many. */
  trim(entry: number, trim: StreamTrim): number {
    const header = this.header(entry);
    const { maxLength, limit } = trim;
    const { length } = header;
    this.#directory.open(header.directory);
    while (this.#directory.count > 0) {
      if (maxLength !== undefined && header.length <= maxLength) break;
      const { count } = this.#node.open(this.#directory.node(0));
      if (limit > 0 && length - header.length + count > limit) break;
      if (this.#goesWhole(header, trim, count)) {
        this.#dropNode(header, 0);
        header.length -= count;
        continue;
      }
      if (!trim.approximate) this.#trimNode(header, trim);
      break;
    }
    if (header.length < length) this.refreshFirstId(header);
    return length - header.length;
  }

  release(entry: number): void {
    const header = this.header(entry);
    const isSmall = header.groups === 0 && this.#directory.open(header.directory).count <= FREED_AT_ONCE;
    freeRemains(this.#lazyFree, streamRemains(this.#arena, header.address), isSmall);
  }

  unshare(entry: number): void {
    const shared = this.#other.open(this.#arena, valueWord(this.#arena, entry));
    this.initialize(entry);
    try {
      this.#copyNodes(shared, this.#header);
      this.groups.copyAll(shared, this.#header);
    } catch (error) {
      this.release(entry);
      throw error;
    }
    this.#header.copyFigures(shared);
  }

  inlineBytes(): number {
    return 0;
  }

  externalBytes(entry: number, samples: number): number {
    const header = this.header(entry);
    const directory = this.#directory.open(header.directory);
    const { count } = directory;
    const looked = samples > 0 ? Math.min(samples, count) : count;
    let bytes = 0;
    for (let i = 0; i < looked; i++) bytes += this.#arena.capacity(directory.node(i));
    if (looked < count) bytes = Math.round((bytes / looked) * count);
    bytes += this.#arena.capacity(header.address) + this.#arena.capacity(directory.address);
    return bytes + this.groups.bytes(header);
  }

  encoding(): string {
    return 'stream';
  }

  /** Adds a node as a dump has it; {@link header} is to be filled by the caller. @throws OutOfMemoryError */
  appendNode(entry: number, id: StreamId, listpack: Uint8Array): void {
    const header = this.header(entry);
    this.#addNode(header, this.#node.createFrom(id, listpack));
  }

  /** A look at the node at `index`, for a dump; valid until the next call. */
  nodeAt(entry: number, index: number): StreamNode {
    return this.#node.open(this.#directory.open(this.header(entry).directory).node(index));
  }

  /** The node that takes the next entry, with room for it. */
  #nodeFor(header: StreamHeader, id: StreamId, fields: StreamFields): StreamNode {
    const node = this.#node;
    const directory = this.#directory.open(header.directory);
    const last = directory.count - 1;
    if (last < 0) return this.#addNode(header, node.create(id, fields, 0));
    node.open(directory.node(last));
    if (this.#isFull(node, fields)) {
      const room = Math.min(node.size, MAX_FIRST_ROOM);
      if (node.spare > node.size / WORTH_SHRINKING) this.#resize(last, 0);
      return this.#addNode(header, node.create(id, fields, room));
    }
    const bytes = mostEntryBytes(fields);
    if (node.spare < bytes) this.#resize(last, Math.max(bytes, Math.min(node.size, MAX_FIRST_ROOM)));
    return node;
  }

  #isFull(node: StreamNode, fields: StreamFields): boolean {
    const { streamNodeMaxBytes, streamNodeMaxEntries } = this.#limits;
    const maxBytes = streamNodeMaxBytes === 0 ? MAX_NODE_BYTES : Math.min(streamNodeMaxBytes, MAX_NODE_BYTES);
    if (node.size + textBytes(fields) >= maxBytes) return true;
    return streamNodeMaxEntries > 0 && node.count + node.deleted >= streamNodeMaxEntries;
  }

  #addNode(header: StreamHeader, node: StreamNode): StreamNode {
    const directory = this.#directory.open(header.directory);
    const radixNodes = addedRadixNodes(this.#arena, directory, node.firstId, directory.count);
    try {
      directory.append(node.address);
    } catch (error) {
      this.#arena.free(node.address);
      throw error;
    }
    header.directory = directory.address;
    header.radixNodes += radixNodes;
    return node;
  }

  /** Moves the node at `index` of the directory, which is open, to a block with so many bytes to spare. */
  #resize(index: number, spare: number): void {
    this.#node.resize(spare);
    this.#directory.setNode(index, this.#node.address);
  }

  /** So many entries of a node have been marked as deleted. */
  #countDeleted(header: StreamHeader, index: number, deleted: number): void {
    const directory = this.#directory.open(header.directory);
    const node = this.#node.open(directory.node(index));
    header.length -= deleted;
    const left = node.count - deleted;
    if (left === 0) return this.#dropNode(header, index);
    if (node.spare < COUNTS_BYTES) this.#resize(index, COUNTS_BYTES);
    node.setCounts(left, node.deleted + deleted);
  }

  #dropNode(header: StreamHeader, index: number): void {
    const directory = this.#directory;
    const { address, firstId } = this.#node.open(directory.node(index));
    directory.remove(index);
    this.#arena.free(address);
    header.directory = directory.address;
    header.radixNodes -= addedRadixNodes(this.#arena, directory, firstId, index);
  }

  #goesWhole(header: StreamHeader, { maxLength, minId }: StreamTrim, count: number): boolean {
    if (maxLength !== undefined) return header.length - count >= maxLength;
    return this.cursor.readLast(this.#node.address) && this.cursor.id.compare(minId) < 0;
  }

  /** Deletes entries of the first node, which is not to go as a whole. */
  #trimNode(header: StreamHeader, { maxLength, minId }: StreamTrim): void {
    const { cursor } = this;
    const surplus = maxLength === undefined ? Number.POSITIVE_INFINITY : header.length - maxLength;
    let deleted = 0;
    cursor.seek(header, this.#id.setLeast());
    while (deleted < surplus && cursor.next()) {
      if (maxLength === undefined && cursor.id.compare(minId) >= 0) break;
      cursor.markDeleted();
      deleted++;
    }
    if (deleted > 0) this.#countDeleted(header, 0, deleted);
  }

  #copyNodes(from: StreamHeader, to: StreamHeader): void {
    const source = new StreamDirectory(this.#arena).open(from.directory);
    for (let i = 0; i < source.count; i++) {
      const original = this.cursor.node.open(source.node(i));
      this.#addNode(to, this.#node.createFrom(original.firstId, original.listpack));
    }
  }
}
