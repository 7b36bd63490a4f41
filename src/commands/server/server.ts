import { INT_MAX } from '../../config/kind.ts';
import { CommandError, errors } from '../../errors.ts';
import { inSeconds, MICROSECONDS_PER_SECOND } from '../../metrics/microseconds.ts';
import type { Arguments } from '../arguments.ts';
import type { Call, CommandGroup } from '../command.ts';
import { lolwut } from './lolwut.ts';

const NO_SHUTDOWN = new CommandError('ERR No shutdown in progress.');
const CANNOT_SAVE = new CommandError('ERR Errors trying to SHUTDOWN. Check logs.');
const FIRST_INDEX = new CommandError('ERR invalid first DB index');
const SECOND_INDEX = new CommandError('ERR invalid second DB index');

const dbSize = ({ reply, database }: Call): void => reply.integer(database.keys.count);

/** True if the memory is to be freed before the reply. @throws errors.syntax */
const flushesAtOnce = ({ args, settings }: Call): boolean => {
  if (args.count > 2) throw errors.syntax;
  if (args.is(1, 'SYNC')) return true;
  if (args.count === 1) return !settings.values.lazyfreeLazyUserFlush;
  if (!args.is(1, 'ASYNC')) throw errors.syntax;
  return false;
};

const freeAll = ({ keyspace }: Call): void => {
  while (keyspace.lazyFree.run(() => keyspace.clock.now(), Number.POSITIVE_INFINITY));
};

const flushDb = (call: Call): void => {
  const atOnce = flushesAtOnce(call);
  call.database.clear();
  if (atOnce) freeAll(call);
  call.reply.ok();
};

const flushAll = (call: Call): void => {
  const atOnce = flushesAtOnce(call);
  for (const database of call.keyspace.databases) database.clear();
  if (atOnce) freeAll(call);
  call.reply.ok();
};

/** @throws what is passed, for what is no C `int`. */
const indexOf = (args: Arguments, at: number, error: CommandError): number => {
  const index = args.integer(at, error);
  if (Math.abs(index) > INT_MAX) throw error;
  return index;
};

const swapDb = ({ args, reply, keyspace }: Call): void => {
  const first = indexOf(args, 1, FIRST_INDEX);
  const second = indexOf(args, 2, SECOND_INDEX);
  const { length } = keyspace.databases;
  if (first < 0 || first >= length || second < 0 || second >= length) throw errors.dbIndexOutOfRange;
  keyspace.swap(first, second);
  reply.ok();
};

const time = ({ reply, keyspace }: Call): void => {
  const microseconds = Math.floor(keyspace.now * 1000);
  reply.array(2);
  reply.text(String(Math.floor(inSeconds(microseconds))));
  reply.text(String(microseconds % MICROSECONDS_PER_SECOND));
};

/** The client gets no answer: its connection ends with the server. */
const shutdown = ({ args, session, instance }: Call): void => {
  const options = new Set<string>();
  for (let i = 1; i < args.count; i++) options.add(args.text(i).toLowerCase());
  for (const option of options) {
    if (!['nosave', 'save', 'now', 'force', 'abort'].includes(option)) throw errors.syntax;
  }
  if (options.has('nosave') && options.has('save')) throw errors.syntax;
  if (options.has('abort')) throw options.size > 1 ? errors.syntax : NO_SHUTDOWN;
  if (options.has('save') && !options.has('force')) throw CANNOT_SAVE;
  session.closing = 'shutdown';
  instance.shutdown();
};

const ALL_SHARDS = ['request_policy:all_shards', 'response_policy:all_succeeded'];

export const server = {
  dbsize: {
    arity: 1,
    flags: ['readonly', 'fast'],
    categories: ['keyspace'],
    tips: ['request_policy:all_shards', 'response_policy:agg_sum'],
    since: '1.0.0',
    complexity: 'O(1)',
    summary: 'Counts the keys of the selected database.',
    run: dbSize,
  },
  flushall: {
    arity: -1,
    flags: ['write'],
    categories: ['keyspace', 'dangerous'],
    tips: ALL_SHARDS,
    syntax: '[ASYNC | SYNC]',
    since: '1.0.0',
    complexity: 'O(N) where N is the total number of keys in all databases',
    summary: 'Deletes every key of every database.',
    run: flushAll,
  },
  flushdb: {
    arity: -1,
    flags: ['write'],
    categories: ['keyspace', 'dangerous'],
    tips: ALL_SHARDS,
    syntax: '[ASYNC | SYNC]',
    since: '1.0.0',
    complexity: 'O(N) where N is the number of keys in the selected database',
    summary: 'Deletes every key of the selected database.',
    run: flushDb,
  },
  lolwut: {
    arity: -1,
    flags: ['readonly', 'fast'],
    syntax: '[VERSION version]',
    since: '5.0.0',
    summary: 'Draws something, and tells the version.',
    run: lolwut,
  },
  shutdown: {
    arity: -1,
    flags: ['admin', 'noscript', 'loading', 'stale', 'no_multi', 'allow_busy'],
    syntax: '[NOSAVE | SAVE] [NOW] [FORCE] [ABORT]',
    since: '1.0.0',
    complexity:
      'O(N) when saving, where N is the total number of keys in all databases when saving data, otherwise O(1)',
    summary: 'Stops the server. Data lives in memory only, so SAVE is refused unless FORCE is given.',
    run: shutdown,
  },
  swapdb: {
    arity: 3,
    flags: ['write', 'fast'],
    categories: ['keyspace', 'dangerous'],
    syntax: 'index1 index2',
    since: '4.0.0',
    complexity: 'O(N) where N is the count of clients watching or blocking on keys from both databases.',
    summary: 'Exchanges two databases, under the eyes of whoever has them selected.',
    run: swapDb,
  },
  time: {
    arity: 1,
    flags: ['loading', 'stale', 'fast'],
    tips: ['nondeterministic_output'],
    since: '2.6.0',
    complexity: 'O(1)',
    summary: "Returns the server's time: Unix seconds, and microseconds within the second.",
    run: time,
  },
} satisfies CommandGroup;
