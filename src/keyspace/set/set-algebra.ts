import type { SetMember } from './set-member.ts';
import type { Sets } from './sets.ts';

/**
 * Finds what is in all sets: asks the others for each member of the smallest, the smaller ones first.
 * @param sources entries; 0 is an empty set.
 * @param onMember is given each member, valid during the call; returns false to stop.
 */
export const intersect = (
  sets: Sets,
  sources: readonly number[],
  onMember: (member: SetMember) => boolean,
): void => {
  if (sources.includes(0)) return;
  const [smallest, ...others] = [...sources].sort((a, b) => sets.count(a) - sets.count(b));
  for (const walk = sets.walk(smallest!); walk.next(); ) {
    if (isInAll(sets, others, walk.member) && !onMember(walk.member)) return;
  }
};

/** Adds what is in any of the sets to `result`. @param sources entries; 0 is an empty set. */
export const unite = (sets: Sets, sources: readonly number[], result: number): void => {
  for (const source of sources) if (source !== 0) addAll(sets, source, result);
};

/**
 * Adds what is in the first set and in none of the others to `result`, which is empty: either asks the others for each
 * member of the first, or removes the members of the others one by one, whichever is less work.
 * @param sources entries; 0 is an empty set.
 */
export const subtract = (sets: Sets, sources: readonly number[], result: number): void => {
  const first = sources[0]!;
  const others = sources.slice(1).filter((source) => source !== 0);
  if (first === 0 || others.includes(first)) return;
  const size = sets.count(first);
  const ofOthers = others.reduce((sum, source) => sum + sets.count(source), 0);
  // To ask stops at the first set that has the member, so it counts half.
  if (Math.floor((size * (others.length + 1)) / 2) <= size + ofOthers)
    addMissing(sets, first, others, result);
  else removeAll(sets, first, others, result);
};

const isInAll = (sets: Sets, others: readonly number[], member: SetMember): boolean => {
  for (let i = 0; i < others.length; i++) if (!sets.hasMember(others[i]!, member)) return false;
  return true;
};

const isInAny = (sets: Sets, others: readonly number[], member: SetMember): boolean => {
  for (let i = 0; i < others.length; i++) if (sets.hasMember(others[i]!, member)) return true;
  return false;
};

const addAll = (sets: Sets, source: number, result: number): void => {
  for (const walk = sets.walk(source); walk.next(); ) sets.addMember(result, walk.member);
};

const addMissing = (sets: Sets, first: number, others: number[], result: number): void => {
  // The largest ones first: they have a member most likely.
  others.sort((a, b) => sets.count(b) - sets.count(a));
  for (const walk = sets.walk(first); walk.next(); ) {
    if (!isInAny(sets, others, walk.member)) sets.addMember(result, walk.member);
  }
};

const removeAll = (sets: Sets, first: number, others: readonly number[], result: number): void => {
  addAll(sets, first, result);
  for (const source of others) {
    for (const walk = sets.walk(source); walk.next(); ) {
      sets.remove(result, walk.member.bytes, walk.member.start, walk.member.length);
      if (sets.count(result) === 0) return;
    }
  }
};
