import { errors, noGroup, wrongSubcommandArity } from '../../errors.ts';
import { TYPE_STREAM } from '../../keyspace/entry.ts';
import { type StreamGroup, UNKNOWN_READ } from '../../keyspace/stream/stream-group.ts';
import { StreamId } from '../../keyspace/stream/stream-id.ts';
import { ensureCollection, writableCollection } from '../collection-access.ts';
import type { Call, CommandGroup, KeySpec } from '../command.ts';
import { helpCommand } from '../help.ts';
import { ensureConsumer, findConsumer, findGroup } from './stream-group-access.ts';
import { boundAt, idAt, isSign } from './stream-ids.ts';

const id = new StreamId();

/** What CREATE and SETID may say behind the id. */
interface GroupOptions {
  readonly read: bigint;
  readonly makesStream: boolean;
}

const groupOptions = ({ args }: Call, isCreate: boolean): GroupOptions => {
  let read = UNKNOWN_READ;
  let makesStream = false;
  for (let i = 5; i < args.count; i++) {
    if (isCreate && args.is(i, 'MKSTREAM')) makesStream = true;
    else if (args.is(i, 'ENTRIESREAD') && i + 1 < args.count) {
      read = args.integer64(++i);
      if (read < 0n && read !== UNKNOWN_READ) throw errors.streamEntriesRead;
    } else throw wrongSubcommandArity('XGROUP', args.latin1(1));
  }
  return { read, makesStream };
};

/** The stream of key argument 2. @throws errors.streamMissing */
const existingStream = (call: Call): number => {
  const entry = writableCollection(call, 2, TYPE_STREAM);
  if (entry === 0) throw errors.streamMissing;
  return entry;
};

/** The group of arguments 2 and 3. @throws errors.streamMissing, noGroup */
const existingGroup = (call: Call): StreamGroup => {
  const group = findGroup(call, existingStream(call), 3);
  if (group === undefined) throw noGroup(call.args.latin1(3), call.args.latin1(2));
  return group;
};

const create = (call: Call): void => {
  const { args, database, keyspace, reply } = call;
  const { read, makesStream } = groupOptions(call, true);
  const old = makesStream ? writableCollection(call, 2, TYPE_STREAM) : existingStream(call);
  // Redis knows no more than one of each option.
  if (args.count > 8) throw wrongSubcommandArity('XGROUP', args.latin1(1));
  if (!isSign(args, 4, '$')) idAt(args, 4, id);
  else if (old === 0) id.setLeast();
  else keyspace.streams.header(old).lastId(id);
  if (old !== 0 && findGroup(call, old, 3) !== undefined) throw errors.groupExists;
  const entry = old === 0 ? ensureCollection(call, 2, TYPE_STREAM) : old;
  const { groups } = keyspace.streams;
  const header = keyspace.streams.header(entry);
  const group = groups.create(header, args.buffer, args.start(3), args.length(3));
  group.setLastId(id);
  group.read = read;
  if (old === 0) database.modified(entry);
  else keyspace.statistics.changes++;
  reply.ok();
};

const setid = (call: Call): void => {
  const { args, keyspace, reply } = call;
  const { read } = groupOptions(call, false);
  const group = existingGroup(call);
  if (args.count !== 5 && args.count !== 7) throw wrongSubcommandArity('XGROUP', args.latin1(1));
  if (isSign(args, 4, '$')) keyspace.streams.header(existingStream(call)).lastId(id);
  else boundAt(args, 4, id);
  group.setLastId(id);
  group.read = read;
  keyspace.statistics.changes++;
  reply.ok();
};

const destroy = (call: Call): void => {
  const { database, keyspace, reply } = call;
  const entry = existingStream(call);
  if (findGroup(call, entry, 3) === undefined) return reply.integer(0);
  keyspace.streams.groups.remove(keyspace.streams.header(entry));
  keyspace.statistics.changes++;
  // Those who wait for entries of the group are told.
  database.ready(entry);
  reply.integer(1);
};

const createconsumer = (call: Call): void => {
  const group = existingGroup(call);
  const isNew = findConsumer(call, group, 4) === undefined;
  if (isNew) ensureConsumer(call, group, 4);
  call.reply.integer(isNew ? 1 : 0);
};

const delconsumer = (call: Call): void => {
  const { keyspace, reply } = call;
  const group = existingGroup(call);
  if (findConsumer(call, group, 4) === undefined) return reply.integer(0);
  keyspace.statistics.changes++;
  reply.integer(keyspace.streams.groups.removeConsumer(group));
};

const HELP = [
  'CREATE <key> <groupname> <id|$> [option]',
  '    Create a new consumer group. Options are:',
  '    * MKSTREAM',
  '      Create the empty stream if it does not exist.',
  '    * ENTRIESREAD entries_read',
  "      Set the group's entries_read counter (internal use).",
  'CREATECONSUMER <key> <groupname> <consumer>',
  '    Create a new consumer in the specified group.',
  'DELCONSUMER <key> <groupname> <consumer>',
  '    Remove the specified consumer.',
  'DESTROY <key> <groupname>',
  '    Remove the specified group.',
  'SETID <key> <groupname> <id|$> [ENTRIESREAD entries_read]',
  '    Set the current group ID and entries_read counter.',
];

const keyTwo = (flags: string): readonly KeySpec[] => [{ first: 2, last: 2, step: 1, flags }];

/** XGROUP. */
export const streamGroups = {
  xgroup: {
    arity: -2,
    since: '5.0.0',
    complexity: 'Depends on the subcommand.',
    summary: 'Makes, changes and deletes groups of a stream and their consumers.',
    subcommands: {
      create: {
        arity: -5,
        flags: ['write', 'denyoom'],
        keys: keyTwo('RW insert'),
        syntax: 'key groupname <id | $> [MKSTREAM] [ENTRIESREAD entries_read]',
        since: '5.0.0',
        complexity: 'O(1)',
        summary: 'Makes a group that reads a stream from behind an id.',
        run: create,
      },
      setid: {
        arity: -5,
        flags: ['write'],
        keys: keyTwo('RW update'),
        syntax: 'key groupname <id | $> [ENTRIESREAD entries_read]',
        since: '5.0.0',
        complexity: 'O(1)',
        summary: 'Sets behind which id a group reads on.',
        run: setid,
      },
      destroy: {
        arity: 4,
        flags: ['write'],
        keys: keyTwo('RW delete'),
        syntax: 'key groupname',
        since: '5.0.0',
        complexity: 'O(N), when N is the number of entries that the group has pending',
        summary: 'Deletes a group; returns whether there was one.',
        run: destroy,
      },
      createconsumer: {
        arity: 5,
        flags: ['write', 'denyoom'],
        keys: keyTwo('RW insert'),
        syntax: 'key groupname consumername',
        since: '6.2.0',
        complexity: 'O(1)',
        summary: 'Makes a consumer of a group; returns whether it is new.',
        run: createconsumer,
      },
      delconsumer: {
        arity: 5,
        flags: ['write'],
        keys: keyTwo('RW delete'),
        syntax: 'key groupname consumername',
        since: '5.0.0',
        complexity: 'O(N), when N is the number of entries that the consumer has pending',
        summary: 'Deletes a consumer of a group; returns how many entries it had pending.',
        run: delconsumer,
      },
      help: helpCommand('XGROUP', '5.0.0', {}, HELP),
    },
  },
} satisfies CommandGroup;
