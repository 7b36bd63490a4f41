import { Dict, hashKey } from '../memory/dict.ts';
import {
  copyEntry,
  expiryOf,
  hasExpiry,
  keyLength,
  keyStart,
  setExpiry,
  TYPE_STRING,
  typeOf,
} from './entry.ts';
import type { Keyspace } from './keyspace.ts';

/** For {@link Database.setString}: what becomes of the key's expiry. Any other number is the new expiry. */
export const NO_EXPIRY = 0;
export const KEEP_EXPIRY = -1;

/**
 * One of the numbered databases: keys to entries, and beside it the keys that expire.
 * Keys are bytes in somebody's buffer (`key[start..start + length)`) and are compared where they lie;
 * entries are arena addresses that stay valid until the key is next written. 0 stands for "no such key".
 */
export class Database {
  /** The number by which SELECT knows it; SWAPDB changes it. */
  index: number;
  readonly keyspace: Keyspace;
  keys: Dict;
  /** The entries of {@link keys} that have an expiry. */
  expires: Dict;
  /** Running mean of the remaining lives that the expiry cycle has seen, in milliseconds. */
  averageTtl = 0;
  /** Where in {@link expires} the expiry cycle goes on. */
  expiryCursor = 0;

  /** Hash of the key that was looked up last. */
  #hash = 0;

  constructor(keyspace: Keyspace, index: number) {
    this.keyspace = keyspace;
    this.index = index;
    this.keys = new Dict(keyspace.arena);
    this.expires = new Dict(keyspace.arena);
  }

  /** The entry of a key that a command reads: counts a hit or a miss and notes the access. */
  read(key: Uint8Array, start: number, length: number): number {
    const entry = this.inspect(key, start, length);
    if (entry !== 0) this.keyspace.touch(entry);
    return entry;
  }

  /** The entry of a key that a command asks something about (EXISTS, TTL): counts a hit or a miss, is no access. */
  inspect(key: Uint8Array, start: number, length: number): number {
    const entry = this.peek(key, start, length);
    if (entry === 0) this.keyspace.statistics.misses++;
    else this.keyspace.statistics.hits++;
    return entry;
  }

  /** The entry of a key that a command is about to change: notes the access, counts neither hit nor miss. */
  write(key: Uint8Array, start: number, length: number): number {
    const entry = this.peek(key, start, length);
    if (entry !== 0) this.keyspace.touch(entry);
    return entry;
  }

  /** The entry of a key, leaving no trace. An expired key is deleted and not found. */
  peek(key: Uint8Array, start: number, length: number): number {
    const hash = hashKey(key, start, length);
    this.#hash = hash;
    const entry = this.keys.find(hash, key, start, length);
    if (entry === 0 || !this.isDue(entry)) return entry;
    this.keyspace.statistics.expired++;
    this.#changed(entry);
    this.#dropFound(hash, entry);
    return 0;
  }

  /** True if the key's time has come: it is there no more, for all that clients can tell. */
  isDue(entry: number): boolean {
    const { arena, now } = this.keyspace;
    return hasExpiry(arena, entry) && expiryOf(arena, entry) <= now;
  }

  /** Deletes a key whose time has come. @param hash of the key, if it is at hand. */
  expire(entry: number, hash = this.#hashOf(entry)): void {
    this.keyspace.statistics.expired++;
    this.#discard(hash, entry);
  }

  /** Deletes a key to make room. @param hash of the key. */
  evict(entry: number, hash: number): void {
    this.keyspace.statistics.evicted++;
    this.#discard(hash, entry);
  }

  /**
   * Gives the key a string value.
   * @param expiry Unix milliseconds, {@link NO_EXPIRY} or {@link KEEP_EXPIRY}.
   */
  setString(
    key: Uint8Array,
    keyAt: number,
    keyBytes: number,
    value: Uint8Array,
    valueAt: number,
    valueBytes: number,
    expiry: number,
  ): void {
    const old = this.write(key, keyAt, keyBytes);
    this.putString(old, key, keyAt, keyBytes, value, valueAt, valueBytes, expiry);
  }

  /**
   * As {@link setString}, where the look-up just made for the key has found `old` (0: nothing).
   * @returns the entry
   */
  putString(
    old: number,
    key: Uint8Array,
    keyAt: number,
    keyBytes: number,
    value: Uint8Array,
    valueAt: number,
    valueBytes: number,
    expiry: number,
  ): number {
    const { arena, strings } = this.keyspace;
    const didExpire = old !== 0 && hasExpiry(arena, old);
    const expires = expiry === KEEP_EXPIRY ? didExpire : expiry !== NO_EXPIRY;
    if (old !== 0 && didExpire === expires && strings.overwrite(old, keyBytes, value, valueAt, valueBytes)) {
      if (expiry > 0) setExpiry(arena, old, expiry);
      this.modified(old);
      return old;
    }
    const entry = strings.create(key, keyAt, keyBytes, value, valueAt, valueBytes, expires);
    if (expires) setExpiry(arena, entry, expiry === KEEP_EXPIRY ? expiryOf(arena, old) : expiry);
    this.put(old, entry);
    return entry;
  }

  /**
   * Puts a new entry in the place of `old`, the result of the look-up just made for the same key
   * (0: the key was absent). The old entry and its value are freed.
   * @throws OutOfMemoryError, nothing having changed and the new entry being freed.
   */
  put(old: number, entry: number): void {
    this.keyspace.stampAccess(entry, old);
    try {
      this.place(old, entry);
    } catch (error) {
      this.keyspace.release(entry);
      throw error;
    }
  }

  /**
   * As {@link put}, for an entry that was used before: it keeps its access clock.
   * @throws OutOfMemoryError, nothing having changed; the entry is still the caller's.
   */
  place(old: number, entry: number): void {
    this.#reindexExpiry(this.#hash, old, entry);
    if (old === 0) this.#insert(entry);
    else this.keys.replaceFound(entry);
    if (old !== 0) {
      this.ready(old);
      this.keyspace.release(old);
    }
    this.keyspace.settle(entry);
    this.ready(entry);
    this.modified(entry);
  }

  /**
   * Gives the key that the look-up just made has not found an empty collection, to be filled at once: that is then
   * reported by {@link modified}.
   * @returns its entry. @throws OutOfMemoryError, nothing having changed
   */
  create(key: Uint8Array, start: number, length: number, type: number): number {
    const entry = this.keyspace.createCollection(key, start, length, type);
    try {
      this.#insert(entry);
    } catch (error) {
      this.keyspace.release(entry);
      throw error;
    }
    this.keyspace.stampAccess(entry, 0);
    this.keyspace.noteCreated(this, entry);
    this.ready(entry);
    return entry;
  }

  /** Deletes the key of a collection that has no elements. */
  dropEmpty(entry: number): void {
    const { arena, collections } = this.keyspace;
    if (collections[typeOf(arena, entry)]!.count(entry) > 0) return;
    const hash = this.#hashOf(entry);
    this.keys.findEntry(hash, entry);
    this.#dropFound(hash, entry);
  }

  /** Elements were taken out of a collection: counts the change, and deletes the key if none is left. */
  reduced(entry: number): void {
    this.modified(entry);
    this.dropEmpty(entry);
  }

  /** True if `entry` is that of a key here. */
  holds(entry: number): boolean {
    return this.keys.findEntry(this.#hashOf(entry), entry);
  }

  /** The key of `entry` may have what somebody waits for. */
  ready(entry: number): void {
    if (this.keyspace.waiting.size > 0) this.keyspace.waiting.touchEntry(this, entry);
  }

  /** Adds an entry to {@link keys} that is in {@link expires} already, if it expires. */
  #insert(entry: number): void {
    try {
      this.keys.insert(this.#hash, entry);
    } catch (error) {
      if (hasExpiry(this.keyspace.arena, entry) && this.expires.findEntry(this.#hash, entry))
        this.expires.removeFound();
      throw error;
    }
  }

  /**
   * Gives the key of `entry` an expiry (Unix milliseconds), or takes it away with {@link NO_EXPIRY}.
   * @returns the entry, which may lie elsewhere now.
   */
  setExpiry(entry: number, at: number): number {
    const { arena } = this.keyspace;
    if (hasExpiry(arena, entry) && at !== NO_EXPIRY) {
      setExpiry(arena, entry, at);
      this.modified(entry);
      return entry;
    }
    if (!hasExpiry(arena, entry) && at === NO_EXPIRY) return entry;
    const inline = this.keyspace.inlineBytes(entry);
    const moved = this.relocate(entry, inline, inline, at !== NO_EXPIRY);
    if (at !== NO_EXPIRY) setExpiry(arena, moved, at);
    this.modified(moved);
    return moved;
  }

  /**
   * Moves an entry to a block with room for `roomBytes` inline, keeping its key, flags, clock and the first
   * `keepBytes` of its inline value. Does not count as a change.
   * @returns the new entry; the old one is gone.
   */
  relocate(entry: number, keepBytes: number, roomBytes: number, expires: boolean): number {
    const { arena } = this.keyspace;
    const key = this.keyspace.bytesOf(entry);
    const start = keyStart(arena, entry);
    const length = keyLength(arena, entry);
    const moved = copyEntry(arena, entry, key, start, length, keepBytes, roomBytes, expires);
    const hash = hashKey(key, start, length);
    this.keys.findEntry(hash, entry);
    this.keys.replaceFound(moved);
    this.#reindexExpiry(hash, entry, moved);
    this.keyspace.settle(moved);
    arena.free(entry);
    return moved;
  }

  /** Deletes a key. @returns whether there was one. */
  remove(key: Uint8Array, start: number, length: number): boolean {
    const entry = this.peek(key, start, length);
    if (entry === 0) return false;
    this.removeFound(entry);
    return true;
  }

  /** Deletes the key of the entry that the look-up just made has found. */
  removeFound(entry: number): void {
    this.modified(entry);
    this.#dropFound(this.#hash, entry);
  }

  /** Takes the key of `entry` out of the database without freeing the entry: the caller owns it now. */
  detach(entry: number): void {
    const hash = this.#hashOf(entry);
    this.ready(entry);
    this.modified(entry);
    this.keys.findEntry(hash, entry);
    this.#unlinkFound(hash, entry);
  }

  /** Deletes every key; memory is freed later, in slices. */
  clear(): void {
    this.keyspace.watch.touchAll(this);
    this.keyspace.statistics.changes += this.keys.count;
    this.keyspace.lazyFree.addDatabase(this.keys, this.expires);
    this.keys = new Dict(this.keyspace.arena);
    this.expires = new Dict(this.keyspace.arena);
    this.averageTtl = 0;
    if (this.keyspace.waiting.size > 0) this.keyspace.waiting.touchAll(this);
  }

  /** The key of `entry` was changed: counts it and breaks the transactions that watch it. */
  modified(entry: number): void {
    this.keyspace.statistics.changes++;
    this.keyspace.created = 0;
    this.#changed(entry);
  }

  /** Type code of the value of an entry. */
  typeOf(entry: number): number {
    return typeOf(this.keyspace.arena, entry);
  }

  /** True if the entry holds a string. */
  isString(entry: number): boolean {
    return this.typeOf(entry) === TYPE_STRING;
  }

  #changed(entry: number): void {
    if (this.keyspace.watch.size > 0) this.keyspace.watch.touchEntry(this, entry);
  }

  /** Deletes a key that no client deleted: breaks transactions that watch it, is not counted as a change. */
  #discard(hash: number, entry: number): void {
    this.#changed(entry);
    this.keys.findEntry(hash, entry);
    this.#dropFound(hash, entry);
  }

  #dropFound(hash: number, entry: number): void {
    this.ready(entry);
    this.#unlinkFound(hash, entry);
    this.keyspace.release(entry);
  }

  /** Takes the entry that was found in {@link keys} out of both tables. */
  #unlinkFound(hash: number, entry: number): void {
    this.keys.removeFound();
    if (hasExpiry(this.keyspace.arena, entry) && this.expires.findEntry(hash, entry))
      this.expires.removeFound();
  }

  #hashOf(entry: number): number {
    const { arena } = this.keyspace;
    return hashKey(this.keyspace.bytesOf(entry), keyStart(arena, entry), keyLength(arena, entry));
  }

  #reindexExpiry(hash: number, old: number, entry: number): void {
    const { arena } = this.keyspace;
    const was = old !== 0 && hasExpiry(arena, old);
    const is = hasExpiry(arena, entry);
    if (!was && !is) return;
    if (was) this.expires.findEntry(hash, old);
    if (was && is) this.expires.replaceFound(entry);
    else if (was) this.expires.removeFound();
    else this.expires.insert(hash, entry);
  }
}
