import { errors, outsideRange } from '../../errors.ts';
import type { SortedSetForm } from '../../keyspace/sorted-set/sorted-set-form.ts';
import { MAX_INT64 } from '../../resp/number.ts';
import { type Call, type CommandGroup, type Handler, oneKey } from '../command.ts';
import { beginPairs, readSortedSet, replyMember, replyMembers, replyPair } from './sorted-set-access.ts';

/** Bytes that an empty bulk string takes in a reply: no member takes less. */
const SMALLEST_REPLY = 6;
/** From a third of all members on, going over all of them is cheaper than meeting the same ones again and again. */
const SPARSE = 3;

/** The rank of some member, each as likely as any other. */
const randomRank = ({ keyspace }: Call, members: SortedSetForm): number =>
  Math.floor(keyspace.random() * members.count);

const replyAt = (call: Call, members: SortedSetForm, rank: number, withScores: boolean): void => {
  members.seek(rank);
  if (withScores) replyPair(call, members);
  else replyMember(call, members);
};

const zrandmember: Handler = (call) => {
  const { args, reply } = call;
  if (args.count > 2) return randomMembers(call);
  const members = readSortedSet(call, 1);
  if (members === undefined) return reply.null();
  replyAt(call, members, randomRank(call, members), false);
};

/** With a count: that many different members or, if it is negative, that many that may be the same. */
const randomMembers = (call: Call): void => {
  const { args, reply } = call;
  const count = countAt(call);
  if (args.count > 4 || (args.count === 4 && !args.is(3, 'WITHSCORES'))) throw errors.syntax;
  const withScores = args.count === 4;
  if (withScores && (count > MAX_INT64 / 2n || count < -(MAX_INT64 / 2n))) throw errors.outOfRange;
  const members = readSortedSet(call, 1);
  if (members === undefined) return reply.array(0);
  if (count < 0n) repeatedMembers(call, members, Number(-count), withScores);
  else differentMembers(call, members, Math.min(Number(count), members.count), withScores);
};

const countAt = ({ args }: Call): bigint => {
  const count = args.integer64(2);
  if (count < -MAX_INT64) throw outsideRange(-MAX_INT64, MAX_INT64);
  return count;
};

const repeatedMembers = (call: Call, members: SortedSetForm, count: number, withScores: boolean): void => {
  call.reply.checkRoom(count * SMALLEST_REPLY);
  if (withScores) beginPairs(call, count);
  else call.reply.array(count);
  for (let left = count; left > 0; left--) replyAt(call, members, randomRank(call, members), withScores);
};

const differentMembers = (call: Call, members: SortedSetForm, count: number, withScores: boolean): void => {
  if (count === members.count) return replyMembers(call, members, 0, count, false, withScores);
  if (withScores) beginPairs(call, count);
  else call.reply.array(count);
  if (count * SPARSE < members.count) return fewMembers(call, members, count, withScores);
  // Each rank is taken with the probability that those to be taken are among those left.
  let wanted = count;
  for (let rank = 0; wanted > 0; rank++) {
    if (call.keyspace.random() * (members.count - rank) >= wanted) continue;
    replyAt(call, members, rank, withScores);
    wanted--;
  }
};

const fewMembers = (call: Call, members: SortedSetForm, count: number, withScores: boolean): void => {
  const taken = new Set<number>();
  while (taken.size < count) {
    const rank = randomRank(call, members);
    if (taken.has(rank)) continue;
    taken.add(rank);
    replyAt(call, members, rank, withScores);
  }
};

/** The command that returns members by chance. */
export const sortedSetRandom = {
  zrandmember: {
    arity: -2,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key [count [WITHSCORES]]',
    since: '6.2.0',
    complexity: 'O(N*log(M)), when N is the number of members returned and M that of members of the set',
    tips: ['nondeterministic_output'],
    summary: 'Returns one or more members of a sorted set by chance.',
    run: zrandmember,
  },
} satisfies CommandGroup;
