import { errors } from '../../errors.ts';
import { TYPE_SORTED_SET } from '../../keyspace/entry.ts';
import type { Arguments } from '../arguments.ts';
import type { CommandGroup } from '../command.ts';
import { FirstPops } from '../first-pops.ts';
import { type Extreme, popMembers, replyBeside, replyNested } from './sorted-set-pops.ts';

const extremeAt = (args: Arguments, index: number): Extreme => {
  if (args.is(index, 'MIN')) return 'min';
  if (args.is(index, 'MAX')) return 'max';
  throw errors.syntax;
};

const pops = new FirstPops<Extreme>({
  type: TYPE_SORTED_SET,
  sideAt: extremeAt,
  popOne(call, entry, extreme, keyIndex) {
    const { args, reply } = call;
    reply.array(3);
    reply.bulk(args.buffer, args.start(keyIndex), args.length(keyIndex));
    popMembers(call, entry, extreme, 1, replyBeside);
  },
  popSome(call, entry, extreme, count) {
    const popped = Math.min(count, call.keyspace.sortedSets.count(entry));
    call.reply.array(popped);
    popMembers(call, entry, extreme, popped, replyNested);
  },
});

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
    run: pops.one('min'),
  },
  bzpopmax: {
    ...BLOCKING_POP,
    summary:
      'Removes a member of the highest score from the first sorted set that is there, or waits for one.',
    run: pops.one('max'),
  },
  zmpop: {
    arity: -4,
    flags: ['write', 'movablekeys'],
    keys: [{ numberAt: 1, flags: 'RW access delete' }],
    syntax: 'numkeys key [key ...] <MIN | MAX> [COUNT count]',
    since: '7.0.0',
    complexity: COMPLEXITY,
    summary: 'Removes members of the lowest or highest scores from the first sorted set that is there.',
    run: pops.some,
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
    run: pops.someOrWait,
  },
} satisfies CommandGroup;
