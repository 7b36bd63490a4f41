import { errors, wrongArity } from '../../errors.ts';
import { TYPE_STREAM } from '../../keyspace/entry.ts';
import { StreamId } from '../../keyspace/stream/stream-id.ts';
import type { StreamFields } from '../../keyspace/stream/stream-node.ts';
import type { Request } from '../../resp/request.ts';
import { ensureCollection, readCollection, writableCollection } from '../collection-access.ts';
import { type Call, type CommandGroup, type Handler, oneKey } from '../command.ts';
import { replyId } from './stream-entries.ts';
import { idAt } from './stream-ids.ts';
import { StreamTrimOptions } from './stream-trim-options.ts';

const options = new StreamTrimOptions();
const id = new StreamId();
const last = new StreamId();

/** The fields and values of the XADD that is running. */
class AddedFields implements StreamFields {
  bytes: Uint8Array = new Uint8Array(0);
  starts: ArrayLike<number> = [];
  lengths: ArrayLike<number> = [];
  first = 0;
  pairs = 0;

  take({ argc, bytes, starts, lengths }: Request, first: number): void {
    this.bytes = bytes;
    this.starts = starts;
    this.lengths = lengths;
    this.first = first;
    this.pairs = (argc - first) / 2;
  }
}

const fields = new AddedFields();

const xadd: Handler = (call) => {
  const { args, database, keyspace, reply } = call;
  const first = options.readAdd(call);
  if (args.count - first < 2 || (args.count - first) % 2 === 1) throw wrongArity('xadd');
  const isGiven = !options.makesId && !options.makesSequence;
  if (isGiven && options.id.isLeast) throw errors.streamIdLeast;
  const old = writableCollection(call, 1, TYPE_STREAM);
  if (old === 0 && options.noMakeStream) return reply.null();
  const { streams } = keyspace;
  if (old === 0) last.setLeast();
  else streams.header(old).lastId(last);
  chooseId(call);
  fields.take(args.request, first);
  if (streams.isTooLarge(fields)) throw errors.streamEntryTooLarge;
  const entry = old === 0 ? ensureCollection(call, 1, TYPE_STREAM) : old;
  streams.append(entry, id, fields);
  replyId(reply, id);
  if (options.trims) streams.trim(entry, options);
  database.modified(entry);
  database.ready(entry);
};

/** Sets {@link id} to that of the new entry, which follows {@link last}. */
const chooseId = ({ keyspace }: Call): void => {
  if (last.isGreatest) throw errors.streamExhausted;
  if (options.makesId) return makeId(Math.floor(keyspace.now));
  id.copy(options.id);
  if (options.makesSequence && id.msBehind(last) === 0) {
    id.copy(last);
    // Redis's words for that, too.
    if (!id.incrementSequence()) throw errors.streamEntryTooLarge;
  }
  if (id.compare(last) <= 0) throw errors.streamIdNotGreater;
};

const makeId = (now: number): void => {
  id.setLeast().setMs(now);
  if (now > last.ms) return;
  id.copy(last).increment();
};

const xlen: Handler = (call) => {
  const entry = readCollection(call, 1, TYPE_STREAM);
  call.reply.integer(entry === 0 ? 0 : call.keyspace.streams.count(entry));
};

const xdel: Handler = (call) => {
  const { args, database, keyspace, reply } = call;
  const entry = writableCollection(call, 1, TYPE_STREAM);
  if (entry === 0) return reply.integer(0);
  for (let i = 2; i < args.count; i++) idAt(args, i, id);
  const { streams } = keyspace;
  let deleted = 0;
  let isFirst = false;
  for (let i = 2; i < args.count; i++) {
    idAt(args, i, id);
    if (!streams.delete(entry, id)) continue;
    deleted++;
    isFirst ||= streams.header(entry).compareFirst(id) === 0;
  }
  if (isFirst) streams.refreshFirstId(streams.header(entry));
  if (deleted > 0) database.modified(entry);
  reply.integer(deleted);
};

const xtrim: Handler = (call) => {
  const { database, keyspace, reply } = call;
  options.readTrim(call);
  const entry = writableCollection(call, 1, TYPE_STREAM);
  if (entry === 0) return reply.integer(0);
  const deleted = keyspace.streams.trim(entry, options);
  if (deleted > 0) database.modified(entry);
  reply.integer(deleted);
};

const TRIMMING = '<MAXLEN | MINID> [= | ~] threshold [LIMIT count]';

/** Commands that add entries to a stream and take them away. */
export const streams = {
  xadd: {
    arity: -5,
    flags: ['write', 'denyoom', 'fast'],
    keys: [
      {
        first: 1,
        last: 1,
        step: 1,
        flags: 'RW update',
        notes: 'UPDATE instead of INSERT because of the optional trimming feature',
      },
    ],
    syntax: `key [NOMKSTREAM] [${TRIMMING}] <* | id> field value [field value ...]`,
    since: '5.0.0',
    complexity: 'O(1); trimming: O(N), when N is the number of entries that go',
    tips: ['nondeterministic_output'],
    summary: 'Adds an entry to a stream, trims it if asked for and returns the id of the entry.',
    run: xadd,
  },
  xlen: {
    arity: 2,
    flags: ['readonly', 'fast'],
    keys: oneKey('RO'),
    syntax: 'key',
    since: '5.0.0',
    complexity: 'O(1)',
    summary: 'Returns the number of entries of a stream.',
    run: xlen,
  },
  xdel: {
    arity: -3,
    flags: ['write', 'fast'],
    keys: oneKey('RW delete'),
    syntax: 'key id [id ...]',
    since: '5.0.0',
    complexity: 'O(1) for each id',
    summary: 'Deletes entries of a stream; returns how many there were.',
    run: xdel,
  },
  xtrim: {
    arity: -4,
    flags: ['write'],
    keys: oneKey('RW delete'),
    syntax: `key ${TRIMMING}`,
    since: '5.0.0',
    complexity: 'O(N), when N is the number of entries that go',
    tips: ['nondeterministic_output'],
    summary: 'Deletes the oldest entries of a stream; returns how many.',
    run: xtrim,
  },
} satisfies CommandGroup;
