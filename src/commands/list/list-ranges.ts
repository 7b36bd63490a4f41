import { errors } from '../../errors.ts';
import { TYPE_LIST } from '../../keyspace/entry.ts';
import { readCollection, writableCollection } from '../collection-access.ts';
import { type Call, type CommandGroup, type Handler, oneKey } from '../command.ts';
import { replyElements } from '../element-replies.ts';

/** An index counted from the end if negative. */
const fromHead = (index: number, count: number): number => (index < 0 ? index + count : index);

const lindex: Handler = (call) => {
  const { args, keyspace, reply } = call;
  const entry = readCollection(call, 1, TYPE_LIST);
  if (entry === 0) return reply.null();
  const count = keyspace.lists.count(entry);
  const index = fromHead(args.integer(2), count);
  if (index < 0 || index >= count) return reply.null();
  keyspace.lists.cursor.seek(entry, index);
  const { bytes, start, length } = keyspace.lists.cursor.current();
  reply.bulk(bytes, start, length);
};

const lset: Handler = (call) => {
  const { args, database, keyspace, reply } = call;
  const entry = writableCollection(call, 1, TYPE_LIST);
  if (entry === 0) throw errors.noSuchKey;
  const count = keyspace.lists.count(entry);
  const index = fromHead(args.integer(2), count);
  if (index < 0 || index >= count) throw errors.indexOutOfRange;
  keyspace.lists.cursor.seek(entry, index);
  keyspace.lists.cursor.replace(args.buffer, args.start(3), args.length(3));
  database.modified(entry);
  reply.ok();
};

const lrange: Handler = (call) => {
  const { args, keyspace, reply } = call;
  const first = args.integer(2);
  const last = args.integer(3);
  const entry = readCollection(call, 1, TYPE_LIST);
  const count = entry === 0 ? 0 : keyspace.lists.count(entry);
  const from = Math.max(0, fromHead(first, count));
  const shown = Math.min(fromHead(last, count), count - 1) - from + 1;
  if (shown <= 0) return reply.array(0);
  reply.array(shown);
  keyspace.lists.cursor.seek(entry, from);
  keyspace.lists.cursor.stretches(shown, (bytes, at, length) => replyElements(reply, bytes, at, length));
};

const ltrim: Handler = (call) => {
  const { args, database, keyspace, reply } = call;
  const first = args.integer(2);
  const last = args.integer(3);
  const entry = writableCollection(call, 1, TYPE_LIST);
  if (entry === 0) return reply.ok();
  const { lists } = keyspace;
  const count = lists.count(entry);
  const from = Math.max(0, fromHead(first, count));
  const to = Math.min(fromHead(last, count), count - 1);
  if (from > to) lists.dropMany(entry, 'head', count);
  else {
    lists.dropMany(entry, 'head', from);
    lists.dropMany(entry, 'tail', count - 1 - to);
  }
  database.reduced(entry);
  reply.ok();
};

/** Removes the first (or, for a negative number, the last) so many elements that are equal to argument 3; 0: all. */
const lrem: Handler = (call) => {
  const { args, database, keyspace, reply } = call;
  const wanted = args.integer(2);
  const entry = writableCollection(call, 1, TYPE_LIST);
  const removed = entry === 0 ? 0 : removeEqual(call, entry, wanted);
  if (removed > 0) {
    keyspace.lists.joinSmall(entry);
    database.reduced(entry);
  }
  reply.integer(removed);
};

const removeEqual = ({ args, keyspace }: Call, entry: number, wanted: number): number => {
  const { cursor } = keyspace.lists;
  const towards = wanted < 0 ? 'head' : 'tail';
  const limit = wanted === 0 ? Number.POSITIVE_INFINITY : Math.abs(wanted);
  let removed = 0;
  cursor.wanted(args.buffer, args.start(3), args.length(3));
  let more = cursor.seekEnd(entry, wanted < 0 ? 'tail' : 'head');
  while (more && removed < limit) {
    if (cursor.isWanted()) {
      more = cursor.remove(towards);
      removed++;
    } else more = wanted < 0 ? cursor.previous() : cursor.next();
  }
  return removed;
};

const linsert: Handler = (call) => {
  const { args, database, keyspace, reply } = call;
  const behind = args.is(2, 'AFTER');
  if (!behind && !args.is(2, 'BEFORE')) throw errors.syntax;
  const entry = writableCollection(call, 1, TYPE_LIST);
  if (entry === 0) return reply.integer(0);
  const { cursor } = keyspace.lists;
  cursor.wanted(args.buffer, args.start(3), args.length(3));
  for (let more = cursor.seekEnd(entry, 'head'); more; more = cursor.next()) {
    if (!cursor.isWanted()) continue;
    cursor.insert(behind, args.buffer, args.start(4), args.length(4));
    database.modified(entry);
    return reply.integer(keyspace.lists.count(entry));
  }
  reply.integer(-1);
};

/** Commands that look at, change or remove elements anywhere in a list. */
export const listRanges = {
  lindex: {
    arity: 3,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key index',
    since: '1.0.0',
    complexity:
      'O(N), when N is the number of blocks of elements on the way from the nearer end; at the ends O(1)',
    summary: 'Returns the element at an index of a list.',
    run: lindex,
  },
  lset: {
    arity: 4,
    flags: ['write', 'denyoom'],
    keys: oneKey('RW update'),
    syntax: 'key index element',
    since: '1.0.0',
    complexity: 'As LINDEX.',
    summary: 'Replaces the element at an index of a list.',
    run: lset,
  },
  lrange: {
    arity: 4,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key start stop',
    since: '1.0.0',
    complexity:
      'O(S+N), when N is the number of elements returned and S that of blocks on the way from the nearer end',
    summary: 'Returns the elements between two indexes of a list.',
    run: lrange,
  },
  ltrim: {
    arity: 4,
    flags: ['write'],
    keys: oneKey('RW delete'),
    syntax: 'key start stop',
    since: '1.0.0',
    complexity: 'O(N), when N is the number of elements removed',
    summary: 'Removes the elements that are not between two indexes of a list.',
    run: ltrim,
  },
  lrem: {
    arity: 4,
    flags: ['write'],
    keys: oneKey('RW delete'),
    syntax: 'key count element',
    since: '1.0.0',
    complexity: 'O(N+M), when N is the length of the list and M the number of elements removed',
    summary: 'Removes elements that are equal to a given one: the first, the last, or all.',
    run: lrem,
  },
  linsert: {
    arity: 5,
    flags: ['write', 'denyoom'],
    keys: oneKey('RW insert'),
    syntax: 'key <BEFORE | AFTER> pivot element',
    since: '2.2.0',
    complexity: 'O(N), when N is the number of elements before the pivot',
    summary: 'Puts an element before or behind another one.',
    run: linsert,
  },
} satisfies CommandGroup;
