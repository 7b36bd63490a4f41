import type { Database } from '../database.ts';
import type { GrowableBytes } from './growable-bytes.ts';

/** The string value of an entry, changed where it lies. One of these is reused for every value. */
export class StringBytes implements GrowableBytes {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  length = 0;
  /** The entry of the value; {@link resize} may give it another place. */
  entry = 0;
  #database: Database | undefined;

  /** Begins to change the value of `entry`, which Redis counts as a raw string from now on. */
  open(database: Database, entry: number): this {
    this.#database = database;
    this.entry = entry;
    database.keyspace.strings.markRaw(entry);
    return this.#locate(database);
  }

  resize(length: number, room: number): void {
    const database = this.#database!;
    this.entry = database.keyspace.strings.resize(database, this.entry, length, room);
    this.#locate(database);
  }

  #locate(database: Database): this {
    const { bytes, start, length } = database.keyspace.strings.view(this.entry);
    this.bytes = bytes;
    this.start = start;
    this.length = length;
    return this;
  }
}
