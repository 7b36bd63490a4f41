import type { ByteSlice } from '../../memory/byte-slice.ts';
import type { Call } from '../command.ts';

/** The value of the field that is argument `index`, or undefined. */
export const getField = ({ args, keyspace }: Call, entry: number, index: number): ByteSlice | undefined =>
  keyspace.hashes.get(entry, args.buffer, args.start(index), args.length(index));

/** Replies with the value of the field that is argument `index`, or with null; `entry` may be 0. */
export const replyValue = (call: Call, entry: number, index: number): void => {
  const value = entry === 0 ? undefined : getField(call, entry, index);
  if (value === undefined) call.reply.null();
  else call.reply.bulk(value.bytes, value.start, value.length);
};

/** Gives the field that is one argument the value that is another. @returns true if the field is new. */
export const setField = ({ args, keyspace }: Call, entry: number, field: number, value: number): boolean =>
  keyspace.hashes.set(
    entry,
    args.buffer,
    args.start(field),
    args.length(field),
    args.buffer,
    args.start(value),
    args.length(value),
  );

/** After fields were asked for: if they were the last and their time had come, the key goes with them. */
export const settle = ({ database, keyspace }: Call, entry: number): void => {
  if (entry === 0 || !keyspace.hashes.isExpiring(entry) || keyspace.hashes.count(entry) > 0) return;
  database.reduced(entry);
};
