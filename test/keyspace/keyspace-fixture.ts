import { type Database, KEEP_EXPIRY, NO_EXPIRY } from '../../src/keyspace/database.ts';
import { DEFAULT_LIMITS } from '../../src/keyspace/encoding-limits.ts';
import { expiryOf } from '../../src/keyspace/entry.ts';
import { Keyspace } from '../../src/keyspace/keyspace.ts';
import { seededRandom } from '../memory/seeded-random.ts';

export { KEEP_EXPIRY, NO_EXPIRY };

/** A clock that stands still until it is told to go on. */
export class ManualClock {
  time = 1_700_000_000_000;

  now(): number {
    return this.time;
  }
}

/** A keyspace whose time and chance are the test's, and its data as strings. */
export class KeyspaceFixture {
  readonly clock = new ManualClock();
  readonly keyspace: Keyspace;

  constructor(seed = 1, limits = DEFAULT_LIMITS) {
    this.keyspace = new Keyspace({ clock: this.clock, random: seededRandom(seed), databases: 16, limits });
  }

  get statistics() {
    return this.keyspace.statistics;
  }

  get usedBytes(): number {
    return this.keyspace.arena.usedBytes;
  }

  database(index = 0): Database {
    return this.keyspace.databases[index]!;
  }

  /** Lets time pass. */
  advance(milliseconds: number): void {
    this.clock.time += milliseconds;
    this.keyspace.tick();
  }

  set(key: string, value: string, expiry = NO_EXPIRY, index = 0): void {
    const bytes = Buffer.from(key);
    const content = Buffer.from(value);
    this.database(index).setString(bytes, 0, bytes.length, content, 0, content.length, expiry);
  }

  /** The entry of a key, found without leaving a trace; 0 if there is none. */
  peek(key: string, index = 0): number {
    const bytes = Buffer.from(key);
    return this.database(index).peek(bytes, 0, bytes.length);
  }

  /** The entry of a key, found by a command that reads it. */
  read(key: string, index = 0): number {
    const bytes = Buffer.from(key);
    return this.database(index).read(bytes, 0, bytes.length);
  }

  remove(key: string, index = 0): boolean {
    const bytes = Buffer.from(key);
    return this.database(index).remove(bytes, 0, bytes.length);
  }

  value(key: string, index = 0): string | undefined {
    const entry = this.peek(key, index);
    return entry === 0 ? undefined : this.content(entry);
  }

  content(entry: number): string {
    const { bytes, start, length } = this.keyspace.strings.view(entry);
    return Buffer.from(bytes.subarray(start, start + length)).toString();
  }

  /** Unix milliseconds, 0 for a key that does not expire, undefined for one that is not there. */
  expiry(key: string, index = 0): number | undefined {
    const entry = this.peek(key, index);
    return entry === 0 ? undefined : expiryOf(this.keyspace.arena, entry);
  }

  /** Keys in both tables of a database. */
  counts(index = 0): [keys: number, expires: number] {
    const { keys, expires } = this.database(index);
    return [keys.count, expires.count];
  }

  /** Frees what was flushed. */
  freeAll(): void {
    while (this.keyspace.lazyFree.runSlice());
  }
}
