import type { ByteSlice } from '../../memory/byte-slice.ts';

/**
 * A way to keep the members of a sorted set, turned to one of them (see `packed-sorted-set.ts` and
 * `ranked-sorted-set.ts`). Members are in the order of their scores and, where these are equal, of their bytes; ranks
 * count from 0, the lowest score.
 *
 * There is one cursor: {@link seek} sets it, and any change makes it meaningless, and so it does what
 * {@link find} has found.
 */
export interface SortedSetForm {
  /** Number of members. */
  readonly count: number;
  /** The member at the cursor; valid until the cursor moves. */
  readonly member: ByteSlice;
  /** The score of the member at the cursor. */
  readonly score: number;

  /** Sets the cursor to the member of that rank, which must be there. */
  seek(rank: number): void;
  /** Moves the cursor one member on. @returns false behind the last. */
  next(): boolean;
  /** Moves the cursor one member back. @returns false before the first. */
  previous(): boolean;

  /** Looks for a member. @returns its score, or NaN if it is none. */
  find(bytes: Uint8Array, start: number, length: number): number;
  /** Rank of the member that was found. */
  rankOfFound(): number;
  /** Gives the member that was found another score. `bytes` are still its bytes. @throws OutOfMemoryError */
  changeFound(bytes: Uint8Array, start: number, length: number, score: number): void;
  removeFound(): void;
  /** Adds a member that {@link find} has just not found. @throws OutOfMemoryError, nothing having changed */
  insert(bytes: Uint8Array, start: number, length: number, score: number): void;

  /** Number of members with a lower score or, if `inclusive`, with that score as well. */
  rankOfScore(score: number, inclusive: boolean): number;
  /**
   * Number of members that come before some bytes, or that are these bytes if `inclusive`: where all scores are equal.
   */
  rankOfMember(bytes: Uint8Array, start: number, length: number, inclusive: boolean): number;
  /** Takes out `count` members from a rank on. */
  removeRanks(rank: number, count: number): void;
}
