import { TYPE_SET } from '../../keyspace/entry.ts';
import { ensureCollection, readCollection, writableCollection } from '../collection-access.ts';
import { type CommandGroup, type Handler, oneKey } from '../command.ts';

const sadd: Handler = (call) => {
  const { args, database, keyspace, reply } = call;
  const entry = ensureCollection(call, 1, TYPE_SET);
  let added = 0;
  for (let i = 2; i < args.count; i++) {
    if (keyspace.sets.add(entry, args.buffer, args.start(i), args.length(i))) added++;
  }
  if (added > 0) database.modified(entry);
  reply.integer(added);
};

const srem: Handler = (call) => {
  const { args, database, keyspace, reply } = call;
  const entry = writableCollection(call, 1, TYPE_SET);
  let removed = 0;
  for (let i = 2; i < args.count && entry !== 0; i++) {
    if (keyspace.sets.remove(entry, args.buffer, args.start(i), args.length(i))) removed++;
  }
  if (removed > 0) database.reduced(entry);
  reply.integer(removed);
};

const smove: Handler = (call) => {
  const { args, database, keyspace, reply } = call;
  const { sets } = keyspace;
  const { buffer } = args;
  const start = args.start(3);
  const length = args.length(3);
  const from = writableCollection(call, 1, TYPE_SET);
  if (from === 0) return reply.integer(0);
  const to = writableCollection(call, 2, TYPE_SET);
  if (!sets.has(from, buffer, start, length)) return reply.integer(0);
  reply.integer(1);
  if (from === to) return;
  const target = to !== 0 ? to : ensureCollection(call, 2, TYPE_SET);
  // First what there may be no memory for.
  if (sets.add(target, buffer, start, length)) database.modified(target);
  sets.remove(from, buffer, start, length);
  database.reduced(from);
};

const sismember: Handler = (call) => {
  const { args, keyspace, reply } = call;
  const entry = readCollection(call, 1, TYPE_SET);
  const isMember = entry !== 0 && keyspace.sets.has(entry, args.buffer, args.start(2), args.length(2));
  reply.integer(isMember ? 1 : 0);
};

const smismember: Handler = (call) => {
  const { args, keyspace, reply } = call;
  const entry = readCollection(call, 1, TYPE_SET);
  reply.array(args.count - 2);
  for (let i = 2; i < args.count; i++) {
    const isMember = entry !== 0 && keyspace.sets.has(entry, args.buffer, args.start(i), args.length(i));
    reply.integer(isMember ? 1 : 0);
  }
};

const scard: Handler = (call) => {
  const entry = readCollection(call, 1, TYPE_SET);
  call.reply.integer(entry === 0 ? 0 : call.keyspace.sets.count(entry));
};

const writers = {
  sadd: {
    arity: -3,
    flags: ['write', 'denyoom', 'fast'],
    keys: oneKey('RW insert'),
    syntax: 'key member [member ...]',
    since: '1.0.0',
    complexity: 'O(N), when N is the number of members that are given',
    summary: 'Adds members to a set; returns how many are new.',
    run: sadd,
  },
  srem: {
    arity: -3,
    flags: ['write', 'fast'],
    keys: oneKey('RW delete'),
    syntax: 'key member [member ...]',
    since: '1.0.0',
    complexity: 'O(N), when N is the number of members that are given',
    summary: 'Removes members from a set; returns how many there were.',
    run: srem,
  },
  smove: {
    arity: 4,
    flags: ['write', 'fast'],
    keys: [
      { first: 1, last: 1, step: 1, flags: 'RW access delete' },
      { first: 2, last: 2, step: 1, flags: 'RW insert' },
    ],
    syntax: 'source destination member',
    since: '1.0.0',
    complexity: 'O(1)',
    summary: 'Moves a member from one set to another.',
    run: smove,
  },
} satisfies CommandGroup;

const readers = {
  sismember: {
    arity: 3,
    flags: ['readonly', 'fast'],
    keys: oneKey('RO'),
    syntax: 'key member',
    since: '1.0.0',
    complexity: 'O(1)',
    summary: 'Tells whether something is a member of a set.',
    run: sismember,
  },
  smismember: {
    arity: -3,
    flags: ['readonly', 'fast'],
    keys: oneKey('RO access'),
    syntax: 'key member [member ...]',
    since: '6.2.0',
    complexity: 'O(N), when N is the number of members that are asked for',
    summary: 'Tells of several things whether they are members of a set.',
    run: smismember,
  },
  scard: {
    arity: 2,
    flags: ['readonly', 'fast'],
    keys: oneKey('RO'),
    syntax: 'key',
    since: '1.0.0',
    complexity: 'O(1)',
    summary: 'Returns the number of members of a set.',
    run: scard,
  },
} satisfies CommandGroup;

/** Commands on given members of a set. */
export const sets = { ...writers, ...readers } satisfies CommandGroup;
