import { latin1 } from '../resp/latin1.ts';
import type { Database } from './database.ts';
import { keyLength, keyStart, TYPE_LIST, TYPE_SORTED_SET, TYPE_STREAM, typeOf } from './entry.ts';

/** Somebody who waits until one of some keys holds something of a type (BLPOP, BZPOPMIN, XREAD BLOCK). */
export interface Waiter {
  /** Type code. */
  readonly type: number;
  readonly databaseIndex: number;
  /** One character per byte (latin1). */
  readonly keys: readonly string[];
}

/** A key that somebody waits for and that may have what he wants. */
export interface ReadyKey {
  readonly databaseIndex: number;
  readonly key: string;
}

/** Nobody waits for anything. */
export const NO_LISTENER: KeyListener = { size: 0, touchEntry() {}, touchAll() {} };

const WAITED_FOR = (1 << TYPE_LIST) | (1 << TYPE_SORTED_SET) | (1 << TYPE_STREAM);

/** What a database tells of its keys to whoever waits for them. */
export interface KeyListener {
  /** Number of keys that are waited for: if 0, nothing need be told. */
  readonly size: number;
  /** The key of `entry` appeared, got what somebody may wait for, or vanishes. */
  touchEntry(database: Database, entry: number): void;
  /** The database was flushed, or exchanged with another: any of its keys may be there or not. */
  touchAll(database: Database): void;
}

/** Who waits for which key, and which of these keys were written since {@link takeReady}. */
export class WaitingKeys<T extends Waiter> implements KeyListener {
  /** Called when a key becomes ready. */
  onReady: () => void = () => {};
  /** By database and key; who came first is first. */
  readonly #waiters = new Map<string, Set<T>>();
  #ready = new Map<string, ReadyKey>();

  /** Number of keys that are waited for. */
  get size(): number {
    return this.#waiters.size;
  }

  /** True if a key became ready since {@link takeReady}. */
  get hasReady(): boolean {
    return this.#ready.size > 0;
  }

  add(waiter: T): void {
    for (const key of waiter.keys) {
      const id = idOf(waiter.databaseIndex, key);
      const waiters = this.#waiters.get(id);
      if (waiters === undefined) this.#waiters.set(id, new Set([waiter]));
      else waiters.add(waiter);
    }
  }

  remove(waiter: T): void {
    for (const key of waiter.keys) {
      const id = idOf(waiter.databaseIndex, key);
      const waiters = this.#waiters.get(id);
      waiters?.delete(waiter);
      if (waiters?.size === 0) this.#waiters.delete(id);
    }
  }

  /** Those who wait for the key, in the order they came; one may be removed while it is looked at. */
  waitersFor({ databaseIndex, key }: ReadyKey): Iterable<T> {
    return this.#waiters.get(idOf(databaseIndex, key)) ?? [];
  }

  /** The keys that became ready, in the order they did. */
  takeReady(): ReadyKey[] {
    const ready = [...this.#ready.values()];
    this.#ready = new Map();
    return ready;
  }

  touchEntry(database: Database, entry: number): void {
    const { keyspace, index } = database;
    const { arena } = keyspace;
    if (((1 << typeOf(arena, entry)) & WAITED_FOR) === 0) return;
    this.#touch(index, latin1(keyspace.bytesOf(entry), keyStart(arena, entry), keyLength(arena, entry)));
  }

  touchAll(database: Database): void {
    for (const waiters of this.#waiters.values()) {
      for (const waiter of waiters) {
        if (waiter.databaseIndex !== database.index) continue;
        for (const key of waiter.keys) this.#touch(database.index, key);
      }
    }
  }

  #touch(databaseIndex: number, key: string): void {
    const id = idOf(databaseIndex, key);
    if (!this.#waiters.has(id) || this.#ready.has(id)) return;
    this.#ready.set(id, { databaseIndex, key });
    this.onReady();
  }
}

const idOf = (databaseIndex: number, key: string): string => `${databaseIndex} ${key}`;
