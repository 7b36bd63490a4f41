import { errors, noGroupToRead } from '../../errors.ts';
import { TYPE_STREAM } from '../../keyspace/entry.ts';
import type { StreamConsumer, StreamGroup } from '../../keyspace/stream/stream-group.ts';
import { StreamId } from '../../keyspace/stream/stream-id.ts';
import { noteRead } from '../../keyspace/stream/stream-lag.ts';
import type { Call, CommandGroup, Handler } from '../command.ts';
import { replyEntry, replyId } from './stream-entries.ts';
import { ensureConsumer, findConsumer, findGroup, nowOf } from './stream-group-access.ts';
import { idAt, isSign } from './stream-ids.ts';
import { StreamReadOptions } from './stream-read-options.ts';
import { beginStream, readStream } from './stream-reads.ts';

const options = new StreamReadOptions();
const last = new StreamId();
const id = new StreamId();
/** The greatest id that the group had pending before. */
const lastPending = new StreamId();

/** One of the streams of the XREADGROUP that is running. */
class GroupReadStream {
  entry = 0;
  /** Pending entries behind this id are asked for; or, if it is the greatest, new ones. */
  readonly after = new StreamId();
}

/** Reused for every call; as many as ever were asked for at once. */
const streams: GroupReadStream[] = [];

const streamAt = (index: number): GroupReadStream => {
  streams[index] ??= new GroupReadStream();
  return streams[index];
};

const xreadgroup: Handler = (call) => {
  const { reply } = call;
  options.read(call, true);
  for (let i = 0; i < options.streams; i++) openStream(call, i);
  const mark = reply.length;
  let served = 0;
  // One after the other: a stream that is named twice is read by then.
  for (let i = 0; i < options.streams; i++) if (replyStream(call, i)) served++;
  if (served > 0 && reply.protocol === 3) return reply.mapBefore(mark, served);
  if (served > 0) return reply.arrayBefore(mark, served);
  const { block, firstKey } = options;
  if (block !== undefined && call.block(TYPE_STREAM, firstKey, firstKey + options.streams - 1, block)) return;
  reply.nullArray();
};

/** Looks at the stream at `index` and the id that goes with it. @throws CommandError */
const openStream = (call: Call, index: number): void => {
  const { args } = call;
  const stream = streamAt(index);
  const keyIndex = options.firstKey + index;
  stream.entry = readStream(call, keyIndex);
  if (call.isRetry) checkWaitedFor(call, keyIndex, stream.entry);
  else if (stream.entry === 0 || findGroup(call, stream.entry, options.group) === undefined) {
    throw noGroupToRead(args.latin1(keyIndex), args.latin1(options.group));
  }
  readAfter(call, keyIndex + options.streams, stream.after);
};

/** What a client waits for may have vanished. */
const checkWaitedFor = (call: Call, keyIndex: number, entry: number): void => {
  if (!call.isReady(keyIndex)) return;
  if (entry === 0) throw errors.waitedForStream;
  if (findGroup(call, entry, options.group) === undefined) throw errors.waitedForGroup;
};

const readAfter = ({ args }: Call, index: number, after: StreamId): void => {
  if (isSign(args, index, '$')) throw errors.streamLastOfGroup;
  if (isSign(args, index, '+')) throw errors.streamLatestOfGroup;
  if (isSign(args, index, '>')) after.setGreatest();
  else idAt(args, index, after);
};

const hasNewEntries = (call: Call, entry: number, group: StreamGroup): boolean => {
  const { streams } = call.keyspace;
  noteSeen(call, group);
  const header = streams.header(entry);
  // Who waited is told of entries, by an empty list, even if they were trimmed away as soon as they came.
  if (call.isRetry) header.lastId(last);
  else if (!streams.lastEntryId(header, last)) return false;
  return group.compareLast(last) > 0;
};

/** A consumer that is there was seen even if there is nothing for it. */
const noteSeen = (call: Call, group: StreamGroup): void => {
  const consumer = findConsumer(call, group, options.group + 1);
  if (consumer !== undefined) consumer.seen = nowOf(call);
};

/** Replies with what there is in the stream at `index`. @returns false if there is nothing new. */
const replyStream = (call: Call, index: number): boolean => {
  const stream = streams[index]!;
  if (stream.entry === 0) return false;
  const group = findGroup(call, stream.entry, options.group)!;
  const isNew = stream.after.isGreatest;
  if (isNew && !hasNewEntries(call, stream.entry, group)) return false;
  beginStream(call, options.firstKey + index);
  const consumer = ensureConsumer(call, group, options.group + 1);
  consumer.seen = nowOf(call);
  if (isNew) replyNew(call, stream.entry, group, consumer);
  else replyPending(call, stream, consumer);
  return true;
};

/** Delivers entries that the group has not read yet. */
const replyNew = (call: Call, entry: number, group: StreamGroup, consumer: StreamConsumer): void => {
  const { keyspace, reply } = call;
  const { cursor, groups } = keyspace.streams;
  const header = keyspace.streams.header(entry);
  const mark = reply.length;
  let shown = 0;
  if (!options.noAck) groups.pending.lastId(group, lastPending);
  group.lastId(id).increment();
  cursor.seek(header, id);
  while (shown < options.count && cursor.next()) {
    replyEntry(reply, cursor);
    noteRead(header, group, cursor.id);
    if (!options.noAck) deliver(call, group, consumer, cursor.id);
    shown++;
  }
  if (shown > 0 && !options.noAck) consumer.active = nowOf(call);
  keyspace.statistics.changes++;
  reply.arrayBefore(mark, shown);
};

/** Makes an entry pending, or gives it to another consumer if it is already (after XGROUP SETID). */
const deliver = (call: Call, group: StreamGroup, consumer: StreamConsumer, entryId: StreamId): void => {
  const { pending } = call.keyspace.streams.groups;
  const isLast = entryId.compare(lastPending) > 0;
  const address = isLast ? 0 : pending.find(group, entryId);
  if (address === 0) return pending.add(group, consumer, entryId, nowOf(call), isLast);
  pending.give(address, consumer);
  pending.entry.time = nowOf(call);
  pending.entry.setDeliveredOnce();
};

/** Delivers again what the consumer has pending. Of an entry that was deleted only the id is left. */
const replyPending = (call: Call, { entry, after }: GroupReadStream, consumer: StreamConsumer): void => {
  const { keyspace, reply } = call;
  const { cursor, groups } = keyspace.streams;
  const { pending } = groups;
  const header = keyspace.streams.header(entry);
  const mark = reply.length;
  let shown = 0;
  after.increment();
  const tree = pending.attach(consumer);
  for (let at = pending.seek(after); at !== 0 && shown < options.count; at = tree.next(), shown++) {
    const delivered = pending.entry.open(at);
    if (keyspace.streams.find(header, delivered.id(id))) {
      replyEntry(reply, cursor);
      delivered.time = nowOf(call);
      delivered.deliveries++;
    } else {
      reply.array(2);
      replyId(reply, id);
      reply.nullArray();
    }
  }
  reply.arrayBefore(mark, shown);
};

/** XREADGROUP. */
export const streamGroupReads = {
  xreadgroup: {
    arity: -7,
    flags: ['write', 'blocking', 'movablekeys'],
    keys: [{ word: 'STREAMS', from: 4, keys: 'half', flags: 'RO access' }],
    syntax:
      'GROUP group consumer [COUNT count] [BLOCK milliseconds] [NOACK] STREAMS key [key ...] id [id ...]',
    since: '5.0.0',
    complexity: 'O(N) for each stream, when N is the number of entries returned',
    summary: 'Returns entries that a group has not read yet, or those that a consumer has pending.',
    run: xreadgroup,
  },
} satisfies CommandGroup;
