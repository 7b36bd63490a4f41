import type { Dict } from '../memory/dict.ts';

/** Keys or elements freed between two readings of the clock. */
const SLICE = 256;

/** Memory that is to be given back bit by bit. */
export interface Remains {
  /** Objects that INFO counts while they wait to be freed: keys of a flushed database, or one large value. */
  readonly objects: number;
  /**
   * Frees about that many keys or elements.
   * @returns true when nothing is left.
   */
  freeSlice(count: number): boolean;
}

/** Frees large values and flushed databases in slices, so that a DEL or FLUSHALL of millions stops nobody. */
export class LazyFree {
  /** What comes first stands last in the one; what came since stands in order in the other. */
  #next: Remains[] = [];
  #queue: Remains[] = [];
  readonly #release: (entry: number) => void;
  /** Objects freed this way since the start. */
  freed = 0;
  /** Objects whose memory is still to be freed. */
  pending = 0;

  constructor(release: (entry: number) => void) {
    this.#release = release;
  }

  /** Takes over what is left of a large value. */
  add(remains: Remains): void {
    this.pending += remains.objects;
    this.#queue.push(remains);
  }

  /** Takes over a database's keys; `expires` shares their entries, so only its table is freed. */
  addDatabase(keys: Dict, expires: Dict): void {
    const release = (entry: number): void => {
      this.#release(entry);
      this.#count(1);
    };
    this.pending += keys.count;
    this.#addTable(keys, release);
    this.#addTable(expires, () => {});
  }

  /** Frees until `deadline`. @returns true while something is left. */
  run(now: () => number, deadline: number): boolean {
    while (this.runSlice() && now() < deadline);
    return this.#isBusy;
  }

  /** Frees a few keys or elements. @returns true while something is left. */
  runSlice(): boolean {
    if (this.#next.length === 0) {
      this.#next = this.#queue.reverse();
      this.#queue = [];
    }
    const remains = this.#next.at(-1);
    if (remains?.freeSlice(SLICE)) {
      this.#next.pop();
      this.#count(remains.objects);
    }
    return this.#isBusy;
  }

  get #isBusy(): boolean {
    return this.#next.length + this.#queue.length > 0;
  }

  #count(objects: number): void {
    this.freed += objects;
    this.pending -= objects;
  }

  #addTable(dict: Dict, release: (entry: number) => void): void {
    if (dict.count === 0) dict.clear();
    else this.#queue.push({ objects: 0, freeSlice: (count) => dict.freeSlice(count, release) });
  }
}
