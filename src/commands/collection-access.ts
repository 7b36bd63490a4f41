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
 * Gives the key of an argument a new, empty collection, whatever it held (*STORE commands). Its expiry goes, too.
 * @returns its entry, to be filled at once; delete the key instead if nothing is to be stored.
 */
export const replaceWithCollection = ({ args, database }: Call, index: number, type: number): number => {
  database.remove(args.buffer, args.start(index), args.length(index));
  database.peek(args.buffer, args.start(index), args.length(index));
  return database.create(args.buffer, args.start(index), args.length(index), type);
};
