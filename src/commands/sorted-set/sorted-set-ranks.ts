import { errors, wrongArity } from '../../errors.ts';
import { type CommandGroup, type Handler, oneKey } from '../command.ts';
import { findMember, readSortedSet } from './sorted-set-access.ts';
import { lexRangeAt, scoreRangeAt } from './sorted-set-range-options.ts';

/** ZRANK and ZREVRANK. */
const rank =
  (fromHighest: boolean): Handler =>
  (call) => {
    const { args, reply } = call;
    if (args.count > 4) throw wrongArity(call.command.name);
    if (args.count === 4 && !args.is(3, 'WITHSCORE')) throw errors.syntax;
    const members = readSortedSet(call, 1);
    const score = members === undefined ? Number.NaN : findMember(call, members, 2);
    if (members === undefined || Number.isNaN(score)) {
      if (args.count === 4) reply.nullArray();
      else reply.null();
      return;
    }
    if (args.count === 4) reply.array(2);
    const place = members.rankOfFound();
    reply.integer(fromHighest ? members.count - 1 - place : place);
    if (args.count === 4) reply.double(score);
  };

const zcount: Handler = (call) => {
  const range = scoreRangeAt(call.args, 2, 3);
  const members = readSortedSet(call, 1);
  call.reply.integer(members === undefined ? 0 : Math.max(range.to(members) - range.from(members), 0));
};

const zlexcount: Handler = (call) => {
  const range = lexRangeAt(call.args, 2, 3);
  const members = readSortedSet(call, 1);
  call.reply.integer(members === undefined ? 0 : Math.max(range.to(members) - range.from(members), 0));
};

/** Commands that count members of a sorted set. */
export const sortedSetRanks = {
  zrank: {
    arity: -3,
    flags: ['readonly', 'fast'],
    keys: oneKey('RO access'),
    syntax: 'key member [WITHSCORE]',
    since: '2.0.0',
    complexity: 'O(log(N)), when N is the number of members of the set',
    summary: 'Returns how many members of a sorted set come before one.',
    run: rank(false),
  },
  zrevrank: {
    arity: -3,
    flags: ['readonly', 'fast'],
    keys: oneKey('RO access'),
    syntax: 'key member [WITHSCORE]',
    since: '2.0.0',
    complexity: 'O(log(N)), when N is the number of members of the set',
    summary: 'Returns how many members of a sorted set come behind one.',
    run: rank(true),
  },
  zcount: {
    arity: 4,
    flags: ['readonly', 'fast'],
    keys: oneKey('RO access'),
    syntax: 'key min max',
    since: '2.0.0',
    complexity: 'O(log(N)), when N is the number of members of the set',
    summary: 'Returns the number of members of a sorted set in a range of scores.',
    run: zcount,
  },
  zlexcount: {
    arity: 4,
    flags: ['readonly', 'fast'],
    keys: oneKey('RO access'),
    syntax: 'key min max',
    since: '2.8.9',
    complexity: 'O(log(N)), when N is the number of members of the set',
    summary: 'Returns the number of members of a sorted set of equal scores in a range of names.',
    run: zlexcount,
  },
} satisfies CommandGroup;
