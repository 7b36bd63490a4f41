import { errors } from '../../errors.ts';
import { TYPE_LIST } from '../../keyspace/entry.ts';
import type { End } from '../../keyspace/list/list-node.ts';
import type { Arguments } from '../arguments.ts';
import type { Call, CommandGroup } from '../command.ts';
import { replyElements } from '../element-replies.ts';
import { FirstPops } from '../first-pops.ts';

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

/** `LEFT` or `RIGHT`. @throws errors.syntax */
export const endAt = (args: Arguments, index: number): End => {
  if (args.is(index, 'LEFT')) return 'head';
  if (args.is(index, 'RIGHT')) return 'tail';
  throw errors.syntax;
};

const pops = new FirstPops<End>({
  type: TYPE_LIST,
  sideAt: endAt,
  popOne({ args, database, keyspace, reply }, entry, end, keyIndex) {
    reply.array(2);
    reply.bulk(args.buffer, args.start(keyIndex), args.length(keyIndex));
    const { bytes, start, length } = keyspace.lists.peek(entry, end);
    reply.bulk(bytes, start, length);
    keyspace.lists.drop(entry, end);
    database.reduced(entry);
  },
  popSome: popElements,
});

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
    run: pops.one('head'),
  },
  brpop: {
    ...BLOCKING_POP,
    summary: 'Takes the last element of the first list that is there, and waits for one if there is none.',
    run: pops.one('tail'),
  },
  lmpop: {
    arity: -4,
    flags: ['write', 'movablekeys'],
    keys: [{ numberAt: 1, flags: 'RW access delete' }],
    syntax: 'numkeys key [key ...] <LEFT | RIGHT> [COUNT count]',
    since: '7.0.0',
    complexity: MANY,
    summary: 'Takes elements from the first list that is there.',
    run: pops.some,
  },
  blmpop: {
    arity: -5,
    flags: ['write', 'blocking', 'movablekeys'],
    keys: [{ numberAt: 2, flags: 'RW access delete' }],
    syntax: 'timeout numkeys key [key ...] <LEFT | RIGHT> [COUNT count]',
    since: '7.0.0',
    complexity: MANY,
    summary: 'Takes elements from the first list that is there, and waits for one if there is none.',
    run: pops.someOrWait,
  },
} satisfies CommandGroup;
