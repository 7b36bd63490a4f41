import type { Call } from '../command.ts';
import { findMember } from './sorted-set-access.ts';
import type { AddOptions } from './sorted-set-add-options.ts';

/** What became of a member. */
export type Outcome = 'added' | 'changed' | 'same' | 'refused';

/** Gives the member that argument `index` is a score, if the options let it. */
export const addMember = (
  call: Call,
  entry: number,
  index: number,
  score: number,
  options: AddOptions,
): Outcome => {
  const { args, keyspace } = call;
  const { sortedSets } = keyspace;
  const members = sortedSets.open(entry);
  const old = findMember(call, members, index);
  if (Number.isNaN(old)) {
    if (options.onlyChanges) return 'refused';
    sortedSets.insert(entry, args.buffer, args.start(index), args.length(index), score);
    return 'added';
  }
  if (!options.mayReplace(old, score)) return 'refused';
  if (old === score) return 'same';
  members.changeFound(args.buffer, args.start(index), args.length(index), score);
  return 'changed';
};
