import { errors } from '../../errors.ts';
import { TYPE_STREAM } from '../../keyspace/entry.ts';
import { StreamId } from '../../keyspace/stream/stream-id.ts';
import { writableCollection } from '../collection-access.ts';
import { type Call, type CommandGroup, oneKey } from '../command.ts';
import { idAt } from './stream-ids.ts';

const id = new StreamId();
const maxDeleted = new StreamId();
const other = new StreamId();

const xsetid = (call: Call): void => {
  const { args, keyspace, reply } = call;
  idAt(args, 2, id);
  const added = readFigures(call);
  const entry = writableCollection(call, 1, TYPE_STREAM);
  if (entry === 0) throw errors.noSuchKey;
  const { streams } = keyspace;
  const header = streams.header(entry);
  if (streams.lastEntryId(header, other)) {
    if (id.compare(other) < 0) throw errors.streamIdBelowLast;
    if (added !== undefined && added < header.length) throw errors.streamAddedBelowLength;
  }
  header.setLastId(id);
  if (added !== undefined) header.added = added;
  if (!maxDeleted.isLeast) header.setMaxDeletedId(maxDeleted);
  keyspace.statistics.changes++;
  reply.ok();
};

/** Reads MAXDELETEDID and ENTRIESADDED. @returns the latter, if it is there. */
const readFigures = ({ args }: Call): bigint | undefined => {
  let added: bigint | undefined;
  maxDeleted.setLeast();
  for (let i = 3; i < args.count; i += 2) {
    if (i + 1 < args.count && args.is(i, 'ENTRIESADDED')) {
      added = args.integer64(i + 1);
      if (added < 0n) throw errors.streamAddedNegative;
    } else if (i + 1 < args.count && args.is(i, 'MAXDELETEDID')) {
      idAt(args, i + 1, maxDeleted);
      if (id.compare(maxDeleted) < 0) throw errors.streamIdBelowDeleted;
    } else throw errors.syntax;
  }
  return added;
};

/** XSETID. */
export const streamSetId = {
  xsetid: {
    arity: -3,
    flags: ['write', 'denyoom', 'fast'],
    keys: oneKey('RW update'),
    syntax: 'key last-id [ENTRIESADDED entries_added] [MAXDELETEDID max_deleted_entry_id]',
    since: '5.0.0',
    complexity: 'O(1)',
    summary: 'Sets the last id of a stream, and figures about it; for those who copy streams.',
    run: xsetid,
  },
} satisfies CommandGroup;
