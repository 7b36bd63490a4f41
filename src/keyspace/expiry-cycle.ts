import type { Database } from './database.ts';
import { expiryOf } from './entry.ts';
import type { Keyspace } from './keyspace.ts';

/** Keys looked at before the share of stale ones is judged and the clock is read. */
const SAMPLE = 20;
/** Steps of the walk that one sample may take where keys are few. */
const MAX_STEPS = SAMPLE * 20;
/** A database is looked at again at once while more than this share of a sample had expired. */
const ACCEPTABLE_STALE = 0.1;
/** Weight of one round in the running estimate of the stale share, and of one sample in the mean remaining life. */
const STALE_WEIGHT = 0.05;
const TTL_WEIGHT = 0.02;

/**
 * Deletes expired keys that nobody asks for. A round looks at a few keys of every database and stays with one as
 * long as it finds many expired, so the work follows the amount of garbage.
 *
 * Source: "How Redis expires keys", https://redis.io/docs/latest/commands/expire/
 */
export class ExpiryCycle {
  readonly #keyspace: Keyspace;
  /** Index of the database to look at next, and how many are left in this round. */
  #next = 0;
  #left = 0;
  #sampled = 0;
  #expired = 0;
  /** The sample: entries and hashes of their keys. Collected first, because a walk must not change the dict. */
  readonly #entries: number[] = [];
  readonly #hashes: number[] = [];

  constructor(keyspace: Keyspace) {
    this.#keyspace = keyspace;
  }

  /** Begins a round. One that was not finished ran out of time: that is counted. */
  begin(): void {
    if (this.#left > 0) {
      this.#keyspace.statistics.expiryTimeCapReached++;
      this.#finish();
    }
    this.#left = this.#keyspace.databases.length;
  }

  /**
   * Goes on with the round until `deadline`.
   * @returns true if the round is not over.
   */
  run(now: () => number, deadline: number): boolean {
    const { databases } = this.#keyspace;
    while (this.#left > 0) {
      if (!this.#sample(databases[this.#next]!)) {
        this.#next = (this.#next + 1) % databases.length;
        if (--this.#left === 0) this.#finish();
      }
      if (now() >= deadline) break;
    }
    return this.#left > 0;
  }

  /** Looks at some keys of the database. @returns true if so many were stale that it should be done again. */
  #sample(database: Database): boolean {
    const { expires } = database;
    if (expires.count === 0) {
      database.averageTtl = 0;
      return false;
    }
    const wanted = Math.min(SAMPLE, expires.count);
    this.#entries.length = 0;
    this.#hashes.length = 0;
    for (let steps = 0; steps < MAX_STEPS && this.#entries.length < wanted; steps++) {
      database.expiryCursor = expires.scan(database.expiryCursor, this.#collect);
    }
    const expired = this.#expireSample(database);
    this.#sampled += this.#entries.length;
    this.#expired += expired;
    return expired > this.#entries.length * ACCEPTABLE_STALE;
  }

  readonly #collect = (entry: number, hash: number): void => {
    this.#entries.push(entry);
    this.#hashes.push(hash);
  };

  /** @returns how many keys of the sample were deleted. */
  #expireSample(database: Database): number {
    const { arena, now } = this.#keyspace;
    let ttlSum = 0;
    let expired = 0;
    for (let i = 0; i < this.#entries.length; i++) {
      const entry = this.#entries[i]!;
      const ttl = expiryOf(arena, entry) - now;
      if (ttl > 0) {
        ttlSum += ttl;
      } else {
        database.expire(entry, this.#hashes[i]!);
        expired++;
      }
    }
    const alive = this.#entries.length - expired;
    if (alive > 0) updateAverageTtl(database, ttlSum / alive);
    return expired;
  }

  #finish(): void {
    const percent = this.#sampled === 0 ? 0 : (this.#expired / this.#sampled) * 100;
    this.#keyspace.stalePercent += (percent - this.#keyspace.stalePercent) * STALE_WEIGHT;
    this.#sampled = 0;
    this.#expired = 0;
  }
}

const updateAverageTtl = (database: Database, ttl: number): void => {
  if (database.averageTtl === 0) database.averageTtl = ttl;
  else database.averageTtl += (ttl - database.averageTtl) * TTL_WEIGHT;
};
