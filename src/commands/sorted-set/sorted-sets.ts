import { errors } from '../../errors.ts';
import { TYPE_SORTED_SET } from '../../keyspace/entry.ts';
import { ensureCollection, writableCollection } from '../collection-access.ts';
import { type Call, type CommandGroup, type Handler, oneKey } from '../command.ts';
import { findMember, readSortedSet } from './sorted-set-access.ts';
import { addMember } from './sorted-set-add.ts';
import { AddOptions } from './sorted-set-add-options.ts';

const options = new AddOptions();

/** Adds to the score of the member that argument `index` is; replies with the sum, or with null if it may not be. */
const incrementMember = (call: Call, entry: number, index: number, increment: number): void => {
  const { database, keyspace, reply } = call;
  const old = entry === 0 ? Number.NaN : findMember(call, keyspace.sortedSets.open(entry), index);
  const score = Number.isNaN(old) ? increment : old + increment;
  if (Number.isNaN(score)) throw errors.scoreNotANumber;
  const outcome = entry === 0 ? 'refused' : addMember(call, entry, index, score, options);
  if (outcome === 'refused') return reply.null();
  if (outcome !== 'same') database.modified(entry);
  reply.double(score);
};

const zadd: Handler = (call) => {
  const { args, database, reply } = call;
  const first = options.read(args);
  // All scores are read before anything changes; one alone need not be read twice.
  const firstScore = args.double(first);
  for (let i = first + 2; i < args.count; i += 2) args.double(i);
  const entry = options.onlyChanges
    ? writableCollection(call, 1, TYPE_SORTED_SET)
    : ensureCollection(call, 1, TYPE_SORTED_SET);
  if (options.increments) return incrementMember(call, entry, first + 1, firstScore);
  if (entry === 0) return reply.integer(0);
  let added = 0;
  let changed = 0;
  for (let i = first; i < args.count; i += 2) {
    const outcome = addMember(call, entry, i + 1, i === first ? firstScore : args.double(i), options);
    if (outcome === 'added') added++;
    else if (outcome === 'changed') changed++;
  }
  if (added + changed > 0) database.modified(entry);
  reply.integer(options.countsChanges ? added + changed : added);
};

const zincrby: Handler = (call) => {
  options.clear();
  const increment = call.args.double(2);
  incrementMember(call, ensureCollection(call, 1, TYPE_SORTED_SET), 3, increment);
};

const zrem: Handler = (call) => {
  const { args, database, keyspace, reply } = call;
  const entry = writableCollection(call, 1, TYPE_SORTED_SET);
  if (entry === 0) return reply.integer(0);
  const members = keyspace.sortedSets.open(entry);
  let removed = 0;
  for (let i = 2; i < args.count; i++) {
    if (Number.isNaN(findMember(call, members, i))) continue;
    members.removeFound();
    removed++;
  }
  if (removed > 0) database.reduced(entry);
  reply.integer(removed);
};

const zcard: Handler = (call) => {
  call.reply.integer(readSortedSet(call, 1)?.count ?? 0);
};

const replyScore = (call: Call, score: number): void => {
  if (Number.isNaN(score)) call.reply.null();
  else call.reply.double(score);
};

const zscore: Handler = (call) => {
  const members = readSortedSet(call, 1);
  replyScore(call, members === undefined ? Number.NaN : findMember(call, members, 2));
};

const zmscore: Handler = (call) => {
  const { args, reply } = call;
  const members = readSortedSet(call, 1);
  reply.array(args.count - 2);
  for (let i = 2; i < args.count; i++) {
    replyScore(call, members === undefined ? Number.NaN : findMember(call, members, i));
  }
};

/** Commands that add and remove members of a sorted set, and tell their scores. */
export const sortedSets = {
  zadd: {
    arity: -4,
    flags: ['write', 'denyoom', 'fast'],
    keys: oneKey('RW update'),
    syntax: 'key [NX | XX] [GT | LT] [CH] [INCR] score member [score member ...]',
    since: '1.2.0',
    complexity: 'O(log(N)) for each member, when N is the number of members of the set',
    summary: 'Adds members to a sorted set or gives them other scores, under conditions if asked for.',
    run: zadd,
  },
  zincrby: {
    arity: 4,
    flags: ['write', 'denyoom', 'fast'],
    keys: oneKey('RW access update'),
    syntax: 'key increment member',
    since: '1.2.0',
    complexity: 'O(log(N)), when N is the number of members of the set',
    summary: 'Adds to the score of a member of a sorted set; a missing one begins at 0.',
    run: zincrby,
  },
  zrem: {
    arity: -3,
    flags: ['write', 'fast'],
    keys: oneKey('RW delete'),
    syntax: 'key member [member ...]',
    since: '1.2.0',
    complexity: 'O(M*log(N)), when N is the number of members of the set and M that of members to remove',
    summary: 'Removes members from a sorted set; the key goes with the last of them.',
    run: zrem,
  },
  zcard: {
    arity: 2,
    flags: ['readonly', 'fast'],
    keys: oneKey('RO'),
    syntax: 'key',
    since: '1.2.0',
    complexity: 'O(1)',
    summary: 'Returns the number of members of a sorted set.',
    run: zcard,
  },
  zscore: {
    arity: 3,
    flags: ['readonly', 'fast'],
    keys: oneKey('RO access'),
    syntax: 'key member',
    since: '1.2.0',
    complexity: 'O(1)',
    summary: 'Returns the score of a member of a sorted set.',
    run: zscore,
  },
  zmscore: {
    arity: -3,
    flags: ['readonly', 'fast'],
    keys: oneKey('RO access'),
    syntax: 'key member [member ...]',
    since: '6.2.0',
    complexity: 'O(N), when N is the number of members asked for',
    summary: 'Returns the scores of members of a sorted set.',
    run: zmscore,
  },
} satisfies CommandGroup;
