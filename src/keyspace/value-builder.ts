import type { ByteSlice } from '../memory/byte-slice.ts';
import type { RdbReader } from '../rdb/rdb-reader.ts';
import * as rdb from '../rdb/rdb-types.ts';
import { readValue } from '../rdb/read-value.ts';
import type { Id } from '../rdb/stream-id-form.ts';
import type { StreamFigures, ValueSink } from '../rdb/value-sink.ts';
import { NO_EXPIRY } from './database.ts';
import { setExpiry, TYPE_HASH, TYPE_LIST, TYPE_SET, TYPE_SORTED_SET, TYPE_STREAM, typeOf } from './entry.ts';
import type { Keyspace } from './keyspace.ts';
import { StreamBuilder } from './stream/stream-builder.ts';

/** The types of the values that collections in RDB become; what is missing is a string. */
const COLLECTIONS: Readonly<Record<number, number>> = {
  [rdb.RDB_LIST]: TYPE_LIST,
  [rdb.RDB_LIST_ZIPLIST]: TYPE_LIST,
  [rdb.RDB_LIST_QUICKLIST]: TYPE_LIST,
  [rdb.RDB_LIST_QUICKLIST_2]: TYPE_LIST,
  [rdb.RDB_SET]: TYPE_SET,
  [rdb.RDB_SET_INTSET]: TYPE_SET,
  [rdb.RDB_SET_LISTPACK]: TYPE_SET,
  [rdb.RDB_SORTED_SET]: TYPE_SORTED_SET,
  [rdb.RDB_SORTED_SET_2]: TYPE_SORTED_SET,
  [rdb.RDB_SORTED_SET_ZIPLIST]: TYPE_SORTED_SET,
  [rdb.RDB_SORTED_SET_LISTPACK]: TYPE_SORTED_SET,
  [rdb.RDB_HASH]: TYPE_HASH,
  [rdb.RDB_HASH_ZIPMAP]: TYPE_HASH,
  [rdb.RDB_HASH_ZIPLIST]: TYPE_HASH,
  [rdb.RDB_HASH_LISTPACK]: TYPE_HASH,
  [rdb.RDB_HASH_METADATA]: TYPE_HASH,
  [rdb.RDB_HASH_LISTPACK_EX]: TYPE_HASH,
  [rdb.RDB_STREAM]: TYPE_STREAM,
  [rdb.RDB_STREAM_2]: TYPE_STREAM,
  [rdb.RDB_STREAM_3]: TYPE_STREAM,
};

/** What is packed there stays packed here unless it has too many elements, however long they are. */
const PACKED: readonly number[] = [
  rdb.RDB_SORTED_SET_ZIPLIST,
  rdb.RDB_SORTED_SET_LISTPACK,
  rdb.RDB_HASH_ZIPLIST,
  rdb.RDB_HASH_LISTPACK,
  rdb.RDB_HASH_LISTPACK_EX,
];

/** Makes an entry that is in no database of a value in RDB. */
export class ValueBuilder implements ValueSink {
  readonly #keyspace: Keyspace;
  readonly #key: ByteSlice;
  readonly #expiry: number;
  /** What was made so far; 0: nothing. */
  #entry = 0;
  #streamBuilder: StreamBuilder | undefined;

  /** @param expiry of the key: Unix milliseconds, or {@link NO_EXPIRY}. */
  constructor(keyspace: Keyspace, key: ByteSlice, expiry: number) {
    this.#keyspace = keyspace;
    this.#key = key;
    this.#expiry = expiry;
  }

  /**
   * Reads a value with its type.
   * @returns the entry, or 0 if nothing is left of the value: it was a hash, and the time of all its fields has come.
   * @throws BadPayload, or OutOfMemoryError; what was made so far is freed
   */
  build(reader: RdbReader): number {
    try {
      const rdbType = reader.byte();
      const type = COLLECTIONS[rdbType];
      if (type !== undefined) this.#createCollection(type);
      this.#packLong(PACKED.includes(rdbType));
      readValue(rdbType, reader, this);
    } catch (error) {
      if (this.#entry !== 0) this.#keyspace.release(this.#entry);
      throw error;
    } finally {
      this.#packLong(false);
    }
    if (!this.#isEmptyHash()) return this.#entry;
    this.#keyspace.release(this.#entry);
    return 0;
  }

  #packLong(packsLong: boolean): void {
    const { hashes, sortedSets } = this.#keyspace;
    hashes.packsLong = packsLong;
    sortedSets.packsLong = packsLong;
  }

  string({ bytes, start, length }: ByteSlice): void {
    const { arena, strings } = this.#keyspace;
    const key = this.#key;
    const expires = this.#expiry !== NO_EXPIRY;
    this.#entry = strings.create(key.bytes, key.start, key.length, bytes, start, length, expires);
    if (expires) setExpiry(arena, this.#entry, this.#expiry);
  }

  element({ bytes, start, length }: ByteSlice): void {
    this.#keyspace.lists.push(this.#entry, 'tail', bytes, start, length);
  }

  member({ bytes, start, length }: ByteSlice): boolean {
    return this.#keyspace.sets.add(this.#entry, bytes, start, length);
  }

  /** A packed set would lose the sign of zeros that one of so many members keeps. */
  scoredMembers(count: number): void {
    this.#keyspace.sortedSets.prepare(this.#entry, count);
  }

  scoredMember({ bytes, start, length }: ByteSlice, score: number): boolean {
    return this.#keyspace.sortedSets.put(this.#entry, bytes, start, length, score);
  }

  field(field: ByteSlice, value: ByteSlice, expiry: number): boolean {
    const { hashes, now } = this.#keyspace;
    const { bytes, start, length } = field;
    const isNew = hashes.set(this.#entry, bytes, start, length, value.bytes, value.start, value.length);
    if (expiry === 0) return isNew;
    if (expiry > now) hashes.setExpiry(this.#entry, bytes, start, length, expiry);
    else hashes.remove(this.#entry, bytes, start, length);
    return isNew;
  }

  streamNode(id: Id, listpack: ByteSlice): void {
    this.#stream.node(id, listpack);
  }

  stream(figures: StreamFigures): void {
    this.#stream.figures(figures);
  }

  group(name: ByteSlice, lastId: Id, read: bigint | undefined): boolean {
    return this.#stream.group(name, lastId, read);
  }

  consumer(name: ByteSlice, seen: number, active: number): boolean {
    return this.#stream.consumer(name, seen, active);
  }

  pending(id: Id, delivered: number, deliveries: bigint): void {
    this.#stream.pending(id, delivered, deliveries);
  }

  get #stream(): StreamBuilder {
    this.#streamBuilder ??= new StreamBuilder(this.#keyspace.streams, this.#entry);
    return this.#streamBuilder;
  }

  /** All fields of a hash may have gone. */
  #isEmptyHash(): boolean {
    const { arena, hashes } = this.#keyspace;
    return typeOf(arena, this.#entry) === TYPE_HASH && hashes.count(this.#entry) === 0;
  }

  #createCollection(type: number): void {
    const { bytes, start, length } = this.#key;
    const expires = this.#expiry !== NO_EXPIRY;
    this.#entry = this.#keyspace.createCollection(bytes, start, length, type, expires);
    if (expires) setExpiry(this.#keyspace.arena, this.#entry, this.#expiry);
  }
}
