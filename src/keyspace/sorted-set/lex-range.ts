import type { SortedSetForm } from './sorted-set-form.ts';

const LOWEST = 45;
const HIGHEST = 43;
const INCLUSIVE = 91;
const EXCLUSIVE = 40;

/** One end of a range of members: before all, behind all, or at a member. */
class LexLimit {
  /** The byte that says which. */
  #kind = LOWEST;
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;
  #length = 0;

  /**
   * Reads `-`, `+`, `[member` or `(member`. The bytes must stay where they are.
   * @returns false if it is none of these.
   */
  read(bytes: Uint8Array, start: number, length: number): boolean {
    if (length === 0) return false;
    this.#kind = bytes[start]!;
    this.#bytes = bytes;
    this.#start = start + 1;
    this.#length = length - 1;
    if (this.#kind === INCLUSIVE || this.#kind === EXCLUSIVE) return true;
    // Redis reads a C string here, which ends at a zero byte.
    const isAlone = length === 1 || bytes[start + 1] === 0;
    return isAlone && (this.#kind === LOWEST || this.#kind === HIGHEST);
  }

  get excludes(): boolean {
    return this.#kind === EXCLUSIVE;
  }

  /** Rank of the first member that is not before this limit, or of the first behind it. */
  rankIn(members: SortedSetForm, behind: boolean): number {
    if (this.#kind === LOWEST) return 0;
    if (this.#kind === HIGHEST) return members.count;
    return members.rankOfMember(this.#bytes, this.#start, this.#length, behind);
  }
}

/**
 * Members from one to another in the order of their bytes, which has a meaning only where all scores are equal. One of
 * these is reused for every command.
 */
export class LexRange {
  readonly #min = new LexLimit();
  readonly #max = new LexLimit();

  /** Reads the lower limit: `-`, `+`, `[member`, or `(member` for one that is left out. @returns false if it is none. */
  readMin(bytes: Uint8Array, start: number, length: number): boolean {
    return this.#min.read(bytes, start, length);
  }

  /** As {@link readMin}, the upper limit. */
  readMax(bytes: Uint8Array, start: number, length: number): boolean {
    return this.#max.read(bytes, start, length);
  }

  /** Rank of the first member in the range. */
  from(members: SortedSetForm): number {
    return this.#min.rankIn(members, this.#min.excludes);
  }

  /** Rank behind the last member in the range; less than {@link from} if the limits are the wrong way round. */
  to(members: SortedSetForm): number {
    return this.#max.rankIn(members, !this.#max.excludes);
  }
}
