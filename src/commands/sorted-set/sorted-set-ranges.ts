import { TYPE_SORTED_SET } from '../../keyspace/entry.ts';
import { readCollection, storeCollection } from '../collection-access.ts';
import { type Call, type CommandGroup, type Handler, type KeySpec, oneKey } from '../command.ts';
import { readSortedSet, replyMembers } from './sorted-set-access.ts';
import { type RangeCommand, RangeRequest } from './sorted-set-range-options.ts';

const request = new RangeRequest();

const range =
  (command: RangeCommand): Handler =>
  (call) => {
    request.read(call.args, 2, command);
    const members = readSortedSet(call, 1);
    if (members === undefined) return call.reply.array(0);
    request.locate(members);
    replyMembers(call, members, request.rank, request.count, request.backwards, request.withScores);
  };

const zrangestore: Handler = (call) => {
  request.read(call.args, 3, { stores: true });
  const source = readCollection(call, 2, TYPE_SORTED_SET);
  const stored = storeCollection(call, 1, TYPE_SORTED_SET, (target) => {
    if (source !== 0) appendRange(call, source, target);
  });
  call.reply.integer(stored);
};

/** Adds the members in the range to an empty sorted set. */
const appendRange = ({ keyspace }: Call, source: number, target: number): void => {
  const { sortedSets } = keyspace;
  const members = sortedSets.openBeside(source);
  request.locate(members);
  const { rank, count } = request;
  // As Redis, which counts ranks before it stores them, but not what is in a range of scores: it shows in -0.
  if (request.kind === 'rank') sortedSets.prepare(target, count);
  sortedSets.append(target, members, rank, count);
};

const storeKeys: readonly KeySpec[] = [
  { first: 1, last: 1, step: 1, flags: 'OW update' },
  { first: 2, last: 2, step: 1, flags: 'RO access' },
];
const COMPLEXITY = 'O(log(N)+M), when N is the number of members of the set and M that of members returned';

/** Commands that return the members of a sorted set by rank, score or name. */
export const sortedSetRanges = {
  zrange: {
    arity: -4,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key start stop [BYSCORE | BYLEX] [REV] [LIMIT offset count] [WITHSCORES]',
    since: '1.2.0',
    complexity: COMPLEXITY,
    summary: 'Returns the members of a sorted set in a range of ranks, scores or names.',
    run: range({}),
  },
  zrangestore: {
    arity: -5,
    flags: ['write', 'denyoom'],
    keys: storeKeys,
    syntax: 'dst src min max [BYSCORE | BYLEX] [REV] [LIMIT offset count]',
    since: '6.2.0',
    complexity: 'O(log(N)+M), when N is the number of members of the set and M that of members stored',
    summary: 'Stores the members of a sorted set in a range of ranks, scores or names as another sorted set.',
    run: zrangestore,
  },
  zrevrange: {
    arity: -4,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key start stop [WITHSCORES]',
    since: '1.2.0',
    deprecated: { since: '6.2.0', use: '`ZRANGE` with the `REV` argument' },
    complexity: COMPLEXITY,
    summary: 'Returns the members of a sorted set in a range of ranks, the highest score first.',
    run: range({ kind: 'rank', backwards: true }),
  },
  zrangebyscore: {
    arity: -4,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key min max [WITHSCORES] [LIMIT offset count]',
    since: '1.0.5',
    deprecated: { since: '6.2.0', use: '`ZRANGE` with the `BYSCORE` argument' },
    complexity: COMPLEXITY,
    summary: 'Returns the members of a sorted set in a range of scores.',
    run: range({ kind: 'score', backwards: false }),
  },
  zrevrangebyscore: {
    arity: -4,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key max min [WITHSCORES] [LIMIT offset count]',
    since: '2.2.0',
    deprecated: { since: '6.2.0', use: '`ZRANGE` with the `REV` and `BYSCORE` arguments' },
    complexity: COMPLEXITY,
    summary: 'Returns the members of a sorted set in a range of scores, the highest first.',
    run: range({ kind: 'score', backwards: true }),
  },
  zrangebylex: {
    arity: -4,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key min max [LIMIT offset count]',
    since: '2.8.9',
    deprecated: { since: '6.2.0', use: '`ZRANGE` with the `BYLEX` argument' },
    complexity: COMPLEXITY,
    summary: 'Returns the members of a sorted set of equal scores in a range of names.',
    run: range({ kind: 'lex', backwards: false }),
  },
  zrevrangebylex: {
    arity: -4,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key max min [LIMIT offset count]',
    since: '2.8.9',
    deprecated: { since: '6.2.0', use: '`ZRANGE` with the `REV` and `BYLEX` arguments' },
    complexity: COMPLEXITY,
    summary: 'Returns the members of a sorted set of equal scores in a range of names, the last first.',
    run: range({ kind: 'lex', backwards: true }),
  },
} satisfies CommandGroup;
