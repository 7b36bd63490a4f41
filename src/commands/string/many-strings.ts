import { wrongArity } from '../../errors.ts';
import { NO_EXPIRY } from '../../keyspace/database.ts';
import { allKeys, type Call, type CommandGroup } from '../command.ts';
import { replyString } from './string-access.ts';

const mget = (call: Call): void => {
  const { args, database, reply } = call;
  const { buffer, count } = args;
  reply.array(count - 1);
  for (let i = 1; i < count; i++) {
    const entry = database.read(buffer, args.start(i), args.length(i));
    replyString(call, entry !== 0 && database.isString(entry) ? entry : 0);
  }
};

const setAll = ({ args, database }: Call): void => {
  const { buffer, count } = args;
  for (let i = 1; i < count; i += 2) {
    const value = i + 1;
    database.setString(
      buffer,
      args.start(i),
      args.length(i),
      buffer,
      args.start(value),
      args.length(value),
      NO_EXPIRY,
    );
  }
};

/** @throws CommandError if the last key has no value */
const requirePairs = ({ args, command }: Call): void => {
  if (args.count % 2 === 0) throw wrongArity(command.name);
};

const mset = (call: Call): void => {
  requirePairs(call);
  setAll(call);
  call.reply.ok();
};

const anyExists = ({ args, database }: Call): boolean => {
  for (let i = 1; i < args.count; i += 2) {
    if (database.write(args.buffer, args.start(i), args.length(i)) !== 0) return true;
  }
  return false;
};

const msetnx = (call: Call): void => {
  requirePairs(call);
  const refused = anyExists(call);
  if (!refused) setAll(call);
  call.reply.integer(refused ? 0 : 1);
};

/** Commands that set or get the strings of many keys at once. */
export const manyStrings = {
  mget: {
    arity: -2,
    flags: ['readonly', 'fast'],
    keys: allKeys('RO access'),
    syntax: 'key [key ...]',
    since: '1.0.0',
    complexity: 'O(N), when N is the number of keys',
    tips: ['request_policy:multi_shard'],
    summary: 'Returns the string values of keys.',
    run: mget,
  },
  mset: {
    arity: -3,
    flags: ['write', 'denyoom'],
    keys: allKeys('OW update', 2),
    syntax: 'key value [key value ...]',
    since: '1.0.1',
    complexity: 'O(N), when N is the number of keys',
    tips: ['request_policy:multi_shard', 'response_policy:all_succeeded'],
    summary: 'Gives keys string values.',
    run: mset,
  },
  msetnx: {
    arity: -3,
    flags: ['write', 'denyoom'],
    keys: allKeys('OW insert', 2),
    syntax: 'key value [key value ...]',
    since: '1.0.1',
    complexity: 'O(N), when N is the number of keys',
    tips: ['request_policy:multi_shard', 'response_policy:agg_min'],
    summary: 'Gives keys string values, unless there is one of the keys already.',
    run: msetnx,
  },
} satisfies CommandGroup;
