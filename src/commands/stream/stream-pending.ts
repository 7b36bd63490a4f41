import { errors } from '../../errors.ts';
import { TYPE_STREAM } from '../../keyspace/entry.ts';
import type { StreamGroup } from '../../keyspace/stream/stream-group.ts';
import { StreamId } from '../../keyspace/stream/stream-id.ts';
import { readCollection } from '../collection-access.ts';
import { type Call, type CommandGroup, type Handler, oneKey } from '../command.ts';
import { replyId } from './stream-entries.ts';
import { findConsumer, findGroup, nowOf, streamWithGroup } from './stream-group-access.ts';
import { idAt, rangeEndAt, rangeStartAt } from './stream-ids.ts';

const start = new StreamId();
const end = new StreamId();
const id = new StreamId();

/** Arguments of XPENDING with a range, IDLE and a consumer. */
const MAX_ARGUMENTS = 9;

const xack: Handler = (call) => {
  const { args, keyspace, reply } = call;
  const entry = readCollection(call, 1, TYPE_STREAM);
  const group = entry === 0 ? undefined : findGroup(call, entry, 2);
  if (group === undefined) return reply.integer(0);
  for (let i = 3; i < args.count; i++) idAt(args, i, id);
  const { pending } = keyspace.streams.groups;
  let acknowledged = 0;
  for (let i = 3; i < args.count; i++) {
    idAt(args, i, id);
    const address = pending.find(group, id);
    if (address === 0) continue;
    pending.remove(group, address);
    acknowledged++;
  }
  keyspace.statistics.changes += acknowledged;
  reply.integer(acknowledged);
};

const xpending: Handler = (call) => {
  const { args, keyspace } = call;
  if (args.count === 3) {
    streamWithGroup(call);
    return summary(call, keyspace.streams.groups.group);
  }
  if (args.count < 6 || args.count > MAX_ARGUMENTS) throw errors.syntax;
  const hasIdle = args.is(3, 'IDLE');
  const idle = hasIdle ? args.integer(4) : 0;
  if (hasIdle && args.count < 8) throw errors.syntax;
  const first = hasIdle ? 5 : 3;
  const count = Math.max(args.integer(first + 2), 0);
  rangeStartAt(args, first, start);
  rangeEndAt(args, first + 1, end);
  streamWithGroup(call);
  range(call, keyspace.streams.groups.group, first + 3, count, idle);
};

/** How many entries are pending, the first and the last of them, and how many each consumer has. */
const summary = ({ keyspace, reply }: Call, group: StreamGroup): void => {
  const { groups } = keyspace.streams;
  const tree = groups.pending.attach(group);
  const { count } = tree;
  reply.array(4);
  reply.integer(count);
  if (count === 0) {
    reply.null();
    reply.null();
    return reply.nullArray();
  }
  tree.seekRank(0);
  replyId(reply, groups.pending.entry.open(tree.entry).id(id));
  tree.seekRank(count - 1);
  replyId(reply, groups.pending.entry.open(tree.entry).id(id));
  const mark = reply.length;
  let shown = 0;
  for (const consumer of groups.consumers(group)) {
    const { count: own } = groups.pending.attach(consumer);
    if (own === 0) continue;
    reply.array(2);
    reply.bulk(consumer.chunk, consumer.nameStart, consumer.nameLength);
    reply.text(String(own));
    shown++;
  }
  reply.arrayBefore(mark, shown);
};

/** Entries pending between {@link start} and {@link end}: those of all, or of the consumer that an argument names. */
const range = (call: Call, group: StreamGroup, consumerIndex: number, count: number, idle: number): void => {
  const { args, keyspace, reply } = call;
  const { pending } = keyspace.streams.groups;
  const consumer = consumerIndex < args.count ? findConsumer(call, group, consumerIndex) : undefined;
  if (consumerIndex < args.count && consumer === undefined) return reply.array(0);
  const tree = pending.attach(consumer ?? group);
  const mark = reply.length;
  let shown = 0;
  for (let at = pending.seek(start); at !== 0 && shown < count; at = tree.next()) {
    const entry = pending.entry.open(at);
    if (entry.id(id).compare(end) > 0) break;
    const age = nowOf(call) - entry.time;
    if (idle !== 0 && age < idle) continue;
    const owner = pending.openOwner();
    reply.array(4);
    replyId(reply, id);
    reply.bulk(owner.chunk, owner.nameStart, owner.nameLength);
    reply.integer(Math.max(age, 0));
    reply.integer(entry.deliveries);
    shown++;
  }
  reply.arrayBefore(mark, shown);
};

/** Commands on entries that were delivered: acknowledging and listing them. */
export const streamPending = {
  xack: {
    arity: -4,
    flags: ['write', 'fast'],
    keys: oneKey('RW update'),
    syntax: 'key group id [id ...]',
    since: '5.0.0',
    complexity: 'O(log N) for each id, when N is the number of pending entries',
    summary: 'Acknowledges entries, which are then pending no more; returns how many were.',
    run: xack,
  },
  xpending: {
    arity: -3,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key group [[IDLE min-idle-time] start end count [consumer]]',
    since: '5.0.0',
    complexity: 'O(N), when N is the number of entries returned or looked at, or of consumers',
    tips: ['nondeterministic_output'],
    summary: 'Tells which entries of a group were delivered and not acknowledged.',
    run: xpending,
  },
} satisfies CommandGroup;
