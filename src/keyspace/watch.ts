import { latin1 } from '../resp/latin1.ts';
import type { Database } from './database.ts';
import { keyLength, keyStart } from './entry.ts';

/** Somebody whose transaction depends on keys staying as they are. */
export interface Watcher {
  /** Set when a watched key was changed. */
  watchBroken: boolean;
}

/** Who watches which key (WATCH): looked at on every write as soon as anybody watches anything. */
export class WatchRegistry {
  readonly #watchersByKey = new Map<string, Set<Watcher>>();
  readonly #keysByWatcher = new Map<Watcher, Set<string>>();

  /** Number of watched keys. */
  get size(): number {
    return this.#watchersByKey.size;
  }

  /** Watches a key of a database. `key` holds one character per byte (latin1). */
  add(watcher: Watcher, databaseIndex: number, key: string): void {
    const id = `${databaseIndex} ${key}`;
    member(this.#watchersByKey, id).add(watcher);
    member(this.#keysByWatcher, watcher).add(id);
  }

  /** Forgets everything that `watcher` watches. */
  remove(watcher: Watcher): void {
    for (const id of this.#keysByWatcher.get(watcher) ?? []) {
      const watchers = this.#watchersByKey.get(id);
      watchers?.delete(watcher);
      if (watchers?.size === 0) this.#watchersByKey.delete(id);
    }
    this.#keysByWatcher.delete(watcher);
  }

  /** Number of keys that `watcher` watches. */
  countOf(watcher: Watcher): number {
    return this.#keysByWatcher.get(watcher)?.size ?? 0;
  }

  /** Looks up everything that `watcher` watches, so that what has expired by now counts as changed. */
  refresh(watcher: Watcher, databases: readonly Database[]): void {
    for (const id of this.#keysByWatcher.get(watcher) ?? []) {
      const [index, key] = splitId(id);
      const bytes = Buffer.from(key, 'latin1');
      databases[index]?.peek(bytes, 0, bytes.length);
    }
  }

  /** The key of `entry` was changed. */
  touchEntry(database: Database, entry: number): void {
    const { keyspace, index } = database;
    const { arena } = keyspace;
    const key = latin1(keyspace.bytesOf(entry), keyStart(arena, entry), keyLength(arena, entry));
    this.#break(`${index} ${key}`);
  }

  /** Keys of the database vanish or change wholesale: those among the watched that exist in it are changed. */
  touchAll(database: Database): void {
    for (const id of this.#watchersByKey.keys()) {
      const [index, key] = splitId(id);
      if (index !== database.index) continue;
      const bytes = Buffer.from(key, 'latin1');
      if (database.peek(bytes, 0, bytes.length) !== 0) this.#break(id);
    }
  }

  #break(id: string): void {
    for (const watcher of this.#watchersByKey.get(id) ?? []) watcher.watchBroken = true;
  }
}

/** The set under `key`, made if there is none. */
const member = <K, V>(sets: Map<K, Set<V>>, key: K): Set<V> => {
  let set = sets.get(key);
  if (set === undefined) {
    set = new Set();
    sets.set(key, set);
  }
  return set;
};

const splitId = (id: string): [number, string] => {
  const space = id.indexOf(' ');
  return [Number(id.slice(0, space)), id.slice(space + 1)];
};
