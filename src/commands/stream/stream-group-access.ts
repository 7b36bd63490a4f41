import { noStreamOrGroup } from '../../errors.ts';
import { TYPE_STREAM } from '../../keyspace/entry.ts';
import type { StreamConsumer, StreamGroup } from '../../keyspace/stream/stream-group.ts';
import { readCollection } from '../collection-access.ts';
import type { Call } from '../command.ts';

/** The group that an argument names, of the stream of `entry`; undefined if there is none. */
export const findGroup = (
  { args, keyspace }: Call,
  entry: number,
  index: number,
): StreamGroup | undefined => {
  const { groups } = keyspace.streams;
  const header = keyspace.streams.header(entry);
  return groups.find(header, args.buffer, args.start(index), args.length(index)) ? groups.group : undefined;
};

/** The stream of key argument 1, `groups.group` being opened on the group that argument 2 names. @throws noStreamOrGroup */
export const streamWithGroup = (call: Call): number => {
  const entry = readCollection(call, 1, TYPE_STREAM);
  if (entry === 0 || findGroup(call, entry, 2) === undefined) {
    throw noStreamOrGroup(call.args.latin1(1), call.args.latin1(2));
  }
  return entry;
};

/** The consumer that an argument names; undefined if the group has none of that name. */
export const findConsumer = (
  { args, keyspace }: Call,
  group: StreamGroup,
  index: number,
): StreamConsumer | undefined => {
  const { groups } = keyspace.streams;
  const found = groups.findConsumer(group, args.buffer, args.start(index), args.length(index));
  return found ? groups.consumer : undefined;
};

/** As {@link findConsumer}, but makes one if there is none. */
export const ensureConsumer = (call: Call, group: StreamGroup, index: number): StreamConsumer => {
  const found = findConsumer(call, group, index);
  if (found !== undefined) return found;
  const { args, keyspace } = call;
  const { groups } = keyspace.streams;
  groups.createConsumer(group, args.buffer, args.start(index), args.length(index), nowOf(call));
  keyspace.statistics.changes++;
  return groups.consumer;
};

/** Unix milliseconds, whole. */
export const nowOf = ({ keyspace }: Call): number => Math.floor(keyspace.now);
