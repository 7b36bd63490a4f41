import type { ByteSlice } from '../../memory/byte-slice.ts';
import { SetWalk } from '../set/set-walk.ts';
import type { Sets } from '../set/sets.ts';
import type { SortedSetForm } from './sorted-set-form.ts';

/** Members with scores that go into a union, an intersection or a difference. */
export interface SortedSetInput {
  /** Number of members. */
  readonly count: number;
  /** The member that {@link next} has found; valid until it is called again. */
  readonly member: ByteSlice;
  /** Its score. */
  readonly score: number;
  /** Begins a walk over all members. */
  begin(): void;
  /** Goes on to the next member. @returns false if there is none. */
  next(): boolean;
  /** The score of a member, or NaN if it is none; does not disturb the walk. */
  find(bytes: Uint8Array, start: number, length: number): number;
}

/** A sorted set as an input. */
export class SortedSetWalk implements SortedSetInput {
  readonly count: number;
  readonly #members: SortedSetForm;
  #left = 0;

  /** @param members must stay turned to this set. */
  constructor(members: SortedSetForm) {
    this.#members = members;
    this.count = members.count;
  }

  get member(): ByteSlice {
    return this.#members.member;
  }

  get score(): number {
    return this.#members.score;
  }

  begin(): void {
    this.#left = this.count;
  }

  next(): boolean {
    if (this.#left === 0) return false;
    if (this.#left === this.count) this.#members.seek(0);
    else this.#members.next();
    this.#left--;
    return true;
  }

  find(bytes: Uint8Array, start: number, length: number): number {
    return this.#members.find(bytes, start, length);
  }
}

/** A set as an input: all its members have the score 1. */
export class UnscoredWalk implements SortedSetInput {
  readonly count: number;
  readonly score = 1;
  readonly #sets: Sets;
  readonly #entry: number;
  readonly #walk: SetWalk;

  constructor(sets: Sets, entry: number) {
    this.#sets = sets;
    this.#entry = entry;
    this.#walk = new SetWalk(sets);
    this.count = sets.count(entry);
  }

  get member(): ByteSlice {
    return this.#walk.member;
  }

  begin(): void {
    this.#walk.begin(this.#entry);
  }

  next(): boolean {
    return this.#walk.next();
  }

  find(bytes: Uint8Array, start: number, length: number): number {
    return this.#sets.has(this.#entry, bytes, start, length) ? this.score : Number.NaN;
  }
}

/** What a key that is not there stands for. */
export const NO_MEMBERS: SortedSetInput = {
  count: 0,
  member: { bytes: new Uint8Array(0), start: 0, length: 0 },
  score: 0,
  begin() {},
  next: () => false,
  find: () => Number.NaN,
};
