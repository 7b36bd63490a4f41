import type { Dict } from '../memory/dict.ts';

/** Keys looked at between two readings of the clock. */
const SLICE = 256;

/** Frees the memory of flushed databases in slices, so that a FLUSHALL of millions of keys stops nobody. */
export class LazyFree {
  readonly #queue: Dict[] = [];
  readonly #release: (entry: number) => void;
  /** Objects freed this way since the start. */
  freed = 0;

  constructor(release: (entry: number) => void) {
    this.#release = release;
  }

  /** Entries whose memory is still to be freed. */
  get pending(): number {
    let pending = 0;
    for (const dict of this.#queue) pending += dict.count;
    return pending;
  }

  /** Takes over a database's keys; `expires` shares their entries, so only its table is freed. */
  add(keys: Dict, expires: Dict): void {
    expires.clear();
    if (keys.count === 0) keys.clear();
    else this.#queue.push(keys);
  }

  /** Frees until `deadline`. @returns true while something is left. */
  run(now: () => number, deadline: number): boolean {
    while (this.runSlice() && now() < deadline);
    return this.#queue.length > 0;
  }

  /** Frees a few keys. @returns true while something is left. */
  runSlice(): boolean {
    const dict = this.#queue[0];
    if (dict === undefined) return false;
    const before = dict.count;
    const finished = dict.freeSlice(SLICE, this.#release);
    this.freed += before - dict.count;
    if (finished) this.#queue.shift();
    return this.#queue.length > 0;
  }
}
