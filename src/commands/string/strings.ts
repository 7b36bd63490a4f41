import { NO_EXPIRY } from '../../keyspace/database.ts';
import type { Arguments } from '../arguments.ts';
import { type Call, type CommandGroup, oneKey } from '../command.ts';
import { expiryAt } from '../expire-time.ts';
import { putArgument, readString, replyString } from './string-access.ts';
import {
  EXAT,
  GET,
  GETEX_OPTIONS,
  NX,
  PERSIST,
  PXAT,
  SET_OPTIONS,
  ValueOptions,
  XX,
} from './value-options.ts';

const options = new ValueOptions();

const get = (call: Call): void => replyString(call, readString(call, 1));

const set = (call: Call): void => {
  const { args, database, reply } = call;
  if (args.count > 3) return setWithOptions(call);
  const { buffer } = args;
  database.setString(buffer, args.start(1), args.length(1), buffer, args.start(2), args.length(2), NO_EXPIRY);
  reply.ok();
};

const setWithOptions = (call: Call): void => {
  const { args, database, reply } = call;
  options.read(args, 3, SET_OPTIONS);
  const expiry = options.expiry(call);
  const repliesOld = options.has(GET);
  const old = repliesOld ? readString(call, 1) : database.write(args.buffer, args.start(1), args.length(1));
  if (repliesOld) replyString(call, old);
  const refused = old === 0 ? options.has(XX) : options.has(NX);
  if (!refused) putArgument(call, old, 2, expiry);
  if (repliesOld) return;
  if (refused) reply.null();
  else reply.ok();
};

const setnx = (call: Call): void => {
  const { args, database, reply } = call;
  const old = database.write(args.buffer, args.start(1), args.length(1));
  if (old === 0) putArgument(call, 0, 2, NO_EXPIRY);
  reply.integer(old === 0 ? 1 : 0);
};

/** SETEX and PSETEX. */
const setToExpire =
  (unit: number) =>
  (call: Call): void => {
    const { args, database, keyspace, reply } = call;
    const expiry = expiryAt(call, 2, unit, Math.floor(keyspace.now));
    putArgument(call, database.write(args.buffer, args.start(1), args.length(1)), 3, expiry);
    reply.ok();
  };

const getset = (call: Call): void => {
  const old = readString(call, 1);
  replyString(call, old);
  putArgument(call, old, 2, NO_EXPIRY);
};

const getdel = (call: Call): void => {
  const entry = readString(call, 1);
  replyString(call, entry);
  if (entry !== 0) call.database.removeFound(entry);
};

const getex = (call: Call): void => {
  const { database, keyspace } = call;
  options.read(call.args, 2, GETEX_OPTIONS);
  const entry = readString(call, 1);
  const expiry = entry === 0 ? NO_EXPIRY : options.expiry(call);
  replyString(call, entry);
  if (entry === 0) return;
  if (options.has(PERSIST)) database.setExpiry(entry, NO_EXPIRY);
  else if (options.has(EXAT | PXAT) && expiry <= keyspace.now) database.removeFound(entry);
  else if (expiry !== NO_EXPIRY) database.setExpiry(entry, expiry);
};

/** SET reads the key's old value if GET is among its options. */
const accessOfSet = (args: Arguments): string => {
  for (let i = 3; i < args.count; i++) if (args.is(i, 'GET')) return 'RW access update';
  return 'OW update';
};

const EXPIRATION = 'EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds';

const setters = {
  set: {
    arity: -3,
    flags: ['write', 'denyoom'],
    traits: ['brief'],
    keys: [
      {
        first: 1,
        last: 1,
        step: 1,
        flags: 'RW access update variable_flags',
        notes: 'RW and ACCESS due to the optional `GET` argument',
      },
    ],
    keyAccess: accessOfSet,
    syntax: `key value [NX | XX] [GET] [${EXPIRATION} | KEEPTTL]`,
    since: '1.0.0',
    complexity: 'O(1)',
    summary: 'Gives a key a string value, under conditions and with an expiry if asked for.',
    run: set,
  },
  setnx: {
    arity: 3,
    flags: ['write', 'denyoom', 'fast'],
    keys: oneKey('OW insert'),
    syntax: 'key value',
    since: '1.0.0',
    complexity: 'O(1)',
    summary: 'Gives a key a string value, unless there is such a key.',
    run: setnx,
  },
  setex: {
    arity: 4,
    flags: ['write', 'denyoom'],
    traits: ['brief'],
    keys: oneKey('OW update'),
    syntax: 'key seconds value',
    since: '2.0.0',
    complexity: 'O(1)',
    summary: 'Gives a key a string value that expires after some seconds.',
    run: setToExpire(1000),
  },
  psetex: {
    arity: 4,
    flags: ['write', 'denyoom'],
    traits: ['brief'],
    keys: oneKey('OW update'),
    syntax: 'key milliseconds value',
    since: '2.6.0',
    complexity: 'O(1)',
    summary: 'Gives a key a string value that expires after some milliseconds.',
    run: setToExpire(1),
  },
  getset: {
    arity: 3,
    flags: ['write', 'denyoom', 'fast'],
    keys: oneKey('RW access update'),
    syntax: 'key value',
    since: '1.0.0',
    deprecated: { since: '6.2.0', use: '`SET` with the `!GET` argument' },
    complexity: 'O(1)',
    summary: 'Gives a key a string value and returns the one before.',
    run: getset,
  },
} satisfies CommandGroup;

const getters = {
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
  getex: {
    arity: -2,
    flags: ['write', 'fast'],
    keys: [
      {
        first: 1,
        last: 1,
        step: 1,
        flags: 'RW access update',
        notes: 'RW and UPDATE because it changes the TTL',
      },
    ],
    syntax: `key [${EXPIRATION} | PERSIST]`,
    since: '6.2.0',
    complexity: 'O(1)',
    summary: 'Returns the string value of a key and sets or takes away its expiry.',
    run: getex,
  },
  getdel: {
    arity: 2,
    flags: ['write', 'fast'],
    keys: oneKey('RW access delete'),
    syntax: 'key',
    since: '6.2.0',
    complexity: 'O(1)',
    summary: 'Returns the string value of a key and deletes the key.',
    run: getdel,
  },
} satisfies CommandGroup;

/** Commands that set or get the whole string of one key. */
export const strings = { ...setters, ...getters } satisfies CommandGroup;
