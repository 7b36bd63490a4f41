import { keyLength, keyStart, TYPE_NAMES, typeOf } from '../../keyspace/entry.ts';
import { allKeys, type CommandGroup, type Handler, oneKey } from '../command.ts';

const del: Handler = ({ args, database, reply }) => {
  let deleted = 0;
  for (let i = 1; i < args.count; i++) {
    if (database.remove(args.buffer, args.start(i), args.length(i))) deleted++;
  }
  reply.integer(deleted);
};

const exists: Handler = ({ args, database, reply }) => {
  let found = 0;
  for (let i = 1; i < args.count; i++) {
    if (database.inspect(args.buffer, args.start(i), args.length(i)) !== 0) found++;
  }
  reply.integer(found);
};

/** Notes the access even of clients that leave no trace otherwise (CLIENT NO-TOUCH). */
const touch: Handler = ({ args, database, keyspace, reply }) => {
  let found = 0;
  for (let i = 1; i < args.count; i++) {
    const entry = database.inspect(args.buffer, args.start(i), args.length(i));
    if (entry === 0) continue;
    keyspace.access.touch(entry, keyspace.now);
    found++;
  }
  reply.integer(found);
};

const type: Handler = ({ args, database, keyspace, reply }) => {
  const entry = database.inspect(args.buffer, args.start(1), args.length(1));
  reply.status(entry === 0 ? 'none' : TYPE_NAMES[typeOf(keyspace.arena, entry)]!);
};

const randomkey: Handler = ({ database, keyspace, reply }) => {
  for (;;) {
    const entry = database.keys.randomEntry(keyspace.random);
    if (entry === 0) return reply.null();
    if (!database.isDue(entry)) {
      const { arena } = keyspace;
      return reply.bulk(keyspace.bytesOf(entry), keyStart(arena, entry), keyLength(arena, entry));
    }
    database.expire(entry);
  }
};

/** What is counted over all keys that are named. */
const OF_MANY_KEYS = {
  arity: -2,
  syntax: 'key [key ...]',
  complexity: 'O(N), when N is the number of keys',
  tips: ['request_policy:multi_shard', 'response_policy:agg_sum'],
} as const;

/** Commands on keys of whatever type. */
export const keys = {
  del: {
    ...OF_MANY_KEYS,
    flags: ['write'],
    traits: ['brief'],
    keys: allKeys('RM delete'),
    since: '1.0.0',
    summary: 'Deletes keys; returns how many there were.',
    run: del,
  },
  unlink: {
    ...OF_MANY_KEYS,
    flags: ['write', 'fast'],
    keys: allKeys('RM delete'),
    since: '4.0.0',
    summary: 'Deletes keys and leaves the freeing of large values for later; returns how many there were.',
    run: del,
  },
  exists: {
    ...OF_MANY_KEYS,
    flags: ['readonly', 'fast'],
    keys: allKeys('RO'),
    since: '1.0.0',
    summary: 'Returns how many of the keys there are; a key named twice counts twice.',
    run: exists,
  },
  touch: {
    ...OF_MANY_KEYS,
    flags: ['readonly', 'fast'],
    keys: allKeys('RO'),
    since: '3.2.1',
    summary: 'Notes an access to keys without reading them; returns how many there are.',
    run: touch,
  },
  type: {
    arity: 2,
    flags: ['readonly', 'fast'],
    keys: oneKey('RO'),
    syntax: 'key',
    since: '1.0.0',
    complexity: 'O(1)',
    summary: 'Returns the type of the value of a key, or none.',
    run: type,
  },
  randomkey: {
    arity: 1,
    flags: ['readonly'],
    since: '1.0.0',
    complexity: 'O(1)',
    tips: ['request_policy:all_shards', 'nondeterministic_output'],
    summary: 'Returns some key, each about as likely as any other.',
    run: randomkey,
  },
} satisfies CommandGroup;
