import { TYPE_HASH } from '../../keyspace/entry.ts';
import { readCollection } from '../collection-access.ts';
import { type Call, type CommandEntry, type CommandGroup, oneKey } from '../command.ts';

const hgetall = (call: Call): void => {
  const { keyspace, reply } = call;
  const entry = readCollection(call, 1, TYPE_HASH);
  if (entry === 0) return reply.map(0);
  reply.map(keyspace.hashes.countLive(entry));
  keyspace.hashes.each(entry, (field, value) => {
    reply.bulk(field.bytes, field.start, field.length);
    reply.bulk(value.bytes, value.start, value.length);
  });
};

const hkeys = (call: Call): void => {
  const { keyspace, reply } = call;
  const entry = readCollection(call, 1, TYPE_HASH);
  if (entry === 0) return reply.array(0);
  reply.array(keyspace.hashes.countLive(entry));
  keyspace.hashes.each(entry, ({ bytes, start, length }) => reply.bulk(bytes, start, length));
};

const hvals = (call: Call): void => {
  const { keyspace, reply } = call;
  const entry = readCollection(call, 1, TYPE_HASH);
  if (entry === 0) return reply.array(0);
  reply.array(keyspace.hashes.countLive(entry));
  keyspace.hashes.each(entry, (_, { bytes, start, length }) => reply.bulk(bytes, start, length));
};

const walk = (more: Pick<CommandEntry, 'summary' | 'run'>) =>
  ({
    arity: 2,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key',
    since: '2.0.0',
    complexity: 'O(N), when N is the number of fields',
    tips: ['nondeterministic_output_order'],
    ...more,
  }) satisfies CommandEntry;

/** Commands that return a whole hash. */
export const hashWalks = {
  hgetall: walk({ summary: 'Returns all fields of a hash and their values.', run: hgetall }),
  hkeys: walk({ summary: 'Returns all fields of a hash.', run: hkeys }),
  hvals: walk({ summary: 'Returns the values of all fields of a hash.', run: hvals }),
} satisfies CommandGroup;
