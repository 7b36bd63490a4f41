import { TYPE_SORTED_SET } from '../../keyspace/entry.ts';
import { writableCollection } from '../collection-access.ts';
import { type Call, type CommandGroup, type Handler, oneKey } from '../command.ts';
import { removeRanks } from './sorted-set-access.ts';
import { type RangeKind, RangeRequest } from './sorted-set-range-options.ts';

const request = new RangeRequest();

/** ZREMRANGEBYRANK, ZREMRANGEBYSCORE and ZREMRANGEBYLEX. */
const removeRange =
  (kind: RangeKind): Handler =>
  (call: Call) => {
    const { keyspace, reply } = call;
    request.read(call.args, 2, { kind, backwards: false });
    const entry = writableCollection(call, 1, TYPE_SORTED_SET);
    if (entry === 0) return reply.integer(0);
    const members = keyspace.sortedSets.open(entry);
    request.locate(members);
    removeRanks(call, entry, members, request.rank, request.count);
    reply.integer(request.count);
  };

const COMPLEXITY = 'O(log(N)+M), when N is the number of members of the set and M that of members removed';

/** Commands that remove a range of members from a sorted set. */
export const sortedSetRemovals = {
  zremrangebyrank: {
    arity: 4,
    flags: ['write'],
    keys: oneKey('RW delete'),
    syntax: 'key start stop',
    since: '2.0.0',
    complexity: COMPLEXITY,
    summary: 'Removes the members of a sorted set in a range of ranks.',
    run: removeRange('rank'),
  },
  zremrangebyscore: {
    arity: 4,
    flags: ['write'],
    keys: oneKey('RW delete'),
    syntax: 'key min max',
    since: '1.2.0',
    complexity: COMPLEXITY,
    summary: 'Removes the members of a sorted set in a range of scores.',
    run: removeRange('score'),
  },
  zremrangebylex: {
    arity: 4,
    flags: ['write'],
    keys: oneKey('RW delete'),
    syntax: 'key min max',
    since: '2.8.9',
    complexity: COMPLEXITY,
    summary: 'Removes the members of a sorted set of equal scores in a range of names.',
    run: removeRange('lex'),
  },
} satisfies CommandGroup;
