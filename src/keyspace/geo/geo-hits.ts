import { copyBytes } from '../../memory/copy-bytes.ts';
import { sortByDistance } from './distance-sort.ts';
import { type Compare, sortFirst } from './partial-sort.ts';

const FIRST_HITS = 64;
const FIRST_BYTES = 1024;
/** Room beyond this many hits, or bytes of members, is not kept for the next search. */
const KEPT = 64 * 1024;

/** What a search has found: members, their geohashes and how far away they are. One of these is reused for every search. */
export class GeoHits {
  count = 0;
  /** The numbers of the hits in the order asked for. */
  order = new Uint32Array(FIRST_HITS);
  /** Of each hit: metres from the middle of the search, and the geohash. */
  distances = new Float64Array(FIRST_HITS);
  scores = new Float64Array(FIRST_HITS);
  /** Of each hit: where the member lies in {@link bytes}. */
  starts = new Float64Array(FIRST_HITS);
  lengths = new Uint32Array(FIRST_HITS);
  /** The members, copied. */
  bytes = new Uint8Array(FIRST_BYTES);
  #used = 0;

  readonly #nearestFirst: Compare = (one, other) => {
    const a = this.distances[one]!;
    const b = this.distances[other]!;
    if (a > b) return 1;
    return a === b ? 0 : -1;
  };
  readonly #farthestFirst: Compare = (one, other) => -this.#nearestFirst(one, other);

  /** Forgets everything, and the room that a large search has taken. */
  clear(): void {
    this.count = 0;
    this.#used = 0;
    if (this.order.length > KEPT) this.#resize(FIRST_HITS);
    if (this.bytes.length > KEPT) this.bytes = new Uint8Array(FIRST_BYTES);
  }

  /** Adds a hit whose member is `source[start..start + length)`. */
  add(source: Uint8Array, start: number, length: number, score: number, distance: number): void {
    if (this.count === this.order.length) this.#resize(this.count * 2);
    if (this.#used + length > this.bytes.length) this.#growBytes(this.#used + length);
    const hit = this.count++;
    this.order[hit] = hit;
    this.distances[hit] = distance;
    this.scores[hit] = score;
    this.starts[hit] = this.#used;
    this.lengths[hit] = length;
    copyBytes(source, start, length, this.bytes, this.#used);
    this.#used += length;
  }

  /** Sorts the hits by distance, as far as it takes to know the first `wanted` of them. */
  sort(ascending: boolean, wanted: number): void {
    if (wanted >= this.count) sortByDistance(this.order, this.count, this.distances, ascending ? 1 : -1);
    else
      sortFirst(this.order, 0, this.count, wanted - 1, ascending ? this.#nearestFirst : this.#farthestFirst);
  }

  #resize(room: number): void {
    this.order = resized(this.order, new Uint32Array(room), this.count);
    this.distances = resized(this.distances, new Float64Array(room), this.count);
    this.scores = resized(this.scores, new Float64Array(room), this.count);
    this.starts = resized(this.starts, new Float64Array(room), this.count);
    this.lengths = resized(this.lengths, new Uint32Array(room), this.count);
  }

  #growBytes(wanted: number): void {
    const grown = new Uint8Array(Math.max(wanted, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.#used));
    this.bytes = grown;
  }
}

const resized = <T extends Uint32Array | Float64Array>(from: T, to: T, count: number): T => {
  to.set(from.subarray(0, count));
  return to;
};
