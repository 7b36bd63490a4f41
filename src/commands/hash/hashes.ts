import { wrongArity } from '../../errors.ts';
import { TYPE_HASH } from '../../keyspace/entry.ts';
import { ensureCollection, readCollection, writableCollection } from '../collection-access.ts';
import { type Call, type CommandEntry, type CommandGroup, oneKey } from '../command.ts';
import { getField, replyValue, setField, settle } from './hash-access.ts';

/** Sets the fields and values from argument 2 on. @returns how many of the fields are new. */
const setFields = (call: Call): number => {
  const { args, command, database, keyspace } = call;
  if (args.count % 2 !== 0) throw wrongArity(command.name);
  const entry = ensureCollection(call, 1, TYPE_HASH);
  const { count } = args;
  if (count > 4) expectArguments(call, entry);
  let added = 0;
  for (let i = 2; i < count; i += 2) if (setField(call, entry, i, i + 1)) added++;
  keyspace.statistics.changes += (count >>> 1) - 2;
  database.modified(entry);
  return added;
};

/** Lets the hash prepare for all fields and values. */
const expectArguments = ({ args, keyspace }: Call, entry: number): void => {
  let longest = 0;
  let bytes = 0;
  for (let i = 2; i < args.count; i++) {
    const length = args.length(i);
    if (length > longest) longest = length;
    bytes += length;
  }
  keyspace.hashes.expect(entry, longest, bytes);
};

const hset = (call: Call): void => call.reply.integer(setFields(call));

const hmset = (call: Call): void => {
  setFields(call);
  call.reply.ok();
};

const hsetnx = (call: Call): void => {
  const { database, reply } = call;
  const entry = ensureCollection(call, 1, TYPE_HASH);
  if (getField(call, entry, 2) !== undefined) return reply.integer(0);
  setField(call, entry, 2, 3);
  database.modified(entry);
  reply.integer(1);
};

const hget = (call: Call): void => {
  const entry = readCollection(call, 1, TYPE_HASH);
  replyValue(call, entry, 2);
  settle(call, entry);
};

const hmget = (call: Call): void => {
  const { args, reply } = call;
  const entry = readCollection(call, 1, TYPE_HASH);
  reply.array(args.count - 2);
  for (let i = 2; i < args.count; i++) replyValue(call, entry, i);
  settle(call, entry);
};

const hstrlen = (call: Call): void => {
  const entry = readCollection(call, 1, TYPE_HASH);
  call.reply.integer(entry === 0 ? 0 : (getField(call, entry, 2)?.length ?? 0));
  settle(call, entry);
};

const hexists = (call: Call): void => {
  const entry = readCollection(call, 1, TYPE_HASH);
  call.reply.integer(entry === 0 || getField(call, entry, 2) === undefined ? 0 : 1);
  settle(call, entry);
};

const hlen = (call: Call): void => {
  const entry = readCollection(call, 1, TYPE_HASH);
  call.reply.integer(entry === 0 ? 0 : call.keyspace.hashes.count(entry));
};

const hdel = (call: Call): void => {
  const { args, database, keyspace, reply } = call;
  const { hashes } = keyspace;
  const entry = writableCollection(call, 1, TYPE_HASH);
  if (entry === 0) return reply.integer(0);
  let removed = 0;
  for (let i = 2; i < args.count; i++) {
    if (hashes.remove(entry, args.buffer, args.start(i), args.length(i))) removed++;
  }
  keyspace.statistics.changes += Math.max(removed - 1, 0);
  if (removed > 0) database.reduced(entry);
  else settle(call, entry);
  reply.integer(removed);
};

const setter = (
  more: Pick<CommandEntry, 'arity' | 'syntax' | 'since' | 'deprecated' | 'complexity' | 'summary' | 'run'>,
) =>
  ({
    flags: ['write', 'denyoom', 'fast'],
    keys: oneKey('RW update'),
    ...more,
  }) satisfies CommandEntry;

const getter = (more: Pick<CommandEntry, 'arity' | 'syntax' | 'since' | 'complexity' | 'summary' | 'run'>) =>
  ({ flags: ['readonly', 'fast'], keys: oneKey('RO access'), ...more }) satisfies CommandEntry;

/** Commands on single fields of a hash. */
export const hashes = {
  hset: setter({
    arity: -4,
    syntax: 'key field value [field value ...]',
    since: '2.0.0',
    complexity: 'O(N), when N is the number of fields',
    summary: 'Gives fields of a hash values; returns how many of them are new.',
    run: hset,
  }),
  hsetnx: {
    ...setter({
      arity: 4,
      syntax: 'key field value',
      since: '2.0.0',
      complexity: 'O(1)',
      summary: 'Gives a field of a hash a value, unless there is such a field.',
      run: hsetnx,
    }),
    keys: oneKey('RW insert'),
  },
  hmset: setter({
    arity: -4,
    syntax: 'key field value [field value ...]',
    since: '2.0.0',
    deprecated: { since: '4.0.0', use: '`HSET` with multiple field-value pairs' },
    complexity: 'O(N), when N is the number of fields',
    summary: 'Gives fields of a hash values.',
    run: hmset,
  }),
  hget: getter({
    arity: 3,
    syntax: 'key field',
    since: '2.0.0',
    complexity: 'O(1)',
    summary: 'Returns the value of a field of a hash.',
    run: hget,
  }),
  hmget: getter({
    arity: -3,
    syntax: 'key field [field ...]',
    since: '2.0.0',
    complexity: 'O(N), when N is the number of fields',
    summary: 'Returns the values of fields of a hash.',
    run: hmget,
  }),
  hlen: {
    ...getter({
      arity: 2,
      syntax: 'key',
      since: '2.0.0',
      complexity: 'O(1)',
      summary: 'Returns how many fields a hash has.',
      run: hlen,
    }),
    keys: oneKey('RO'),
  },
  hstrlen: {
    ...getter({
      arity: 3,
      syntax: 'key field',
      since: '3.2.0',
      complexity: 'O(1)',
      summary: 'Returns the length of the value of a field of a hash, in bytes.',
      run: hstrlen,
    }),
    keys: oneKey('RO'),
  },
  hexists: {
    ...getter({
      arity: 3,
      syntax: 'key field',
      since: '2.0.0',
      complexity: 'O(1)',
      summary: 'Returns whether a hash has a field.',
      run: hexists,
    }),
    keys: oneKey('RO'),
  },
  hdel: {
    arity: -3,
    flags: ['write', 'fast'],
    keys: oneKey('RW delete'),
    syntax: 'key field [field ...]',
    since: '2.0.0',
    complexity: 'O(N), when N is the number of fields',
    summary: 'Removes fields from a hash; returns how many there were.',
    run: hdel,
  },
} satisfies CommandGroup;
