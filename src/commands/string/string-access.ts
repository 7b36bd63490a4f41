import { errors } from '../../errors.ts';
import type { Call } from '../command.ts';

/** The entry of the string at key argument `index`, or 0, for a command that reads it. @throws errors.wrongType */
export const readString = ({ args, database }: Call, index: number): number => {
  const entry = database.read(args.buffer, args.start(index), args.length(index));
  if (entry !== 0 && !database.isString(entry)) throw errors.wrongType;
  return entry;
};

/** As {@link readString}, for a command that is about to change the string. */
export const writableString = ({ args, database }: Call, index: number): number => {
  const entry = database.write(args.buffer, args.start(index), args.length(index));
  if (entry !== 0 && !database.isString(entry)) throw errors.wrongType;
  return entry;
};

/** Replies with the string of `entry`, or with null for 0. */
export const replyString = ({ keyspace, reply }: Call, entry: number): void => {
  if (entry === 0) return reply.null();
  const { bytes, start, length } = keyspace.strings.view(entry);
  reply.bulk(bytes, start, length);
};

/** Gives key argument 1, where the look-up just made has found `old`, the value of argument `valueIndex`. */
export const putArgument = (
  { args, database }: Call,
  old: number,
  valueIndex: number,
  expiry: number,
): number =>
  database.putString(
    old,
    args.buffer,
    args.start(1),
    args.length(1),
    args.buffer,
    args.start(valueIndex),
    args.length(valueIndex),
    expiry,
  );

/**
 * Prepares to change a string in place: makes that of key argument 1, where the look-up just made has found `old`,
 * at least `length` bytes long, those before `zerosTo` that are new being zeros. A key that is made for it is counted
 * as a change; for one that was there the caller does so.
 * @returns its entry.
 */
export const extendString = (
  { args, database, keyspace }: Call,
  old: number,
  length: number,
  zerosTo: number,
): number => {
  const { strings } = keyspace;
  if (old !== 0) return strings.extend(database, old, length, zerosTo);
  const entry = strings.createBlank(args.buffer, args.start(1), args.length(1), length);
  const { bytes, start } = strings.view(entry);
  bytes.fill(0, start, start + zerosTo);
  database.put(0, entry);
  return entry;
};
