import { errors } from '../../errors.ts';
import { TYPE_LIST } from '../../keyspace/entry.ts';
import type { End } from '../../keyspace/list/list-node.ts';
import type { Arguments } from '../arguments.ts';
import { timeoutAt } from '../blocking.ts';
import { writableCollection } from '../collection-access.ts';
import type { Call, CommandGroup, Handler } from '../command.ts';
import { replyElements } from '../element-replies.ts';
import { numkeysAt } from '../numkeys.ts';

/** Takes up to `wanted` elements from an end of a list and replies with them, the first taken first. */
export const popElements = (call: Call, entry: number, end: End, wanted: number): void => {
  const { database, keyspace, reply } = call;
  const { lists } = keyspace;
  const count = Math.min(wanted, lists.count(entry));
  reply.array(count);
  if (count === 0) return;
  lists.cursor.seekEnd(entry, end);
  if (end === 'head') {
    lists.cursor.stretches(count, (bytes, at, length) => replyElements(reply, bytes, at, length));
  } else {
    for (let left = count; left > 0; left--) {
      const { bytes, start, length } = lists.cursor.current();
      reply.bulk(bytes, start, length);
      lists.cursor.previous();
    }
  }
  lists.dropMany(entry, end, count);
  database.reduced(entry);
};

/** The list of a key argument if that is to be looked at now; 0 if not, or if it is not there. @throws errors.wrongType */
const listAt = (call: Call, index: number): number =>
  call.isReady(index) ? writableCollection(call, index, TYPE_LIST) : 0;

/** BLPOP and BRPOP: from the first of the keys that is there, with the key's name. */
const popOrWait =
  (end: End): Handler =>
  (call) => {
    const { args, database, keyspace, reply } = call;
    const timeout = timeoutAt(call, args.count - 1);
    const last = args.count - 2;
    for (let i = 1; i <= last; i++) {
      const entry = listAt(call, i);
      if (entry === 0) continue;
      reply.array(2);
      reply.bulk(args.buffer, args.start(i), args.length(i));
      const { bytes, start, length } = keyspace.lists.peek(entry, end);
      reply.bulk(bytes, start, length);
      keyspace.lists.drop(entry, end);
      return database.reduced(entry);
    }
    if (!call.block(TYPE_LIST, 1, last, timeout)) reply.nullArray();
  };

/** `LEFT` or `RIGHT`. @throws errors.syntax */
export const endAt = (args: Arguments, index: number): End => {
  if (args.is(index, 'LEFT')) return 'head';
  if (args.is(index, 'RIGHT')) return 'tail';
  throw errors.syntax;
};

/** Pops from the first list that is there among keys whose number is argument `numberAt`. @returns false if there is none. */
const popFromFirst = (call: Call, numberAt: number, keys: number, end: End, count: number): boolean => {
  const { args, reply } = call;
  for (let i = numberAt + 1; i <= numberAt + keys; i++) {
    const entry = listAt(call, i);
    if (entry === 0) continue;
    reply.array(2);
    reply.bulk(args.buffer, args.start(i), args.length(i));
    popElements(call, entry, end, count);
    return true;
  }
  return false;
};

interface PopOptions {
  readonly keys: number;
  readonly end: End;
  readonly count: number;
}

/** `numkeys key [key ...] <LEFT | RIGHT> [COUNT count]` from argument `numberAt` on. */
const popOptions = (args: Arguments, numberAt: number): PopOptions => {
  const keys = numkeysAt(args, numberAt, errors.numkeysNotPositive, errors.numkeysNotPositive);
  const endIndex = numberAt + keys + 1;
  const end = endAt(args, endIndex);
  let count = -1;
  for (let i = endIndex + 1; i < args.count; i += 2) {
    if (count !== -1 || !args.is(i, 'COUNT') || i + 1 === args.count) throw errors.syntax;
    count = args.integer(i + 1, errors.countNotPositive);
    if (count < 1) throw errors.countNotPositive;
  }
  return { keys, end, count: count === -1 ? 1 : count };
};

const lmpop: Handler = (call) => {
  const { keys, end, count } = popOptions(call.args, 1);
  if (!popFromFirst(call, 1, keys, end, count)) call.reply.nullArray();
};

const blmpop: Handler = (call) => {
  const { keys, end, count } = popOptions(call.args, 2);
  const timeout = timeoutAt(call, 1);
  if (popFromFirst(call, 2, keys, end, count)) return;
  if (!call.block(TYPE_LIST, 3, 2 + keys, timeout)) call.reply.nullArray();
};

const BLOCKING_POP = {
  arity: -3,
  flags: ['write', 'noscript', 'blocking'],
  keys: [{ first: 1, last: -2, step: 1, flags: 'RW access delete' }],
  syntax: 'key [key ...] timeout',
  since: '2.0.0',
  complexity: 'O(N) where N is the number of provided keys.',
} as const;

const MANY = 'O(N+M) where N is the number of provided keys and M is the number of elements returned.';

/** Commands that pop from the first of several lists that is there, and those that wait for one. */
export const listPops = {
  blpop: {
    ...BLOCKING_POP,
    summary: 'Takes the first element of the first list that is there, and waits for one if there is none.',
    run: popOrWait('head'),
  },
  brpop: {
    ...BLOCKING_POP,
    summary: 'Takes the last element of the first list that is there, and waits for one if there is none.',
    run: popOrWait('tail'),
  },
  lmpop: {
    arity: -4,
    flags: ['write', 'movablekeys'],
    keys: [{ numberAt: 1, flags: 'RW access delete' }],
    syntax: 'numkeys key [key ...] <LEFT | RIGHT> [COUNT count]',
    since: '7.0.0',
    complexity: MANY,
    summary: 'Takes elements from the first list that is there.',
    run: lmpop,
  },
  blmpop: {
    arity: -5,
    flags: ['write', 'blocking', 'movablekeys'],
    keys: [{ numberAt: 2, flags: 'RW access delete' }],
    syntax: 'timeout numkeys key [key ...] <LEFT | RIGHT> [COUNT count]',
    since: '7.0.0',
    complexity: MANY,
    summary: 'Takes elements from the first list that is there, and waits for one if there is none.',
    run: blmpop,
  },
} satisfies CommandGroup;
