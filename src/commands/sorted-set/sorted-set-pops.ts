import { errors } from '../../errors.ts';
import { TYPE_SORTED_SET } from '../../keyspace/entry.ts';
import type { SortedSetForm } from '../../keyspace/sorted-set/sorted-set-form.ts';
import type { Arguments } from '../arguments.ts';
import { writableCollection } from '../collection-access.ts';
import { type Call, type CommandGroup, type Handler, oneKey } from '../command.ts';
import { beginPairs, removeRanks, replyMember, replyPair } from './sorted-set-access.ts';

/** Which members go first: those of the lowest scores or of the highest. */
export type Extreme = 'min' | 'max';

/**
 * Takes up to `count` members out of the set of `entry`, which the look-up just made has found.
 * @param reply is called for each, the cursor being at it.
 */
export const popMembers = (
  call: Call,
  entry: number,
  extreme: Extreme,
  count: number,
  reply: (call: Call, members: SortedSetForm) => void,
): void => {
  const members = call.keyspace.sortedSets.open(entry);
  members.seek(extreme === 'min' ? 0 : members.count - 1);
  for (let left = count; left > 0; left--) {
    reply(call, members);
    if (extreme === 'min') members.next();
    else members.previous();
  }
  removeRanks(call, entry, members, extreme === 'min' ? 0 : members.count - count, count);
};

/** Replies with the member at the cursor and its score, in an array begun before. */
export const replyBeside = (call: Call, members: SortedSetForm): void => {
  replyMember(call, members);
  call.reply.double(members.score);
};

/** Replies with the member at the cursor and its score, as an array in both protocols. */
export const replyNested = (call: Call, members: SortedSetForm): void => {
  call.reply.array(2);
  replyBeside(call, members);
};

/** ZPOPMIN and ZPOPMAX. */
const pop =
  (extreme: Extreme): Handler =>
  (call) => {
    const { args, reply } = call;
    if (args.count > 3) throw errors.syntax;
    const wanted = args.count === 3 ? countAt(args, 2) : 1;
    const entry = writableCollection(call, 1, TYPE_SORTED_SET);
    if (entry === 0) return reply.array(0);
    if (args.count === 2) {
      reply.array(2);
      return popMembers(call, entry, extreme, 1, replyBeside);
    }
    const count = Math.min(wanted, call.keyspace.sortedSets.count(entry));
    beginPairs(call, count);
    popMembers(call, entry, extreme, count, replyPair);
  };

const countAt = (args: Arguments, index: number): number => {
  const count = args.integer(index, errors.notPositive);
  if (count < 0) throw errors.notPositive;
  return count;
};

const POP = {
  arity: -2,
  flags: ['write', 'fast'],
  keys: oneKey('RW access delete'),
  syntax: 'key [count]',
  since: '5.0.0',
  complexity: 'O(log(N)*M), when N is the number of members of the set and M that of members popped',
} as const;

/** Commands that take the members of the lowest or highest scores out of a sorted set. */
export const sortedSetPops = {
  zpopmin: {
    ...POP,
    summary: 'Removes members of the lowest scores from a sorted set and returns them.',
    run: pop('min'),
  },
  zpopmax: {
    ...POP,
    summary: 'Removes members of the highest scores from a sorted set and returns them.',
    run: pop('max'),
  },
} satisfies CommandGroup;
