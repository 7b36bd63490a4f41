import { errors } from '../errors.ts';
import { KEEP_EXPIRY, NO_EXPIRY } from '../keyspace/database.ts';
import type { Call, CommandGroup } from './command.ts';
import { oneKey } from './command.ts';

/** The entry of the string at key argument `index` for reading, or 0. @throws errors.wrongType */
const readString = ({ args, database }: Call, index: number): number => {
  const entry = database.read(args.buffer, args.start(index), args.length(index));
  if (entry !== 0 && !database.isString(entry)) throw errors.wrongType;
  return entry;
};

const get = (call: Call): void => {
  const entry = readString(call, 1);
  if (entry === 0) return call.reply.null();
  const { bytes, start, length } = call.keyspace.strings.view(entry);
  call.reply.bulk(bytes, start, length);
};

const set = (call: Call): void => {
  const { args, database, reply } = call;
  database.setString(args.buffer, args.start(1), args.length(1), args.buffer, args.start(2), args.length(2), NO_EXPIRY);
  reply.ok();
};
void KEEP_EXPIRY;
export const strings = {
  get: {
    arity: 2,
    flags: ['readonly', 'fast'],
    keys: oneKey('RO access'),
    syntax: 'key',
    since: '1.0.0',
    complexity: 'O(1)',
    summary: 'Returns the string value of a key.',
    run: get,
  },
  set: {
    arity: -3,
    flags: ['write', 'denyoom'],
    traits: ['brief'],
    keys: oneKey('RW access update variable_flags'),
    syntax: 'key value',
    since: '1.0.0',
    complexity: 'O(1)',
    summary: 'Sets the string value of a key.',
    run: set,
  },
} satisfies CommandGroup;
