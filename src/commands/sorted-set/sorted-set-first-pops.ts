import { errors } from '../../errors.ts';
import { TYPE_SORTED_SET } from '../../keyspace/entry.ts';
import type { Arguments } from '../arguments.ts';
import { timeoutAt } from '../blocking.ts';
import { writableCollection } from '../collection-access.ts';
import type { Call, CommandGroup, Handler } from '../command.ts';
import { numkeysAt } from '../numkeys.ts';
import { type Extreme, popMembers, replyBeside, replyNested } from './sorted-set-pops.ts';

/** The sorted set of a key argument, if that is to be looked at now; or 0. @throws errors.wrongType */
const setAt = (call: Call, index: number): number =>
  call.isReady(index) ? writableCollection(call, index, TYPE_SORTED_SET) : 0;

/** BZPOPMIN and BZPOPMAX. */
const popOrWait =
  (extreme: Extreme): Handler =>
  (call) => {
    const { args, reply } = call;
    const timeout = timeoutAt(call, args.count - 1);
    const last = args.count - 2;
    for (let i = 1; i <= last; i++) {
      const entry = setAt(call, i);
      if (entry === 0) continue;
      reply.array(3);
      reply.bulk(args.buffer, args.start(i), args.length(i));
      return popMembers(call, entry, extreme, 1, replyBeside);
    }
    if (!call.block(TYPE_SORTED_SET, 1, last, timeout)) reply.nullArray();
  };

/** What ZMPOP and BZMPOP are to pop. */
interface PopRequest {
  readonly keys: number;
  readonly extreme: Extreme;
  readonly count: number;
}

/** Reads `numkeys key [key ...] <MIN | MAX> [COUNT count]` from argument `numberAt` on. @throws CommandError */
const popRequest = (args: Arguments, numberAt: number): PopRequest => {
  const keys = numkeysAt(args, numberAt, errors.numkeysNotPositive, errors.numkeysNotPositive);
  const extremeIndex = numberAt + keys + 1;
  const extreme = extremeAt(args, extremeIndex);
  let count = 0;
  for (let i = extremeIndex + 1; i < args.count; i += 2) {
    if (count !== 0 || !args.is(i, 'COUNT') || i + 1 === args.count) throw errors.syntax;
    count = args.integer(i + 1, errors.countNotPositive);
    if (count < 1) throw errors.countNotPositive;
  }
  return { keys, extreme, count: count === 0 ? 1 : count };
};

const extremeAt = (args: Arguments, index: number): Extreme => {
  if (args.is(index, 'MIN')) return 'min';
  if (args.is(index, 'MAX')) return 'max';
  throw errors.syntax;
};

/** Pops from the first sorted set that is there among the keys behind argument `numberAt`. @returns false if there is none. */
const popFromFirst = (call: Call, numberAt: number, { keys, extreme, count }: PopRequest): boolean => {
  const { args, keyspace, reply } = call;
  for (let i = numberAt + 1; i <= numberAt + keys; i++) {
    const entry = setAt(call, i);
    if (entry === 0) continue;
    const popped = Math.min(count, keyspace.sortedSets.count(entry));
    reply.array(2);
    reply.bulk(args.buffer, args.start(i), args.length(i));
    reply.array(popped);
    popMembers(call, entry, extreme, popped, replyNested);
    return true;
  }
  return false;
};

const zmpop: Handler = (call) => {
  const request = popRequest(call.args, 1);
  if (!popFromFirst(call, 1, request)) call.reply.nullArray();
};

const bzmpop: Handler = (call) => {
  const request = popRequest(call.args, 2);
  const timeout = timeoutAt(call, 1);
  if (popFromFirst(call, 2, request)) return;
  if (!call.block(TYPE_SORTED_SET, 3, 2 + request.keys, timeout)) call.reply.nullArray();
};

const BLOCKING_POP = {
  arity: -3,
  flags: ['write', 'noscript', 'blocking', 'fast'],
  keys: [{ first: 1, last: -2, step: 1, flags: 'RW access delete' }],
  syntax: 'key [key ...] timeout',
  since: '5.0.0',
  complexity: 'O(log(N)), when N is the number of members of the set',
} as const;

const COMPLEXITY =
  'O(K) + O(M*log(N)), when K is the number of keys, N that of members of the set and M that of members popped';

/** Commands that pop from the first of several sorted sets that is there, and those that wait for one. */
export const sortedSetFirstPops = {
  bzpopmin: {
    ...BLOCKING_POP,
    summary:
      'Removes a member of the lowest score from the first sorted set that is there, or waits for one.',
    run: popOrWait('min'),
  },
  bzpopmax: {
    ...BLOCKING_POP,
    summary:
      'Removes a member of the highest score from the first sorted set that is there, or waits for one.',
    run: popOrWait('max'),
  },
  zmpop: {
    arity: -4,
    flags: ['write', 'movablekeys'],
    keys: [{ numberAt: 1, flags: 'RW access delete' }],
    syntax: 'numkeys key [key ...] <MIN | MAX> [COUNT count]',
    since: '7.0.0',
    complexity: COMPLEXITY,
    summary: 'Removes members of the lowest or highest scores from the first sorted set that is there.',
    run: zmpop,
  },
  bzmpop: {
    arity: -5,
    flags: ['write', 'blocking', 'movablekeys'],
    keys: [{ numberAt: 2, flags: 'RW access delete' }],
    syntax: 'timeout numkeys key [key ...] <MIN | MAX> [COUNT count]',
    since: '7.0.0',
    complexity: COMPLEXITY,
    summary:
      'Removes members of the lowest or highest scores from the first sorted set that is there, or waits for one.',
    run: bzmpop,
  },
} satisfies CommandGroup;
