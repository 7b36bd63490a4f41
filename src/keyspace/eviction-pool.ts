import { type Dict, hashKey } from '../memory/dict.ts';
import type { Database } from './database.ts';
import { expiryOf, keyLength, keyStart } from './entry.ts';
import type { Order, Policy } from './eviction.ts';
import type { Keyspace } from './keyspace.ts';

const SIZE = 16;

/**
 * The best candidates for eviction among all keys sampled of late, the best last. It makes a few samples per eviction
 * as good as many.
 *
 * Source: "Random notes on improving the Redis LRU algorithm", https://antirez.com/news/109
 */
export class EvictionPool {
  /** Keys looked at by the last {@link evictOne}. */
  looks = 0;
  readonly #keyspace: Keyspace;
  /** The candidates: how much they deserve it, ascending; entry, hash of the key and index of the database. */
  readonly #scores = new Float64Array(SIZE);
  readonly #entries = new Uint32Array(SIZE);
  readonly #hashes = new Int32Array(SIZE);
  readonly #indexes = new Uint16Array(SIZE);
  #count = 0;
  /** The last sample: entries and hashes of their keys. */
  readonly #sampleEntries: number[] = [];
  readonly #sampleHashes: number[] = [];
  /** The database that has its turn first next time. */
  #next = 0;

  constructor(keyspace: Keyspace) {
    this.#keyspace = keyspace;
  }

  /** Forgets the candidates: they were chosen by another policy. */
  clear(): void {
    this.#count = 0;
  }

  /** Evicts one key. @returns false if there is none that may be. */
  evictOne(policy: Policy, samples: number): boolean {
    this.looks = 0;
    if (policy.order === 'random') return this.#evictRandom(policy);
    while (this.#sample(policy, samples)) {
      if (this.#evictBest(policy)) return true;
    }
    return false;
  }

  #evictRandom(policy: Policy): boolean {
    const { databases, random } = this.#keyspace;
    for (let i = 0; i < databases.length; i++) {
      this.#next = (this.#next + 1) % databases.length;
      const database = databases[this.#next]!;
      const entry = candidates(database, policy).randomEntry(random);
      this.looks++;
      if (entry === 0) continue;
      database.evict(entry, this.#hashOf(entry));
      return true;
    }
    return false;
  }

  /** Looks at some keys of every database. @returns false if there are none. */
  #sample(policy: Policy, samples: number): boolean {
    const { databases, random } = this.#keyspace;
    const first = this.#next;
    let found = false;
    for (let i = 0; i < databases.length; i++) {
      const index = (first + i) % databases.length;
      const dict = candidates(databases[index]!, policy);
      if (dict.count === 0) continue;
      // Keys used in the same second are equal: if one database always came first, they would all go from there.
      if (!found) this.#next = (index + 1) % databases.length;
      found = true;
      this.#sampleEntries.length = 0;
      this.#sampleHashes.length = 0;
      dict.someEntries(samples, random, this.#collect);
      this.looks += this.#sampleEntries.length;
      this.#considerSample(policy, index);
    }
    return found;
  }

  #considerSample({ order }: Policy, index: number): void {
    for (let i = 0; i < this.#sampleEntries.length; i++) {
      const entry = this.#sampleEntries[i]!;
      this.#consider(entry, this.#score(entry, order), this.#sampleHashes[i]!, index);
    }
  }

  readonly #collect = (entry: number, hash: number): void => {
    this.#sampleEntries.push(entry);
    this.#sampleHashes.push(hash);
  };

  /** Higher for a key that should go earlier. */
  #score(entry: number, order: Order): number {
    const { access, arena, now } = this.#keyspace;
    if (order === 'ttl') return -expiryOf(arena, entry);
    return order === 'lfu' ? 255 - access.counter(entry, now) : access.idleSeconds(entry, now);
  }

  /** Takes a key into the pool if it is better than the worst there, or there is room. */
  #consider(entry: number, score: number, hash: number, index: number): void {
    // What the pool knows of this address is out of date: the same key at an earlier look, or one that lay there before.
    const known = this.#placeOf(entry);
    if (known >= 0) this.#remove(known);
    if (this.#count === SIZE) {
      if (score <= this.#scores[0]!) return;
      this.#remove(0);
    }
    let place = this.#count++;
    for (; place > 0 && this.#scores[place - 1]! > score; place--) this.#copy(place - 1, place);
    this.#scores[place] = score;
    this.#entries[place] = entry;
    this.#hashes[place] = hash;
    this.#indexes[place] = index;
  }

  /** Evicts the best candidate that is still what it was. @returns false if there is none: the pool is empty. */
  #evictBest(policy: Policy): boolean {
    while (this.#count > 0) {
      const last = --this.#count;
      const entry = this.#entries[last]!;
      const hash = this.#hashes[last]!;
      const database = this.#keyspace.databases[this.#indexes[last]!]!;
      // Deleted or replaced since, so that something else may lie at its address, or used again.
      if (!candidates(database, policy).findEntry(hash, entry)) continue;
      if (this.#score(entry, policy.order) < this.#scores[last]!) continue;
      database.evict(entry, hash);
      return true;
    }
    return false;
  }

  /** Where the pool has a candidate; -1 if it is none. */
  #placeOf(entry: number): number {
    for (let i = 0; i < this.#count; i++) if (this.#entries[i] === entry) return i;
    return -1;
  }

  #remove(place: number): void {
    this.#count--;
    for (let i = place; i < this.#count; i++) this.#copy(i + 1, i);
  }

  #copy(from: number, to: number): void {
    this.#scores[to] = this.#scores[from]!;
    this.#entries[to] = this.#entries[from]!;
    this.#hashes[to] = this.#hashes[from]!;
    this.#indexes[to] = this.#indexes[from]!;
  }

  #hashOf(entry: number): number {
    const { arena } = this.#keyspace;
    return hashKey(this.#keyspace.bytesOf(entry), keyStart(arena, entry), keyLength(arena, entry));
  }
}

const candidates = (database: Database, policy: Policy): Dict =>
  policy.volatile ? database.expires : database.keys;
