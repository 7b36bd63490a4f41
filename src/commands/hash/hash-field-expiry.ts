import { type CommandError, errors, invalidExpireTime } from '../../errors.ts';
import { TYPE_HASH } from '../../keyspace/entry.ts';
import type { Arguments } from '../arguments.ts';
import { readCollection, writableCollection } from '../collection-access.ts';
import { type Call, type CommandEntry, type CommandGroup, type Handler, oneKey } from '../command.ts';
import { settle } from './hash-access.ts';

/** What is answered for a field. */
const NO_FIELD = -2;
const NO_EXPIRY = -1;
const REFUSED = 0;
const DONE = 1;
const DELETED = 2;

/** The latest time at which a field may expire, in Unix milliseconds: two bits less than Redis keeps of it. */
const MAX_TIME = 2 ** 46 - 1;

type Condition = 'NX' | 'XX' | 'GT' | 'LT';
const CONDITIONS: readonly Condition[] = ['NX', 'XX', 'GT', 'LT'];

/**
 * Index of the first of the fields that `FIELDS count`, at argument `index`, announces.
 * @throws CommandError also if their count is another one
 */
const fieldsBehind = (args: Arguments, index: number, notPositive: CommandError): number => {
  if (!args.is(index, 'FIELDS')) throw errors.fieldsMissing;
  const count = args.integer(index + 1, notPositive);
  if (count < 1) throw notPositive;
  if (count !== args.count - index - 2) throw errors.fieldsCount;
  return index + 2;
};

/** The time at argument 2, in Unix milliseconds. @param unit in milliseconds. @param base what it is counted from. */
const fieldTimeAt = ({ args, command }: Call, unit: number, base: number): number => {
  const time = args.integer(2);
  if (time < 0) throw errors.fieldTimeNegative;
  if (time > Math.floor(MAX_TIME / unit) || time * unit > MAX_TIME - base)
    throw invalidExpireTime(command.name);
  return base + time * unit;
};

/** True if a field that expires at `current` (0: never) may expire at `at`. */
const allowed = (condition: Condition | undefined, current: number, at: number): boolean => {
  if (condition === undefined) return true;
  if (current === 0) return condition === 'NX' || condition === 'LT';
  if (condition === 'GT') return at > current;
  if (condition === 'LT') return at < current;
  return condition === 'XX';
};

/** Answers with an array, a number for each field from argument `first` on; without a hash: that there is none. */
const answerEach = (
  { args, reply }: Call,
  entry: number,
  first: number,
  answer: (index: number) => number,
): void => {
  reply.array(args.count - first);
  for (let i = first; i < args.count; i++) reply.integer(entry === 0 ? NO_FIELD : answer(i));
};

/** HEXPIRE and its kin. @param relative the time is counted from now. */
const expire =
  (unit: number, relative: boolean): Handler =>
  (call) => {
    const { args, database, keyspace } = call;
    const entry = writableCollection(call, 1, TYPE_HASH);
    const now = Math.floor(keyspace.now);
    const at = fieldTimeAt(call, unit, relative ? now : 0);
    const condition = CONDITIONS.find((word) => args.is(3, word));
    const first = fieldsBehind(args, condition === undefined ? 3 : 4, errors.fieldsNotPositive);
    let changes = 0;
    answerEach(call, entry, first, (index) => {
      const answer = expireField(call, entry, index, condition, at, at <= now);
      if (answer > REFUSED) changes++;
      return answer;
    });
    if (changes === 0) return settle(call, entry);
    keyspace.statistics.changes += changes - 1;
    database.reduced(entry);
  };

const expireField = (
  { args, keyspace }: Call,
  entry: number,
  index: number,
  condition: Condition | undefined,
  at: number,
  past: boolean,
): number => {
  const { hashes } = keyspace;
  const { buffer } = args;
  const [start, length] = [args.start(index), args.length(index)];
  const current = hashes.expiryOf(entry, buffer, start, length);
  if (current === undefined) return NO_FIELD;
  if (!allowed(condition, current, at)) return REFUSED;
  if (!past) {
    hashes.setExpiry(entry, buffer, start, length, at);
    return DONE;
  }
  hashes.remove(entry, buffer, start, length);
  keyspace.statistics.expiredFields++;
  return DELETED;
};

/** HTTL and its kin. @param relative answers the time that is left. */
const expiry =
  (unit: number, relative: boolean): Handler =>
  (call) => {
    const { args, keyspace } = call;
    const entry = readCollection(call, 1, TYPE_HASH);
    const first = fieldsBehind(args, 2, errors.fieldCountNotPositive);
    const base = relative ? Math.floor(keyspace.now) : 0;
    answerEach(call, entry, first, (index) => {
      const at = keyspace.hashes.expiryOf(entry, args.buffer, args.start(index), args.length(index));
      if (at === undefined) return NO_FIELD;
      return at === 0 ? NO_EXPIRY : Math.ceil((at - base) / unit);
    });
    settle(call, entry);
  };

const persist: Handler = (call) => {
  const { args, database, keyspace } = call;
  const { hashes } = keyspace;
  const entry = writableCollection(call, 1, TYPE_HASH);
  const first = fieldsBehind(args, 2, errors.fieldCountNotPositive);
  let changed = false;
  answerEach(call, entry, first, (index) => {
    const at = hashes.expiryOf(entry, args.buffer, args.start(index), args.length(index));
    if (at === undefined) return NO_FIELD;
    if (at === 0) return NO_EXPIRY;
    hashes.setExpiry(entry, args.buffer, args.start(index), args.length(index), 0);
    changed = true;
    return DONE;
  });
  if (changed) database.modified(entry);
  settle(call, entry);
};

const setter = (unit: number, relative: boolean, more: Pick<CommandEntry, 'syntax' | 'summary'>) =>
  ({
    arity: -6,
    flags: ['write', 'denyoom', 'fast'],
    keys: oneKey('RW update'),
    since: '7.4.0',
    complexity: 'O(N), when N is the number of fields',
    run: expire(unit, relative),
    ...more,
  }) satisfies CommandEntry;

const getter = (unit: number, relative: boolean, more: Pick<CommandEntry, 'summary' | 'tips'>) =>
  ({
    arity: -5,
    flags: ['readonly', 'fast'],
    keys: oneKey('RO access'),
    syntax: 'key FIELDS numfields field [field ...]',
    since: '7.4.0',
    complexity: 'O(N), when N is the number of fields',
    run: expiry(unit, relative),
    ...more,
  }) satisfies CommandEntry;

const CONDITION = '[NX | XX | GT | LT] FIELDS numfields field [field ...]';

/** Commands that give fields of a hash a time to live. */
export const hashFieldExpiry = {
  hexpire: setter(1000, true, {
    syntax: `key seconds ${CONDITION}`,
    summary: 'Lets fields of a hash expire after some seconds.',
  }),
  hpexpire: setter(1, true, {
    syntax: `key milliseconds ${CONDITION}`,
    summary: 'Lets fields of a hash expire after some milliseconds.',
  }),
  hexpireat: setter(1000, false, {
    syntax: `key unix-time-seconds ${CONDITION}`,
    summary: 'Lets fields of a hash expire at a time, in Unix seconds.',
  }),
  hpexpireat: setter(1, false, {
    syntax: `key unix-time-milliseconds ${CONDITION}`,
    summary: 'Lets fields of a hash expire at a time, in Unix milliseconds.',
  }),
  httl: getter(1000, true, {
    tips: ['nondeterministic_output'],
    summary: 'Returns the seconds until fields of a hash expire; -1 if they do not, -2 where there is none.',
  }),
  hpttl: getter(1, true, {
    tips: ['nondeterministic_output'],
    summary:
      'Returns the milliseconds until fields of a hash expire; -1 if they do not, -2 where there is none.',
  }),
  hexpiretime: getter(1000, false, {
    summary:
      'Returns when fields of a hash expire, in Unix seconds; -1 if they do not, -2 where there is none.',
  }),
  hpexpiretime: getter(1, false, {
    summary:
      'Returns when fields of a hash expire, in Unix milliseconds; -1 if they do not, -2 where there is none.',
  }),
  hpersist: {
    arity: -5,
    flags: ['write', 'fast'],
    keys: oneKey('RW update'),
    syntax: 'key FIELDS numfields field [field ...]',
    since: '7.4.0',
    complexity: 'O(N), when N is the number of fields',
    summary: 'Takes the expiry of fields of a hash away.',
    run: persist,
  },
} satisfies CommandGroup;
