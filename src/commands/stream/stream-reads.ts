import { errors } from '../../errors.ts';
import { TYPE_STREAM, typeOf } from '../../keyspace/entry.ts';
import { ID_TEXT_BYTES, StreamId } from '../../keyspace/stream/stream-id.ts';
import { argumentsOf, type Request, StoredRequest } from '../../resp/request.ts';
import { readCollection } from '../collection-access.ts';
import type { Call, CommandGroup, Handler } from '../command.ts';
import { replyEntriesTo } from './stream-entries.ts';
import { idAt, isSign } from './stream-ids.ts';
import { StreamReadOptions } from './stream-read-options.ts';

const options = new StreamReadOptions();
const last = new StreamId();
const end = new StreamId().setGreatest();

/** One of the streams of the XREAD that is running. */
class ReadStream {
  entry = 0;
  /** Entries behind this id are asked for. */
  readonly after = new StreamId();
  /** Whether there are any. */
  isServed = false;
}

/** Reused for every call; as many as ever were asked for at once. */
const streams: ReadStream[] = [];

const streamAt = (index: number): ReadStream => {
  streams[index] ??= new ReadStream();
  return streams[index];
};

/**
 * The stream of a key argument, or 0. A client that waits is run again whatever became of the key, and an XREAD goes
 * on waiting for a stream where there is something else now.
 */
export const readStream = (call: Call, index: number): number => {
  if (!call.isRetry) return readCollection(call, index, TYPE_STREAM);
  if (!call.isReady(index)) return 0;
  const { args, database, keyspace } = call;
  const entry = database.read(args.buffer, args.start(index), args.length(index));
  return entry !== 0 && typeOf(keyspace.arena, entry) === TYPE_STREAM ? entry : 0;
};

const xread: Handler = (call) => {
  const { reply } = call;
  options.read(call, false);
  let served = 0;
  for (let i = 0; i < options.streams; i++) {
    const stream = streamAt(i);
    stream.entry = readStream(call, options.firstKey + i);
    readAfter(call, options.firstKey + options.streams + i, stream);
  }
  for (let i = 0; i < options.streams; i++) {
    const stream = streams[i]!;
    stream.isServed = hasEntriesBehind(call, stream);
    if (stream.isServed) served++;
  }
  if (served > 0) return replyStreams(call, served);
  const { block, firstKey } = options;
  const lastKey = firstKey + options.streams - 1;
  const waits =
    block !== undefined && call.block(TYPE_STREAM, firstKey, lastKey, block, withoutLastIds(call));
  if (!waits) reply.nullArray();
};

/** Reads behind which id entries are asked for: an id, `$` (what comes from now on) or `+` (the last entry). */
const readAfter = ({ args, keyspace }: Call, index: number, { entry, after }: ReadStream): void => {
  const isNew = isSign(args, index, '$');
  if (isSign(args, index, '>')) throw errors.streamNewOfXread;
  if (!isNew && !isSign(args, index, '+')) return idAt(args, index, after);
  after.setLeast();
  if (entry === 0) return;
  const header = keyspace.streams.header(entry);
  if (isNew) header.lastId(after);
  else if (keyspace.streams.lastEntryId(header, after)) after.decrement();
};

/** Who waited is told of entries, by an empty list, even if they were trimmed away as soon as they came. */
const hasEntriesBehind = ({ isRetry, keyspace }: Call, { entry, after }: ReadStream): boolean => {
  if (entry === 0) return false;
  const header = keyspace.streams.header(entry);
  if (header.compareLast(after) >= 0) return false;
  if (isRetry) return true;
  if (header.length === 0) return false;
  return keyspace.streams.lastEntryId(header, last) && last.compare(after) > 0;
};

const replyStreams = (call: Call, served: number): void => {
  const { keyspace, reply } = call;
  const { cursor } = keyspace.streams;
  if (reply.protocol === 3) reply.map(served);
  else reply.array(served);
  for (let i = 0; i < options.streams; i++) {
    const { after, entry, isServed } = streams[i]!;
    if (!isServed) continue;
    beginStream(call, options.firstKey + i);
    after.increment();
    cursor.seek(keyspace.streams.header(entry), after);
    replyEntriesTo(reply, cursor, end, options.count);
  }
};

/** Begins what is said of the stream of a key argument: an entry of a map in RESP3, a pair in an array in RESP2. */
export const beginStream = ({ args, reply }: Call, index: number): void => {
  if (reply.protocol !== 3) reply.array(2);
  reply.bulk(args.buffer, args.start(index), args.length(index));
};

/** The request with what `$` means now in its place: it is to mean the same when the command is run again. */
const withoutLastIds = ({ args }: Call): Request | undefined => {
  const firstId = options.firstKey + options.streams;
  let argv: Uint8Array[] | undefined;
  for (let i = 0; i < options.streams; i++) {
    if (!isSign(args, firstId + i, '$')) continue;
    argv ??= argumentsOf(args.request);
    const text = new Uint8Array(ID_TEXT_BYTES);
    argv[firstId + i] = text.subarray(0, streams[i]!.after.writeText(text, 0));
  }
  return argv && new StoredRequest(argv);
};

/** XREAD. */
export const streamReads = {
  xread: {
    arity: -4,
    flags: ['readonly', 'blocking', 'movablekeys'],
    keys: [{ word: 'STREAMS', from: 1, keys: 'half', flags: 'RO access' }],
    syntax: '[COUNT count] [BLOCK milliseconds] STREAMS key [key ...] id [id ...]',
    since: '5.0.0',
    complexity: 'O(N) for each stream, when N is the number of entries returned',
    summary: 'Returns the entries of some streams behind an id each; waits for some if asked to.',
    run: xread,
  },
} satisfies CommandGroup;
