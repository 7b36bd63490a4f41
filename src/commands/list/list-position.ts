import { CommandError, errors } from '../../errors.ts';
import { TYPE_LIST } from '../../keyspace/entry.ts';
import { MIN_INT64 } from '../../resp/number.ts';
import type { Arguments } from '../arguments.ts';
import { readCollection } from '../collection-access.ts';
import { type Call, type CommandGroup, type Handler, oneKey } from '../command.ts';

const RANK_ZERO = new CommandError(
  "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to start from " +
    'the end of the list',
);
const COUNT_NEGATIVE = new CommandError("ERR COUNT can't be negative");
const MAXLEN_NEGATIVE = new CommandError("ERR MAXLEN can't be negative");

interface Search {
  /** Which match is the first to be told of; negative: from the tail. */
  rank: number;
  /** How many matches; 0: all; -1: one, told without an array. */
  count: number;
  /** Elements looked at; 0: all. */
  maxLength: number;
}

const searchOf = (args: Arguments): Search => {
  const search: Search = { rank: 1, count: -1, maxLength: 0 };
  for (let i = 3; i < args.count; i += 2) {
    if (i + 1 === args.count) throw errors.syntax;
    if (args.is(i, 'RANK')) search.rank = rankAt(args, i + 1);
    else if (args.is(i, 'COUNT')) search.count = notNegative(args, i + 1, COUNT_NEGATIVE);
    else if (args.is(i, 'MAXLEN')) search.maxLength = notNegative(args, i + 1, MAXLEN_NEGATIVE);
    else throw errors.syntax;
  }
  return search;
};

const rankAt = (args: Arguments, index: number): number => {
  const rank = args.integer64(index);
  if (rank === 0n) throw RANK_ZERO;
  // It has no positive counterpart: Redis takes the last match for it.
  return rank === MIN_INT64 ? -1 : Number(rank);
};

const notNegative = (args: Arguments, index: number, error: CommandError): number => {
  const value = args.integer(index, error);
  if (value < 0) throw error;
  return value;
};

const lpos: Handler = (call) => {
  const { args, reply } = call;
  const search = searchOf(args);
  const entry = readCollection(call, 1, TYPE_LIST);
  const mark = reply.length;
  const found = entry === 0 ? 0 : replyPositions(call, entry, search);
  if (search.count !== -1) reply.arrayBefore(mark, found);
  else if (found === 0) reply.null();
};

/** Replies with the indexes of the matches. @returns how many. */
const replyPositions = ({ args, keyspace, reply }: Call, entry: number, search: Search): number => {
  const { cursor } = keyspace.lists;
  const backwards = search.rank < 0;
  const limit = search.count === 0 ? Number.POSITIVE_INFINITY : Math.abs(search.count);
  const looks = search.maxLength === 0 ? Number.POSITIVE_INFINITY : search.maxLength;
  const count = keyspace.lists.count(entry);
  let skip = Math.abs(search.rank) - 1;
  let found = 0;
  cursor.wanted(args.buffer, args.start(2), args.length(2));
  let more = cursor.seekEnd(entry, backwards ? 'tail' : 'head');
  for (let i = 0; more && i < looks && found < limit; i++) {
    if (cursor.isWanted() && skip-- <= 0) {
      reply.integer(backwards ? count - 1 - i : i);
      found++;
    }
    more = backwards ? cursor.previous() : cursor.next();
  }
  return found;
};

/** LPOS: where in a list an element is. */
export const listPosition = {
  lpos: {
    arity: -3,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key element [RANK rank] [COUNT num-matches] [MAXLEN len]',
    since: '6.0.6',
    complexity: 'O(N), when N is the number of elements looked at',
    summary: 'Returns the indexes of the elements that are equal to a given one.',
    run: lpos,
  },
} satisfies CommandGroup;
