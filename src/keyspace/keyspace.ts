import { Arena, chunkIndex } from '../memory/arena.ts';
import { AccessClock } from './access-clock.ts';
import type { Clock } from './clock.ts';
import { Database } from './database.ts';
import { DEFAULT_LIMITS, type EncodingLimits } from './encoding-limits.ts';
import {
  accessClock,
  copyEntry,
  createEntry,
  hasExpiry,
  keyLength,
  keyStart,
  setAccessClock,
  setMeta,
  TYPE_HASH,
  TYPE_LIST,
  TYPE_SET,
  TYPE_SORTED_SET,
  TYPE_STREAM,
  TYPE_STRING,
  typeOf,
} from './entry.ts';
import { EvictionPool } from './eviction-pool.ts';
import { Hashes } from './hash/hashes.ts';
import { LazyFree } from './lazy-free.ts';
import { Lists } from './list/lists.ts';
import { Sets } from './set/sets.ts';
import { SortedSets } from './sorted-set/sorted-sets.ts';
import { Streams } from './stream/streams.ts';
import { Strings } from './string/strings.ts';
import type { CollectionType, ValueType } from './value-type.ts';
import { type KeyListener, NO_LISTENER } from './waiting-keys.ts';
import { WatchRegistry } from './watch.ts';

/** Figures about the data since the start; none ever falls. */
export interface KeyspaceStatistics {
  hits: number;
  misses: number;
  expired: number;
  /** Fields of hashes. */
  expiredFields: number;
  evicted: number;
  /** Rounds of the expiry cycle that used up their time. */
  expiryTimeCapReached: number;
  /** Milliseconds that the expiry cycle took. */
  expiryMilliseconds: number;
  /** Writes. */
  changes: number;
}

export interface KeyspaceOptions {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly databases: number;
  /** Live: what is read of it is what holds now. Redis's own limits if missing. */
  readonly limits?: Readonly<EncodingLimits>;
}

/** All the data: the arena, the databases in it, and the time as the running command sees it. */
export class Keyspace {
  readonly arena = new Arena();
  readonly limits: Readonly<EncodingLimits>;
  readonly lazyFree = new LazyFree((entry) => this.release(entry));
  readonly strings = new Strings(this.arena);
  readonly lists: Lists;
  readonly hashes: Hashes;
  readonly sets: Sets;
  readonly streams: Streams;
  readonly sortedSets: SortedSets;
  /** What there is to know of each type, by type code. */
  readonly types: Readonly<Record<number, ValueType>>;
  /** Those whose values have elements. */
  readonly collections: Readonly<Record<number, CollectionType>>;
  readonly databases: Database[] = [];
  readonly watch = new WatchRegistry();
  waiting: KeyListener = NO_LISTENER;
  readonly access: AccessClock;
  readonly evictionPool: EvictionPool;
  readonly statistics: KeyspaceStatistics = {
    hits: 0,
    misses: 0,
    expired: 0,
    expiredFields: 0,
    evicted: 0,
    expiryTimeCapReached: 0,
    expiryMilliseconds: 0,
    changes: 0,
  };
  readonly clock: Clock;
  readonly random: () => number;
  /** Unix milliseconds; stands still while a command runs. */
  now: number;
  /** Share of expired keys among those with an expiry, in percent, as the expiry cycle estimates it. */
  stalePercent = 0;
  /** The entry of the collection that {@link Database.create} has made and that nothing was done with yet; or 0. */
  created = 0;
  #createdIn: Database | undefined;
  /** False while a command of a CLIENT NO-TOUCH session runs. */
  touching = true;

  constructor({ clock, random, databases, limits = DEFAULT_LIMITS }: KeyspaceOptions) {
    this.limits = limits;
    this.lists = new Lists(this.arena, limits, this.lazyFree);
    this.hashes = new Hashes(this.arena, limits, this.lazyFree, this);
    this.sets = new Sets(this.arena, limits, this.lazyFree, random);
    this.streams = new Streams(this.arena, limits, this.lazyFree);
    this.sortedSets = new SortedSets(this.arena, limits, this.lazyFree);
    this.collections = {
      [TYPE_LIST]: this.lists,
      [TYPE_SET]: this.sets,
      [TYPE_STREAM]: this.streams,
      [TYPE_SORTED_SET]: this.sortedSets,
      [TYPE_HASH]: this.hashes,
    };
    this.types = { [TYPE_STRING]: this.strings, ...this.collections };
    this.clock = clock;
    this.random = random;
    this.now = clock.now();
    this.access = new AccessClock(this.arena, random);
    this.evictionPool = new EvictionPool(this);
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

  /** Gives a new entry its access clock; how often a key was used outlives its value (`old`, or 0). */
  stampAccess(entry: number, old: number): void {
    const { access, arena } = this;
    const inherits = old !== 0 && access.frequency;
    setAccessClock(arena, entry, inherits ? accessClock(arena, old) : access.initial(this.now));
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
    return this.typeOf(entry).inlineBytes(entry);
  }

  /**
   * A new entry of the given key with the value, expiry and access clock of `entry`. It is in no database yet, and
   * shares the value: the block of `entry` is to be freed alone.
   */
  rekey(entry: number, key: Uint8Array, start: number, length: number): number {
    const inline = this.inlineBytes(entry);
    return copyEntry(this.arena, entry, key, start, length, inline, inline, hasExpiry(this.arena, entry));
  }

  /** As {@link rekey}, with a value of its own. */
  duplicate(entry: number, key: Uint8Array, start: number, length: number): number {
    const copy = this.rekey(entry, key, start, length);
    try {
      this.typeOf(copy).unshare(copy);
      return copy;
    } catch (error) {
      this.arena.free(copy);
      throw error;
    }
  }

  /**
   * A new entry of the given key with an empty collection. It is in no database yet, and its expiry, if it is to have
   * one, is not written.
   * @throws OutOfMemoryError
   */
  createCollection(key: Uint8Array, start: number, length: number, type: number, expires = false): number {
    const { arena } = this;
    const entry = createEntry(arena, key, start, length, 0, expires);
    setMeta(arena, entry, type);
    try {
      this.collections[type]!.initialize(entry);
    } catch (error) {
      arena.free(entry);
      throw error;
    }
    return entry;
  }

  /** Frees an entry that is in no database any more, with its value. */
  release(entry: number): void {
    this.typeOf(entry).release(entry);
    this.arena.free(entry);
  }

  /** A value may have come to this entry from another one. */
  settle(entry: number): void {
    if (typeOf(this.arena, entry) === TYPE_HASH) this.hashes.adopt(entry);
  }

  /** Bytes the arena holds for the key and its value. @param samples elements to look at for a mean; 0 for all. */
  sizeOf(entry: number, samples: number): number {
    return this.arena.capacity(entry) + this.typeOf(entry).externalBytes(entry, samples);
  }

  /** What there is to know of values like that of the entry. */
  typeOf(entry: number): ValueType {
    return this.types[typeOf(this.arena, entry)]!;
  }

  /** An empty collection was made for a command that now fills it. */
  noteCreated(database: Database, entry: number): void {
    this.created = entry;
    this.#createdIn = database;
  }

  /** A command has failed: a collection that it made and did not fill goes again. */
  dropCreated(): void {
    const entry = this.created;
    this.created = 0;
    if (entry !== 0) this.#createdIn?.dropEmpty(entry);
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
    for (const database of [a, b]) {
      this.watch.touchAll(database);
      if (this.waiting.size > 0) this.waiting.touchAll(database);
    }
    this.statistics.changes++;
  }
}
