import { errors } from '../../errors.ts';
import { TYPE_STREAM } from '../../keyspace/entry.ts';
import { StreamId } from '../../keyspace/stream/stream-id.ts';
import type { Arguments } from '../arguments.ts';
import { readCollection } from '../collection-access.ts';
import { type Call, type CommandGroup, oneKey } from '../command.ts';
import { replyEntriesDownTo, replyEntriesTo } from './stream-entries.ts';
import { rangeEndAt, rangeStartAt } from './stream-ids.ts';

const start = new StreamId();
const end = new StreamId();

/** The number behind COUNT; infinite if it is not told. */
const countAt = (args: Arguments): number => {
  let count = Number.POSITIVE_INFINITY;
  for (let i = 4; i < args.count; i += 2) {
    if (!args.is(i, 'COUNT') || i + 1 === args.count) throw errors.syntax;
    count = Math.max(args.integer(i + 1), 0);
  }
  return count;
};

const range = (call: Call, startIndex: number, endIndex: number, isReverse: boolean): void => {
  const { args, keyspace, reply } = call;
  rangeStartAt(args, startIndex, start);
  rangeEndAt(args, endIndex, end);
  const count = countAt(args);
  const entry = readCollection(call, 1, TYPE_STREAM);
  if (entry === 0) return reply.array(0);
  if (count === 0) return reply.nullArray();
  const { cursor } = keyspace.streams;
  const header = keyspace.streams.header(entry);
  if (isReverse) {
    cursor.seekBack(header, end);
    replyEntriesDownTo(reply, cursor, start, count);
  } else {
    cursor.seek(header, start);
    replyEntriesTo(reply, cursor, end, count);
  }
};

const COMPLEXITY = 'O(N), when N is the number of entries returned';

/** Commands that read entries of one stream by their ids. */
export const streamRanges = {
  xrange: {
    arity: -4,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key start end [COUNT count]',
    since: '5.0.0',
    complexity: COMPLEXITY,
    summary: 'Returns the entries of a stream whose ids lie between two others.',
    run: (call: Call) => range(call, 2, 3, false),
  },
  xrevrange: {
    arity: -4,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key end start [COUNT count]',
    since: '5.0.0',
    complexity: COMPLEXITY,
    summary: 'Returns the entries of a stream whose ids lie between two others, the last one first.',
    run: (call: Call) => range(call, 3, 2, true),
  },
} satisfies CommandGroup;
