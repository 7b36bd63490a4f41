import { Arena, chunkIndex } from '../memory/arena.ts';
import type { Clock } from './clock.ts';
import { Database } from './database.ts';
import { keyLength, keyStart, setAccessClock, TYPE_STRING, typeOf } from './entry.ts';
import { AccessClock } from './access-clock.ts';
import { LazyFree } from './lazy-free.ts';
import { Strings } from './strings.ts';
import { WatchRegistry } from './watch.ts';

/** Figures about the data since the start or the last CONFIG RESETSTAT. */
export interface KeyspaceStatistics {
  hits: number;
  misses: number;
  expired: number;
  evicted: number;
  /** Writes since the start; never reset. */
  changes: number;
}

export interface KeyspaceOptions {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly databases: number;
}

/** All the data: the arena, the databases in it, and the time as the running command sees it. */
export class Keyspace {
  readonly arena = new Arena();
  readonly strings = new Strings(this.arena);
  readonly databases: Database[] = [];
  readonly watch = new WatchRegistry();
  readonly lazyFree = new LazyFree((entry) => this.release(entry));
  readonly access: AccessClock;
  readonly statistics: KeyspaceStatistics = { hits: 0, misses: 0, expired: 0, evicted: 0, changes: 0 };
  readonly clock: Clock;
  readonly random: () => number;
  /** Unix milliseconds; stands still while a command runs. */
  now: number;
  /** False while a command of a CLIENT NO-TOUCH session runs. */
  touching = true;

  constructor({ clock, random, databases }: KeyspaceOptions) {
    this.clock = clock;
    this.random = random;
    this.now = clock.now();
    this.access = new AccessClock(this.arena, random);
    for (let i = 0; i < databases; i++) this.databases.push(new Database(this, i));
  }

  /** Reads the clock for the commands that follow. */
  tick(): number {
    this.now = this.clock.now();
    return this.now;
  }

  /** Notes an access to the entry, for eviction. */
  touch(entry: number): void {
    if (this.touching) this.access.touch(entry, this.now);
  }

  /** Gives a new entry its first access clock. */
  stampAccess(entry: number): void {
    setAccessClock(this.arena, entry, this.access.initial(this.now));
  }

  /** The chunk in which `address` lies. */
  bytesOf(address: number): Uint8Array {
    return this.arena.bytes[chunkIndex(address)]!;
  }

  /** The key of `entry`, copied. */
  keyOf(entry: number): Buffer {
    const start = keyStart(this.arena, entry);
    return Buffer.from(this.bytesOf(entry).subarray(start, start + keyLength(this.arena, entry)));
  }

  /** Bytes of the entry's value that lie in the entry's own block. */
  inlineBytes(entry: number): number {
    return typeOf(this.arena, entry) === TYPE_STRING ? this.strings.inlineBytes(entry) : 0;
  }

  /** Frees an entry that is in no database any more, with its value. */
  release(entry: number): void {
    if (typeOf(this.arena, entry) === TYPE_STRING) this.strings.release(entry);
    this.arena.free(entry);
  }

  /** Bytes the arena holds for the key and its value. */
  sizeOf(entry: number): number {
    return this.arena.capacity(entry) + this.strings.externalBytes(entry);
  }

  /** Number of keys in all databases. */
  get count(): number {
    let count = 0;
    for (const database of this.databases) count += database.keys.count;
    return count;
  }

  /** Exchanges the contents of two databases: sessions that selected one see the other's keys from now on. */
  swap(first: number, second: number): void {
    const a = this.databases[first]!;
    const b = this.databases[second]!;
    if (a === b) return;
    this.watch.touchAll(a);
    this.watch.touchAll(b);
    [a.keys, b.keys] = [b.keys, a.keys];
    [a.expires, b.expires] = [b.expires, a.expires];
    [a.averageTtl, b.averageTtl] = [b.averageTtl, a.averageTtl];
    this.watch.touchAll(a);
    this.watch.touchAll(b);
    this.statistics.changes++;
  }
}

