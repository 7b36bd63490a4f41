import { errors } from '../errors.ts';
import { typeOf } from '../keyspace/entry.ts';
import type { Call } from './command.ts';

/** The entry of a key argument, which must be of the type or not be there (0). Reads: counts a hit or a miss. */
export const readCollection = ({ args, database, keyspace }: Call, index: number, type: number): number => {
  const entry = database.read(args.buffer, args.start(index), args.length(index));
  if (entry !== 0 && typeOf(keyspace.arena, entry) !== type) throw errors.wrongType;
  return entry;
};

/** As {@link readCollection}, for a command that is about to change the collection. */
export const writableCollection = (
  { args, database, keyspace }: Call,
  index: number,
  type: number,
): number => {
  const entry = database.write(args.buffer, args.start(index), args.length(index));
  if (entry !== 0 && typeOf(keyspace.arena, entry) !== type) throw errors.wrongType;
  return entry;
};

/**
 * As {@link writableCollection}, but makes an empty collection for a key that is not there. The caller fills it at once,
 * or throws: then it goes again.
 */
export const ensureCollection = (call: Call, index: number, type: number): number => {
  const { args, database } = call;
  const entry = writableCollection(call, index, type);
  return entry === 0 ? database.create(args.buffer, args.start(index), args.length(index), type) : entry;
};

/**
 * Stores a collection under the key of an argument (*STORE commands): `fill` is given an empty one, and only when it has
 * done its work that takes the place of whatever the key held; its expiry goes, too. Of an empty one no key is left.
 * @returns number of elements
 */
export const storeCollection = (
  { args, database, keyspace }: Call,
  index: number,
  type: number,
  fill: (entry: number) => void,
): number => {
  const { buffer } = args;
  const start = args.start(index);
  const length = args.length(index);
  const entry = keyspace.createCollection(buffer, start, length, type);
  try {
    fill(entry);
  } catch (error) {
    keyspace.release(entry);
    throw error;
  }
  const count = keyspace.collections[type]!.count(entry);
  if (count > 0) {
    database.put(database.write(buffer, start, length), entry);
  } else {
    keyspace.release(entry);
    database.remove(buffer, start, length);
  }
  return count;
};
