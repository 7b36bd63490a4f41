import { TYPE_LIST } from '../../keyspace/entry.ts';
import type { End } from '../../keyspace/list/list-node.ts';
import { ByteWriter } from '../../resp/byte-writer.ts';
import { timeoutAt } from '../blocking.ts';
import { ensureCollection, writableCollection } from '../collection-access.ts';
import type { Call, CommandGroup, Handler, KeySpec } from '../command.ts';
import { endAt } from './list-pops.ts';

/** The element on its way: lists may move their elements while it is inserted. */
const carried = new ByteWriter();

/** Takes an element from an end of the list of argument 1 to an end of that of argument 2. @returns false if there is none. */
const moveElement = (call: Call, from: End, to: End): boolean => {
  const { args, database, keyspace, reply } = call;
  const { lists } = keyspace;
  const source = writableCollection(call, 1, TYPE_LIST);
  if (source === 0) return false;
  const target = args.same(1, 2) ? source : ensureCollection(call, 2, TYPE_LIST);
  const { bytes, start, length } = lists.peek(source, from);
  carried.clear();
  carried.raw(bytes, start, length);
  lists.push(target, to, carried.bytes, 0, length);
  database.modified(target);
  lists.drop(source, from);
  reply.bulk(carried.bytes, 0, length);
  database.reduced(source);
  return true;
};

const lmove: Handler = (call) => {
  const from = endAt(call.args, 3);
  const to = endAt(call.args, 4);
  if (!moveElement(call, from, to)) call.reply.null();
};

const rpoplpush: Handler = (call) => {
  if (!moveElement(call, 'tail', 'head')) call.reply.null();
};

const moveOrWait = (call: Call, from: End, to: End, timeoutIndex: number): void => {
  const timeout = timeoutAt(call, timeoutIndex);
  if (moveElement(call, from, to)) return;
  if (!call.block(TYPE_LIST, 1, 1, timeout)) call.reply.null();
};

const blmove: Handler = (call) => {
  moveOrWait(call, endAt(call.args, 3), endAt(call.args, 4), 5);
};

const brpoplpush: Handler = (call) => {
  moveOrWait(call, 'tail', 'head', 3);
};

const FROM_TO: readonly KeySpec[] = [
  { first: 1, last: 1, step: 1, flags: 'RW access delete' },
  { first: 2, last: 2, step: 1, flags: 'RW insert' },
];

/** Commands that take an element from one list to another. */
export const listMoves = {
  lmove: {
    arity: 5,
    flags: ['write', 'denyoom'],
    traits: ['brief'],
    keys: FROM_TO,
    syntax: 'source destination <LEFT | RIGHT> <LEFT | RIGHT>',
    since: '6.2.0',
    complexity: 'O(1)',
    summary: 'Takes an element from an end of a list to an end of another.',
    run: lmove,
  },
  rpoplpush: {
    arity: 3,
    flags: ['write', 'denyoom'],
    traits: ['brief'],
    keys: FROM_TO,
    syntax: 'source destination',
    since: '1.2.0',
    deprecated: { since: '6.2.0', use: '`LMOVE` with the `RIGHT` and `LEFT` arguments' },
    complexity: 'O(1)',
    summary: 'Takes the last element of a list to the head of another.',
    run: rpoplpush,
  },
  blmove: {
    arity: 6,
    flags: ['write', 'denyoom', 'noscript', 'blocking'],
    keys: FROM_TO,
    syntax: 'source destination <LEFT | RIGHT> <LEFT | RIGHT> timeout',
    since: '6.2.0',
    complexity: 'O(1)',
    summary:
      'Takes an element from an end of a list to an end of another, and waits for one if there is none.',
    run: blmove,
  },
  brpoplpush: {
    arity: 4,
    flags: ['write', 'denyoom', 'noscript', 'blocking'],
    keys: FROM_TO,
    syntax: 'source destination timeout',
    since: '2.2.0',
    deprecated: { since: '6.2.0', use: '`BLMOVE` with the `RIGHT` and `LEFT` arguments' },
    complexity: 'O(1)',
    summary: 'Takes the last element of a list to the head of another, and waits for one if there is none.',
    run: brpoplpush,
  },
} satisfies CommandGroup;
