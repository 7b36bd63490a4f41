import { type StreamGroup, UNKNOWN_READ } from './stream-group.ts';
import type { StreamHeader } from './stream-header.ts';
import { StreamId } from './stream-id.ts';

const maxDeleted = new StreamId();
const first = new StreamId();
const last = new StreamId();

/** True if entries at or behind that id may have been deleted by XDEL. */
const mayMissEntriesFrom = (stream: StreamHeader, id: StreamId): boolean => {
  if (stream.length === 0 || stream.maxDeletedId(maxDeleted).isLeast) return false;
  return stream.compareFirst(maxDeleted) >= 0 && id.compare(maxDeleted) <= 0;
};

/**
 * How many entries were ever added up to that id, as far as it can be told without counting: at the ends of the stream.
 * @returns the number, or {@link UNKNOWN_READ}.
 */
export const readUpTo = (stream: StreamHeader, id: StreamId): bigint => {
  const { added } = stream;
  if (added === 0n) return 0n;
  const behind = stream.compareLast(id);
  if (behind === 0 || (stream.length === 0 && behind < 0)) return added;
  if (behind > 0) return UNKNOWN_READ;
  stream.maxDeletedId(maxDeleted);
  if (!maxDeleted.isLeast && maxDeleted.compare(stream.firstId(first)) >= 0) return UNKNOWN_READ;
  const order = stream.compareFirst(id);
  if (order > 0) return UNKNOWN_READ;
  return added - BigInt(stream.length) + (order === 0 ? 1n : 0n);
};

/** The group has read the entry of that id, which is behind its last one: counts it and remembers it as the last. */
export const noteRead = (stream: StreamHeader, group: StreamGroup, id: StreamId): void => {
  if (group.isReadKnown && !mayMissEntriesFrom(stream, id)) group.countRead();
  else if (stream.added > 0n) group.read = readUpTo(stream, id);
  group.setLastId(id);
};

/** Number of entries that the group has not read yet; undefined if it cannot be told. */
export const lagOf = (stream: StreamHeader, group: StreamGroup): bigint | undefined => {
  if (stream.added === 0n) return 0n;
  group.lastId(last);
  const isCounted = group.isReadKnown && !mayMissEntriesFrom(stream, last);
  const read = isCounted ? group.read : readUpTo(stream, last);
  return read === UNKNOWN_READ ? undefined : stream.added - read;
};
