import { parseLimit } from './score-limit.ts';
import type { SortedSetForm } from './sorted-set-form.ts';

const OPENING = 40;

/** Scores from one limit to another, each taken in or left out. One of these is reused for every command. */
export class ScoreRange {
  #min = 0;
  #max = 0;
  #withoutMin = false;
  #withoutMax = false;

  /**
   * Reads the lower limit: a score, or `(` and a score that is left out.
   * @returns false if it is neither.
   */
  readMin(bytes: Uint8Array, start: number, length: number): boolean {
    this.#withoutMin = length > 0 && bytes[start] === OPENING;
    this.#min = limitAt(bytes, start, length, this.#withoutMin);
    return !Number.isNaN(this.#min);
  }

  /** As {@link readMin}, the upper limit. */
  readMax(bytes: Uint8Array, start: number, length: number): boolean {
    this.#withoutMax = length > 0 && bytes[start] === OPENING;
    this.#max = limitAt(bytes, start, length, this.#withoutMax);
    return !Number.isNaN(this.#max);
  }

  /** Takes scores from `min` to `max`, the latter left out if `withoutMax`. */
  set(min: number, max: number, withoutMax: boolean): void {
    this.#min = min;
    this.#max = max;
    this.#withoutMin = false;
    this.#withoutMax = withoutMax;
  }

  /** Rank of the first member in the range. */
  from(members: SortedSetForm): number {
    return members.rankOfScore(this.#min, this.#withoutMin);
  }

  /** Rank behind the last member in the range; less than {@link from} if the limits are the wrong way round. */
  to(members: SortedSetForm): number {
    return members.rankOfScore(this.#max, !this.#withoutMax);
  }
}

const limitAt = (bytes: Uint8Array, start: number, length: number, behindOpening: boolean): number =>
  behindOpening ? parseLimit(bytes, start + 1, length - 1) : parseLimit(bytes, start, length);
