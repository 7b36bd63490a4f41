import type { Dict } from '../memory/dict.ts';

/** Keys looked at between two readings of the clock. */
const SLICE = 256;

/** A table that is to be taken apart, and what becomes of its entries. */
interface Flushed {
  readonly dict: Dict;
  readonly release: (entry: number) => void;
}

const keep = (): void => {};

/** Frees the memory of flushed databases in slices, so that a FLUSHALL of millions of keys stops nobody. */
export class LazyFree {
  readonly #queue: Flushed[] = [];
  readonly #release: (entry: number) => void;
  /** Keys freed this way since the start. */
  freed = 0;
  /** Keys whose memory is still to be freed. */
  pending = 0;

  constructor(release: (entry: number) => void) {
    this.#release = (entry) => {
      release(entry);
      this.freed++;
      this.pending--;
    };
  }

  /** Takes over a database's keys; `expires` shares their entries, so only its table is freed. */
  add(keys: Dict, expires: Dict): void {
    this.pending += keys.count;
    this.#add(keys, this.#release);
    this.#add(expires, keep);
  }

  /** Frees until `deadline`. @returns true while something is left. */
  run(now: () => number, deadline: number): boolean {
    while (this.runSlice() && now() < deadline);
    return this.#queue.length > 0;
  }

  /** Frees a few keys. @returns true while something is left. */
  runSlice(): boolean {
    const flushed = this.#queue[0];
    if (flushed?.dict.freeSlice(SLICE, flushed.release)) this.#queue.shift();
    return this.#queue.length > 0;
  }

  #add(dict: Dict, release: (entry: number) => void): void {
    if (dict.count === 0) dict.clear();
    else this.#queue.push({ dict, release });
  }
}
