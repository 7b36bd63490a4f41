import { CommandError, errors } from '../../errors.ts';
import { NO_EXPIRY } from '../../keyspace/database.ts';
import { expiryOf, hasExpiry } from '../../keyspace/entry.ts';
import { MAX_INT64 } from '../../resp/number.ts';
import type { Arguments } from '../arguments.ts';
import { type CommandEntry, type CommandGroup, type Handler, oneKey } from '../command.ts';
import { timeAt } from '../expire-time.ts';

const NX = 1;
const XX = 2;
const GT = 4;
const LT = 8;

/** @throws CommandError for words that are no options, or that exclude each other. */
const conditions = (args: Arguments): number => {
  let flags = 0;
  for (let i = 3; i < args.count; i++) {
    if (args.is(i, 'NX')) flags |= NX;
    else if (args.is(i, 'XX')) flags |= XX;
    else if (args.is(i, 'GT')) flags |= GT;
    else if (args.is(i, 'LT')) flags |= LT;
    else throw new CommandError(`ERR Unsupported option ${args.latin1(i)}`);
  }
  if ((flags & NX) !== 0 && flags !== NX) throw errors.expireNxWithOthers;
  if ((flags & GT) !== 0 && (flags & LT) !== 0) throw errors.expireGtWithLt;
  return flags;
};

/** True if the conditions let a key that expires at `current` (NO_EXPIRY: never) expire at `at`. */
const allowed = (flags: number, current: number, at: number): boolean => {
  if ((flags & NX) !== 0 && current !== NO_EXPIRY) return false;
  if ((flags & XX) !== 0 && current === NO_EXPIRY) return false;
  if ((flags & GT) !== 0 && (current === NO_EXPIRY || at <= current)) return false;
  return (flags & LT) === 0 || current === NO_EXPIRY || at < current;
};

/** EXPIRE and its kin. @param relative the time is counted from now. */
const expire =
  (unit: number, relative: boolean): Handler =>
  (call) => {
    const { args, database, keyspace, reply } = call;
    const flags = args.count === 3 ? 0 : conditions(args);
    const now = Math.floor(keyspace.now);
    const at = timeAt(call, 2, unit, relative ? now : 0);
    const entry = database.write(args.buffer, args.start(1), args.length(1));
    if (entry === 0) return reply.integer(0);
    if (flags !== 0 && !allowed(flags, expiryOf(keyspace.arena, entry), at)) return reply.integer(0);
    if (at <= now) database.removeFound(entry);
    else database.setExpiry(entry, at);
    reply.integer(1);
  };

/** TTL and its kin. @param relative answers the time that is left. */
const expiry =
  (unit: number, relative: boolean): Handler =>
  ({ args, database, keyspace, reply }) => {
    const entry = database.inspect(args.buffer, args.start(1), args.length(1));
    if (entry === 0) return reply.integer(-2);
    if (!hasExpiry(keyspace.arena, entry)) return reply.integer(-1);
    const at = Math.floor(expiryOf(keyspace.arena, entry));
    const time = relative ? Math.max(0, at - Math.floor(keyspace.now)) : at;
    const rounded = unit === 1 ? time : Math.floor((time + unit / 2) / unit);
    reply.integer(Number.isSafeInteger(rounded) ? rounded : bounded(BigInt(rounded)));
  };

/** The double next to the greatest 64-bit integer is one more. */
const bounded = (value: bigint): bigint => (value > MAX_INT64 ? MAX_INT64 : value);

const persist: Handler = ({ args, database, keyspace, reply }) => {
  const entry = database.write(args.buffer, args.start(1), args.length(1));
  if (entry === 0 || !hasExpiry(keyspace.arena, entry)) return reply.integer(0);
  database.setExpiry(entry, NO_EXPIRY);
  reply.integer(1);
};

const setter = (unit: number, relative: boolean, more: Pick<CommandEntry, 'syntax' | 'since' | 'summary'>) =>
  ({
    arity: -3,
    flags: ['write', 'fast'],
    keys: oneKey('RW update'),
    complexity: 'O(1)',
    run: expire(unit, relative),
    ...more,
  }) satisfies CommandEntry;

const getter = (unit: number, relative: boolean, more: Pick<CommandEntry, 'since' | 'summary' | 'tips'>) =>
  ({
    arity: 2,
    flags: ['readonly', 'fast'],
    keys: oneKey('RO access'),
    syntax: 'key',
    complexity: 'O(1)',
    run: expiry(unit, relative),
    ...more,
  }) satisfies CommandEntry;

/** Commands that give keys a time to live. */
export const keyExpiry = {
  expire: setter(1000, true, {
    syntax: 'key seconds [NX | XX | GT | LT]',
    since: '1.0.0',
    summary: 'Lets a key expire after some seconds.',
  }),
  pexpire: setter(1, true, {
    syntax: 'key milliseconds [NX | XX | GT | LT]',
    since: '2.6.0',
    summary: 'Lets a key expire after some milliseconds.',
  }),
  expireat: setter(1000, false, {
    syntax: 'key unix-time-seconds [NX | XX | GT | LT]',
    since: '1.2.0',
    summary: 'Lets a key expire at a time, in Unix seconds.',
  }),
  pexpireat: setter(1, false, {
    syntax: 'key unix-time-milliseconds [NX | XX | GT | LT]',
    since: '2.6.0',
    summary: 'Lets a key expire at a time, in Unix milliseconds.',
  }),
  ttl: getter(1000, true, {
    since: '1.0.0',
    tips: ['nondeterministic_output'],
    summary: 'Returns the seconds until a key expires; -1 if it does not, -2 if there is none.',
  }),
  pttl: getter(1, true, {
    since: '2.6.0',
    tips: ['nondeterministic_output'],
    summary: 'Returns the milliseconds until a key expires; -1 if it does not, -2 if there is none.',
  }),
  expiretime: getter(1000, false, {
    since: '7.0.0',
    summary: 'Returns when a key expires, in Unix seconds; -1 if it does not, -2 if there is none.',
  }),
  pexpiretime: getter(1, false, {
    since: '7.0.0',
    summary: 'Returns when a key expires, in Unix milliseconds; -1 if it does not, -2 if there is none.',
  }),
  persist: {
    arity: 2,
    flags: ['write', 'fast'],
    keys: oneKey('RW update'),
    syntax: 'key',
    since: '2.2.0',
    complexity: 'O(1)',
    summary: 'Takes the expiry of a key away.',
    run: persist,
  },
} satisfies CommandGroup;
