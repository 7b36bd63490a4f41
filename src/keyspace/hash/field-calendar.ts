import { type Arena, chunkIndex, wordOffset } from '../../memory/arena.ts';
import { scoreOf, setScore } from '../../memory/ranked-key.ts';
import { RankedTree } from '../../memory/ranked-tree.ts';

/**
 * What is kept of a hash whose fields may expire, in words: 4 (the length of the key in the calendar), address of the
 * fields, when the calendar calls (a double of Unix milliseconds; 0: not at all), the keyspace's entry (this is the
 * key), root of the tree of the fields that expire (of a table).
 */
const LEDGER_KEY_LENGTH = 0;
const LEDGER_FIELDS = 1;
const LEDGER_ENTRY = 4;
const LEDGER_TREE = 5;
const LEDGER_BYTES = 24;
const KEY_BYTES = 4;

const word = (arena: Arena, ledger: number, index: number): number =>
  arena.words[chunkIndex(ledger)]![wordOffset(ledger) + index]!;

const setWord = (arena: Arena, ledger: number, index: number, value: number): void => {
  arena.words[chunkIndex(ledger)]![wordOffset(ledger) + index] = value;
};

/** A ledger that belongs to no entry yet. @param fields address of the fields. @throws OutOfMemoryError */
export const createLedger = (arena: Arena, fields: number): number => {
  const ledger = arena.allocate(LEDGER_BYTES);
  setWord(arena, ledger, LEDGER_KEY_LENGTH, KEY_BYTES);
  setScore(arena, ledger, 0);
  setWord(arena, ledger, LEDGER_ENTRY, 0);
  setLedger(arena, ledger, fields, 0);
  return ledger;
};

/** Address of the fields. */
export const ledgerFields = (arena: Arena, ledger: number): number => word(arena, ledger, LEDGER_FIELDS);

/** Root of the tree of the fields that expire. */
export const ledgerTree = (arena: Arena, ledger: number): number => word(arena, ledger, LEDGER_TREE);

export const setLedger = (arena: Arena, ledger: number, fields: number, tree: number): void => {
  setWord(arena, ledger, LEDGER_FIELDS, fields);
  setWord(arena, ledger, LEDGER_TREE, tree);
};

/** The hashes whose fields expire, in the order in which that happens: who is to be called next is found at once. */
export class FieldCalendar {
  readonly #arena: Arena;
  readonly #tree: RankedTree;

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#tree = new RankedTree(arena);
  }

  /** Number of hashes. */
  get count(): number {
    return this.#tree.count;
  }

  /** When the ledger's hash is called; 0: not at all. */
  callOf(ledger: number): number {
    return scoreOf(this.#arena, ledger);
  }

  /** The entry to which a ledger belongs. */
  entryOf(ledger: number): number {
    return word(this.#arena, ledger, LEDGER_ENTRY);
  }

  /** Tells to which entry a ledger belongs now. */
  assign(ledger: number, entry: number): void {
    setWord(this.#arena, ledger, LEDGER_ENTRY, entry);
  }

  /** Calls the hash of `entry` at a time (Unix milliseconds; 0: not any more). @throws OutOfMemoryError: it is not called then */
  call(ledger: number, entry: number, at: number): void {
    const arena = this.#arena;
    if (this.callOf(ledger) !== 0) this.#tree.remove(ledger);
    setScore(arena, ledger, 0);
    setWord(arena, ledger, LEDGER_ENTRY, entry);
    if (at === 0) return;
    setScore(arena, ledger, at);
    try {
      this.#tree.insert(ledger);
    } catch (error) {
      setScore(arena, ledger, 0);
      throw error;
    }
  }

  /** The entry of the hash that is to be called first, if its time has come; 0 otherwise. */
  firstDue(now: number): number {
    if (this.#tree.count === 0) return 0;
    this.#tree.seekRank(0);
    return this.#tree.score <= now ? this.entryOf(this.#tree.entry) : 0;
  }
}
