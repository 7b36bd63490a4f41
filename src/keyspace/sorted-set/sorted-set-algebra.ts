import type { ByteSlice } from '../../memory/byte-slice.ts';
import type { RankedSortedSet } from './ranked-sorted-set.ts';
import type { SortedSetInput } from './sorted-set-input.ts';

/** What becomes of the scores that a member has in several inputs. */
export type Aggregate = 'sum' | 'min' | 'max';

/** An input whose scores count so many times. */
export interface Weighted {
  readonly input: SortedSetInput;
  readonly weight: number;
}

/** Of what is not a number, as infinity times 0 and infinity less infinity, Redis makes 0. */
const orZero = (value: number): number => (Number.isNaN(value) ? 0 : value);

const combine = (a: number, b: number, aggregate: Aggregate): number => {
  if (aggregate === 'sum') return orZero(a + b);
  // Not Math.min: what is not a number, and -0 beside 0, leave the score as it was.
  const isBetter = aggregate === 'min' ? b < a : b > a;
  return isBetter ? b : a;
};

/** The order in which Redis takes inputs, which shows in sums: the smallest first. */
const bySize = (inputs: readonly Weighted[]): Weighted[] =>
  inputs.slice().sort((a, b) => a.input.count - b.input.count);

/**
 * Puts what is in any of the inputs into an empty result, which is to be ordered afterwards.
 * @throws OutOfMemoryError
 */
export const unite = (result: RankedSortedSet, inputs: readonly Weighted[], aggregate: Aggregate): void => {
  for (const { input, weight } of bySize(inputs)) {
    input.begin();
    while (input.next()) {
      const { bytes, start, length } = input.member;
      const score = orZero(weight * input.score);
      const old = result.find(bytes, start, length);
      if (Number.isNaN(old)) result.hold(bytes, start, length, score);
      else result.changeHeld(combine(old, score, aggregate));
    }
  }
};

/** As {@link unite}, for what is in all of the inputs, of which there is one at least. @throws OutOfMemoryError */
export const intersect = (
  result: RankedSortedSet,
  inputs: readonly Weighted[],
  aggregate: Aggregate,
): void => {
  const [smallest, ...others] = bySize(inputs);
  const { input, weight } = smallest!;
  input.begin();
  while (input.next()) {
    const { bytes, start, length } = input.member;
    let score = orZero(weight * input.score);
    let isCommon = true;
    for (const other of others) {
      const found = other.input.find(bytes, start, length);
      isCommon = !Number.isNaN(found);
      if (!isCommon) break;
      score = combine(score, found * other.weight, aggregate);
    }
    if (isCommon) hold(result, input.member, score);
  }
};

/** As {@link unite}, for what is in the first input, but in none of the others. @throws OutOfMemoryError */
export const subtract = (result: RankedSortedSet, [first, ...others]: readonly SortedSetInput[]): void => {
  const input = first!;
  input.begin();
  while (input.next()) {
    if (!others.some((other) => has(other, input))) hold(result, input.member, input.score);
  }
};

/** Adds a member that is not there. */
const hold = (result: RankedSortedSet, { bytes, start, length }: ByteSlice, score: number): void => {
  result.find(bytes, start, length);
  result.hold(bytes, start, length, score);
};

/** Counts what is in all of the inputs, up to `limit`. */
export const countCommon = (inputs: readonly SortedSetInput[], limit: number): number => {
  const [smallest, ...others] = inputs.slice().sort((a, b) => a.count - b.count);
  const input = smallest!;
  let count = 0;
  input.begin();
  while (count < limit && input.next()) {
    if (others.every((other) => has(other, input))) count++;
  }
  return count;
};

const has = (other: SortedSetInput, { member }: SortedSetInput): boolean =>
  !Number.isNaN(other.find(member.bytes, member.start, member.length));
