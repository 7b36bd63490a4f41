import type { Database } from '../database.ts';
import type { Keyspace } from '../keyspace.ts';

/** Fields removed between two readings of the clock. */
const SLICE = 64;

/**
 * Removes fields of hashes whose time has come and which nobody asks for, and keys of which nothing is left. Whose turn
 * it is stands in the calendar of the hashes, so the work is that of the removing.
 */
export class FieldExpiry {
  readonly #keyspace: Keyspace;

  constructor(keyspace: Keyspace) {
    this.#keyspace = keyspace;
  }

  /**
   * Removes fields until `deadline`.
   * @returns true while something is left to do.
   */
  run(now: () => number, deadline: number): boolean {
    const { hashes } = this.#keyspace;
    for (let entry = hashes.firstDue(); entry !== 0; entry = hashes.firstDue()) {
      this.#removeSome(entry);
      if (now() >= deadline) return true;
    }
    return false;
  }

  #removeSome(entry: number): void {
    const { hashes } = this.#keyspace;
    const database = this.#databaseOf(entry);
    // That of a flushed database waits to be freed.
    if (database === undefined) return hashes.forget(entry);
    if (hashes.removeDue(entry, SLICE) > 0) database.reduced(entry);
  }

  #databaseOf(entry: number): Database | undefined {
    return this.#keyspace.databases.find((database) => database.holds(entry));
  }
}
