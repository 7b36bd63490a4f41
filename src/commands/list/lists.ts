import { errors, wrongArity } from '../../errors.ts';
import { TYPE_LIST } from '../../keyspace/entry.ts';
import type { End } from '../../keyspace/list/list-node.ts';
import { ensureCollection, readCollection, writableCollection } from '../collection-access.ts';
import { type Call, type CommandGroup, type Handler, oneKey } from '../command.ts';
import { popElements } from './list-pops.ts';

/** LPUSH and RPUSH. */
const pushAt =
  (end: End): Handler =>
  (call) => {
    push(call, ensureCollection(call, 1, TYPE_LIST), end);
  };

/** LPUSHX and RPUSHX. */
const pushIfThere =
  (end: End): Handler =>
  (call) => {
    const entry = writableCollection(call, 1, TYPE_LIST);
    if (entry === 0) call.reply.integer(0);
    else push(call, entry, end);
  };

const push = ({ args, database, keyspace, reply }: Call, entry: number, end: End): void => {
  const { lists } = keyspace;
  const { buffer, count } = args;
  let length = 0;
  for (let i = 2; i < count; i++) length = lists.push(entry, end, buffer, args.start(i), args.length(i));
  database.modified(entry);
  reply.integer(length);
};

/** LPOP and RPOP. */
const popAt =
  (end: End): Handler =>
  (call) => {
    const { args, database, keyspace, reply } = call;
    if (args.count > 3) throw wrongArity(call.command.name);
    const wanted = args.count === 3 ? countOf(call) : -1;
    const entry = writableCollection(call, 1, TYPE_LIST);
    if (entry === 0) {
      if (wanted < 0) reply.null();
      else reply.nullArray();
      return;
    }
    if (wanted >= 0) return popElements(call, entry, end, wanted);
    const { bytes, start, length } = keyspace.lists.peek(entry, end);
    reply.bulk(bytes, start, length);
    keyspace.lists.drop(entry, end);
    database.reduced(entry);
  };

const countOf = ({ args }: Call): number => {
  const count = args.integer(2, errors.notPositive);
  if (count < 0) throw errors.notPositive;
  return count;
};

const llen: Handler = (call) => {
  const entry = readCollection(call, 1, TYPE_LIST);
  call.reply.integer(entry === 0 ? 0 : call.keyspace.lists.count(entry));
};

const PUSH = {
  arity: -3,
  flags: ['write', 'denyoom', 'fast'],
  syntax: 'key element [element ...]',
  complexity:
    'O(1) for each element added, so O(N) to add N elements when the command is called with multiple arguments.',
} as const;

const POP = {
  arity: -2,
  flags: ['write', 'fast'],
  keys: oneKey('RW access delete'),
  syntax: 'key [count]',
  since: '1.0.0',
  complexity: 'O(N) where N is the number of elements returned',
} as const;

/** Commands that push, pop and count. */
export const lists = {
  lpush: {
    ...PUSH,
    keys: oneKey('RW insert'),
    since: '1.0.0',
    summary: 'Puts elements before the first of a list, one after the other.',
    run: pushAt('head'),
  },
  rpush: {
    ...PUSH,
    keys: oneKey('RW insert'),
    since: '1.0.0',
    summary: 'Puts elements behind the last of a list.',
    run: pushAt('tail'),
  },
  lpushx: {
    ...PUSH,
    keys: oneKey('RW insert'),
    since: '2.2.0',
    summary: 'Puts elements before the first of a list, if there is such a list.',
    run: pushIfThere('head'),
  },
  rpushx: {
    ...PUSH,
    keys: oneKey('RW insert'),
    since: '2.2.0',
    summary: 'Puts elements behind the last of a list, if there is such a list.',
    run: pushIfThere('tail'),
  },
  lpop: {
    ...POP,
    summary: 'Takes one or more elements from the head of a list.',
    run: popAt('head'),
  },
  rpop: {
    ...POP,
    summary: 'Takes one or more elements from the tail of a list.',
    run: popAt('tail'),
  },
  llen: {
    arity: 2,
    flags: ['readonly', 'fast'],
    keys: oneKey('RO'),
    syntax: 'key',
    since: '1.0.0',
    complexity: 'O(1)',
    summary: 'Returns the number of elements of a list.',
    run: llen,
  },
} satisfies CommandGroup;
