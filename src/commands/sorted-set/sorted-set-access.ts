import { TYPE_SORTED_SET } from '../../keyspace/entry.ts';
import type { SortedSetForm } from '../../keyspace/sorted-set/sorted-set-form.ts';
import { readCollection } from '../collection-access.ts';
import type { Call } from '../command.ts';

/** The sorted set of a key argument for a command that reads it, or undefined. @throws errors.wrongType */
export const readSortedSet = (call: Call, index: number): SortedSetForm | undefined => {
  const entry = readCollection(call, index, TYPE_SORTED_SET);
  return entry === 0 ? undefined : call.keyspace.sortedSets.open(entry);
};

/**
 * Looks for the member that argument `index` is.
 * @returns its score, or NaN if it is none.
 */
export const findMember = ({ args }: Call, members: SortedSetForm, index: number): number =>
  members.find(args.buffer, args.start(index), args.length(index));

/** Replies with the member at the cursor. */
export const replyMember = ({ reply }: Call, members: SortedSetForm): void => {
  const { bytes, start, length } = members.member;
  reply.bulk(bytes, start, length);
};

/** Begins the reply of `count` members, each with its score: pairs in RESP3, all in one array in RESP2. */
export const beginPairs = ({ reply }: Call, count: number): void => {
  reply.array(reply.protocol === 3 ? count : count * 2);
};

/** One of these: the member at the cursor, and its score. */
export const replyPair = (call: Call, members: SortedSetForm): void => {
  if (call.reply.protocol === 3) call.reply.array(2);
  replyMember(call, members);
  call.reply.double(members.score);
};

/**
 * Replies with `count` members from a rank on, which must be there.
 * @param backwards takes the last of them first.
 */
export const replyMembers = (
  call: Call,
  members: SortedSetForm,
  rank: number,
  count: number,
  backwards: boolean,
  withScores: boolean,
): void => {
  if (withScores) beginPairs(call, count);
  else call.reply.array(count);
  if (count <= 0) return;
  members.seek(backwards ? rank + count - 1 : rank);
  for (let left = count; left > 0; left--) {
    if (withScores) replyPair(call, members);
    else replyMember(call, members);
    if (backwards) members.previous();
    else members.next();
  }
};

/** Takes `count` members from a rank on out of the set of `entry`, which the look-up just made has found. */
export const removeRanks = (
  { database }: Call,
  entry: number,
  members: SortedSetForm,
  rank: number,
  count: number,
): void => {
  if (count === 0) return;
  // As a whole it is freed bit by bit.
  if (count === members.count) return database.removeFound(entry);
  members.removeRanks(rank, count);
  database.modified(entry);
};
