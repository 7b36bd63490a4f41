import { errors, noGroup, wrongSubcommandArity } from '../../errors.ts';
import { TYPE_STREAM } from '../../keyspace/entry.ts';
import { NEVER, type StreamGroup, UNKNOWN_READ } from '../../keyspace/stream/stream-group.ts';
import type { StreamHeader } from '../../keyspace/stream/stream-header.ts';
import { StreamId } from '../../keyspace/stream/stream-id.ts';
import { lagOf } from '../../keyspace/stream/stream-lag.ts';
import { readCollection } from '../collection-access.ts';
import type { Call, CommandGroup, KeySpec } from '../command.ts';
import { helpCommand } from '../help.ts';
import { replyEntriesTo, replyEntry, replyId } from './stream-entries.ts';
import { findGroup, nowOf } from './stream-group-access.ts';

const DEFAULT_COUNT = 10;

const id = new StreamId();
const greatest = new StreamId().setGreatest();

/** The stream of key argument 2. @throws errors.noSuchKey */
const streamOf = (call: Call): number => {
  const entry = readCollection(call, 2, TYPE_STREAM);
  if (entry === 0) throw errors.noSuchKey;
  return entry;
};

const stream = (call: Call): void => {
  const { args } = call;
  const entry = streamOf(call);
  if (args.count === 3) return summary(call, entry);
  const isComplete = args.count === 4 || (args.count === 6 && args.is(4, 'COUNT'));
  if (!isComplete || !args.is(3, 'FULL')) throw wrongSubcommandArity('XINFO', args.latin1(1));
  const count = args.count === 6 ? args.integer(5) : DEFAULT_COUNT;
  full(call, entry, count < 0 ? DEFAULT_COUNT : count || Number.POSITIVE_INFINITY);
};

const summary = (call: Call, entry: number): void => {
  const { keyspace, reply } = call;
  const { cursor, groups } = keyspace.streams;
  reply.map(10);
  replyFigures(call, entry);
  const header = keyspace.streams.header(entry);
  reply.text('groups');
  reply.integer(groups.count(header));
  reply.text('first-entry');
  cursor.seek(header, id.setLeast());
  if (cursor.next()) replyEntry(reply, cursor);
  else reply.null();
  reply.text('last-entry');
  cursor.seekBack(header, greatest);
  if (cursor.previous()) replyEntry(reply, cursor);
  else reply.null();
};

/** What both forms of XINFO STREAM begin with: seven pairs. */
const replyFigures = ({ keyspace, reply }: Call, entry: number): void => {
  const { streams } = keyspace;
  reply.text('length');
  reply.integer(streams.count(entry));
  reply.text('radix-tree-keys');
  reply.integer(streams.nodes(entry));
  reply.text('radix-tree-nodes');
  const header = streams.header(entry);
  reply.integer(header.radixNodes);
  reply.text('last-generated-id');
  replyId(reply, header.lastId(id));
  reply.text('max-deleted-entry-id');
  replyId(reply, header.maxDeletedId(id));
  reply.text('entries-added');
  reply.integer(header.added);
  reply.text('recorded-first-entry-id');
  replyId(reply, header.firstId(id));
};

const full = (call: Call, entry: number, count: number): void => {
  const { keyspace, reply } = call;
  const { cursor, groups } = keyspace.streams;
  reply.map(9);
  replyFigures(call, entry);
  const header = keyspace.streams.header(entry);
  reply.text('entries');
  cursor.seek(header, id.setLeast());
  replyEntriesTo(reply, cursor, greatest, count);
  reply.text('groups');
  reply.array(groups.count(header));
  for (const group of groups.all(header)) fullGroup(call, header, group, count);
};

const fullGroup = (call: Call, header: StreamHeader, group: StreamGroup, count: number): void => {
  const { keyspace, reply } = call;
  const { groups } = keyspace.streams;
  const { pending } = groups;
  reply.map(7);
  reply.text('name');
  reply.bulk(group.chunk, group.nameStart, group.nameLength);
  replyProgress(call, header, group);
  reply.text('pel-count');
  reply.integer(pending.attach(group).count);
  reply.text('pending');
  replyPending(call, group, count, true);
  reply.text('consumers');
  reply.array(groups.consumerCount(group));
  for (const consumer of groups.consumers(group)) {
    reply.map(5);
    reply.text('name');
    reply.bulk(consumer.chunk, consumer.nameStart, consumer.nameLength);
    reply.text('seen-time');
    reply.integer(consumer.seen);
    reply.text('active-time');
    reply.integer(consumer.active);
    reply.text('pel-count');
    reply.integer(pending.attach(consumer).count);
    reply.text('pending');
    replyPending(call, consumer, count, false);
  }
};

/** How far a group has come: three pairs. */
const replyProgress = ({ reply }: Call, header: StreamHeader, group: StreamGroup): void => {
  reply.text('last-delivered-id');
  replyId(reply, group.lastId(id));
  reply.text('entries-read');
  if (group.read === UNKNOWN_READ) reply.null();
  else reply.integer(group.read);
  reply.text('lag');
  const lag = lagOf(header, group);
  if (lag === undefined) reply.null();
  else reply.integer(lag);
};

/** The first pending entries of a group, or of a consumer, whose name is not told with each. */
const replyPending = (
  { keyspace, reply }: Call,
  owner: { readonly pending: number },
  count: number,
  named: boolean,
): void => {
  const { pending } = keyspace.streams.groups;
  const tree = pending.attach(owner);
  const mark = reply.length;
  let shown = 0;
  for (let at = pending.seek(id.setLeast()); at !== 0 && shown < count; at = tree.next(), shown++) {
    const entry = pending.entry.open(at);
    reply.array(named ? 4 : 3);
    replyId(reply, entry.id(id));
    if (named) {
      const { chunk, nameStart, nameLength } = pending.openOwner();
      reply.bulk(chunk, nameStart, nameLength);
    }
    reply.integer(entry.time);
    reply.integer(entry.deliveries);
  }
  reply.arrayBefore(mark, shown);
};

const groups = (call: Call): void => {
  const { keyspace, reply } = call;
  const header = keyspace.streams.header(streamOf(call));
  const { groups } = keyspace.streams;
  reply.array(groups.count(header));
  for (const group of groups.all(header)) {
    reply.map(6);
    reply.text('name');
    reply.bulk(group.chunk, group.nameStart, group.nameLength);
    reply.text('consumers');
    reply.integer(groups.consumerCount(group));
    reply.text('pending');
    reply.integer(groups.pending.attach(group).count);
    replyProgress(call, header, group);
  }
};

const consumers = (call: Call): void => {
  const { args, keyspace, reply } = call;
  const { groups } = keyspace.streams;
  const group = findGroup(call, streamOf(call), 3);
  if (group === undefined) throw noGroup(args.latin1(3), args.latin1(2));
  reply.array(groups.consumerCount(group));
  for (const consumer of groups.consumers(group)) {
    const { active, seen } = consumer;
    reply.map(4);
    reply.text('name');
    reply.bulk(consumer.chunk, consumer.nameStart, consumer.nameLength);
    reply.text('pending');
    reply.integer(groups.pending.attach(consumer).count);
    reply.text('idle');
    reply.integer(Math.max(nowOf(call) - seen, 0));
    reply.text('inactive');
    reply.integer(active === NEVER ? NEVER : nowOf(call) - active);
  }
};

const HELP = [
  'CONSUMERS <key> <groupname>',
  '    Show consumers of <groupname>.',
  'GROUPS <key>',
  '    Show the stream consumer groups.',
  'STREAM <key> [FULL [COUNT <count>]',
  '    Show information about the stream.',
];

const READS_KEY_TWO: readonly KeySpec[] = [{ first: 2, last: 2, step: 1, flags: 'RO access' }];

/** XINFO. */
export const streamInfo = {
  xinfo: {
    arity: -2,
    since: '5.0.0',
    complexity: 'Depends on the subcommand.',
    summary: 'Tells about a stream, its groups and their consumers.',
    subcommands: {
      stream: {
        arity: -3,
        flags: ['readonly'],
        keys: READS_KEY_TWO,
        syntax: 'key [FULL [COUNT count]]',
        since: '5.0.0',
        complexity: 'O(1)',
        summary: 'Returns figures about a stream and its first and last entry, or more of it.',
        run: stream,
      },
      groups: {
        arity: 3,
        flags: ['readonly'],
        keys: READS_KEY_TWO,
        syntax: 'key',
        since: '5.0.0',
        complexity: 'O(N), when N is the number of groups',
        summary: 'Returns the groups of a stream and how far each has come.',
        run: groups,
      },
      consumers: {
        arity: 4,
        flags: ['readonly'],
        keys: READS_KEY_TWO,
        syntax: 'key groupname',
        since: '5.0.0',
        complexity: 'O(N), when N is the number of consumers',
        tips: ['nondeterministic_output'],
        summary: 'Returns the consumers of a group and what each has pending.',
        run: consumers,
      },
      help: helpCommand('XINFO', '5.0.0', {}, HELP),
    },
  },
} satisfies CommandGroup;
