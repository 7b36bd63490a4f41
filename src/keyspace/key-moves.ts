import type { Database } from './database.ts';

/**
 * Gives the value of `entry` another key of the same database; its expiry and its access clock go along.
 * @param old the entry that has this key, or 0: the result of the look-up just made. It is freed.
 */
export const renameKey = (
  database: Database,
  entry: number,
  old: number,
  key: Uint8Array,
  start: number,
  length: number,
): void => {
  const { keyspace } = database;
  const renamed = keyspace.rekey(entry, key, start, length);
  try {
    database.place(old, renamed);
  } catch (error) {
    keyspace.arena.free(renamed);
    throw error;
  }
  database.detach(entry);
  keyspace.arena.free(entry);
};

/** Takes `entry` to another database, where the look-up just made has not found its key. */
export const moveKey = (entry: number, from: Database, to: Database): void => {
  // First the step for which there may be no memory.
  to.place(0, entry);
  from.detach(entry);
};

/**
 * Gives a copy of `entry`, its expiry included, a key in a database.
 * @param old the entry that has this key there, or 0: the result of the look-up just made. It is freed.
 */
export const copyKey = (
  entry: number,
  to: Database,
  old: number,
  key: Uint8Array,
  start: number,
  length: number,
): void => {
  to.put(old, to.keyspace.duplicate(entry, key, start, length));
};
