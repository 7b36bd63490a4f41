import type { RdbReader } from '../rdb/rdb-reader.ts';
import type { Text } from '../rdb/rdb-text.ts';
import * as rdb from '../rdb/rdb-types.ts';
import { readValue } from '../rdb/read-value.ts';
import type { ValueSink } from '../rdb/value-sink.ts';
import { NO_EXPIRY } from './database.ts';
import { createEntry, setExpiry, setMeta, TYPE_LIST, TYPE_SET } from './entry.ts';
import type { Keyspace } from './keyspace.ts';

/** The types of the values that collections in RDB become; what is missing is a string. */
const COLLECTIONS: Readonly<Record<number, number>> = {
  [rdb.RDB_LIST]: TYPE_LIST,
  [rdb.RDB_LIST_ZIPLIST]: TYPE_LIST,
  [rdb.RDB_LIST_QUICKLIST]: TYPE_LIST,
  [rdb.RDB_LIST_QUICKLIST_2]: TYPE_LIST,
  [rdb.RDB_SET]: TYPE_SET,
  [rdb.RDB_SET_INTSET]: TYPE_SET,
  [rdb.RDB_SET_LISTPACK]: TYPE_SET,
};

/** Makes an entry that is in no database of a value in RDB. */
export class ValueBuilder implements ValueSink {
  readonly #keyspace: Keyspace;
  readonly #key: Text;
  readonly #expiry: number;
  /** What was made so far; 0: nothing. */
  #entry = 0;

  /** @param expiry of the key: Unix milliseconds, or {@link NO_EXPIRY}. */
  constructor(keyspace: Keyspace, key: Text, expiry: number) {
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
      readValue(rdbType, reader, this);
      return this.#entry;
    } catch (error) {
      if (this.#entry !== 0) this.#keyspace.release(this.#entry);
      throw error;
    }
  }

  string({ bytes, start, length }: Text): void {
    const { arena, strings } = this.#keyspace;
    const key = this.#key;
    const expires = this.#expiry !== NO_EXPIRY;
    this.#entry = strings.create(key.bytes, key.start, key.length, bytes, start, length, expires);
    if (expires) setExpiry(arena, this.#entry, this.#expiry);
  }

  element({ bytes, start, length }: Text): void {
    this.#keyspace.lists.push(this.#entry, 'tail', bytes, start, length);
  }

  member({ bytes, start, length }: Text): boolean {
    return this.#keyspace.sets.add(this.#entry, bytes, start, length);
  }

  scoredMember(): boolean {
    return false;
  }

  field(): boolean {
    return false;
  }

  streamNode(): void {}

  stream(): void {}

  group(): boolean {
    return false;
  }

  consumer(): boolean {
    return false;
  }

  pending(): void {}

  #createCollection(type: number): void {
    const { arena, collections } = this.#keyspace;
    const { bytes, start, length } = this.#key;
    const expires = this.#expiry !== NO_EXPIRY;
    const entry = createEntry(arena, bytes, start, length, 0, expires);
    setMeta(arena, entry, type);
    if (expires) setExpiry(arena, entry, this.#expiry);
    try {
      collections[type]!.initialize(entry);
    } catch (error) {
      arena.free(entry);
      throw error;
    }
    this.#entry = entry;
  }
}
