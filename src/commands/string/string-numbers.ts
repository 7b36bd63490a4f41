import { errors } from '../../errors.ts';
import { KEEP_EXPIRY, NO_EXPIRY } from '../../keyspace/database.ts';
import { meta, setMeta, TEXTUAL } from '../../keyspace/entry.ts';
import { addInPlace } from '../../keyspace/string/small-integer.ts';
import { latin1 } from '../../resp/latin1.ts';
import {
  addLongDoubles,
  formatLongDouble,
  LONG_DOUBLE_ZERO,
  type LongDouble,
  parseLongDouble,
} from '../../resp/long-double.ts';
import {
  integerLength,
  MAX_INT64,
  MIN_INT64,
  parseInteger,
  parseInteger64,
  writeInteger,
} from '../../resp/number.ts';
import { type Call, type CommandEntry, type CommandGroup, oneKey } from '../command.ts';
import { writableString } from './string-access.ts';

/** Where a number is written that does not fit in the place of the old one. No long double is printed longer. */
const scratch = Buffer.allocUnsafeSlow(5 * 1024);

/** Gives key argument 1, where the look-up just made has found `old`, the scratch buffer's first bytes. @returns its entry */
const putScratch = ({ args, database }: Call, old: number, length: number): number =>
  database.putString(
    old,
    args.buffer,
    args.start(1),
    args.length(1),
    scratch,
    0,
    length,
    old === 0 ? NO_EXPIRY : KEEP_EXPIRY,
  );

/** Adds a safe integer to the number at key argument 1. */
const add = (call: Call, increment: number): void => {
  const entry = writableString(call, 1);
  if (entry !== 0 && addWhereItLies(call, entry, increment)) return;
  const value = entry === 0 ? 0 : numberIn(call, entry);
  const sum = value + increment;
  if (!Number.isSafeInteger(value) || !Number.isSafeInteger(sum)) {
    return addExactly(call, entry, BigInt(increment));
  }
  const length = integerLength(sum);
  writeInteger(sum, length, scratch, 0);
  putScratch(call, entry, length);
  call.reply.digits(scratch, 0, length);
};

/** @returns false if it must be done otherwise. */
const addWhereItLies = ({ database, keyspace, reply }: Call, entry: number, increment: number): boolean => {
  const view = keyspace.strings.view(entry);
  if (!addInPlace(keyspace.arena, entry, view, increment)) return false;
  database.modified(entry);
  reply.digits(view.bytes, view.start, view.length);
  return true;
};

/** The number in a string, rounded beyond 2^53. @throws errors.notInteger */
const numberIn = ({ keyspace }: Call, entry: number): number => {
  const { bytes, start, length } = keyspace.strings.view(entry);
  const value = parseInteger(bytes, start, length);
  if (Number.isNaN(value)) throw errors.notInteger;
  return value;
};

/** Adds what may leave the range of exact doubles. @param entry the string at key argument 1, or 0 */
const addExactly = (call: Call, entry: number, increment: bigint): void => {
  const sum = (entry === 0 ? 0n : number64In(call, entry)) + increment;
  if (sum < MIN_INT64 || sum > MAX_INT64) throw errors.incrementOverflow;
  putScratch(call, entry, scratch.write(String(sum), 'latin1'));
  call.reply.integer(sum);
};

const number64In = ({ keyspace }: Call, entry: number): bigint => {
  const { bytes, start, length } = keyspace.strings.view(entry);
  const value = parseInteger64(bytes, start, length);
  if (value === undefined) throw errors.notInteger;
  return value;
};

/** INCRBY and DECRBY. */
const addArgument = (call: Call, sign: 1 | -1): void => {
  const increment = call.args.integer(2);
  if (Number.isSafeInteger(increment)) return add(call, sign * increment);
  const exact = BigInt(sign) * call.args.integer64(2);
  if (exact > MAX_INT64) throw errors.decrementOverflow;
  addExactly(call, writableString(call, 1), exact);
};

const incrbyfloat = (call: Call): void => {
  const { args, keyspace, reply } = call;
  const entry = writableString(call, 1);
  let value = LONG_DOUBLE_ZERO;
  if (entry !== 0) {
    const { bytes, start, length } = keyspace.strings.view(entry);
    value = floatIn(bytes, start, length);
  }
  const sum = addLongDoubles(value, floatIn(args.buffer, args.start(2), args.length(2)));
  if (sum === undefined) throw errors.incrementNotFinite;
  const length = scratch.write(formatLongDouble(sum), 'latin1');
  const changed = putScratch(call, entry, length);
  setMeta(keyspace.arena, changed, meta(keyspace.arena, changed) | TEXTUAL);
  reply.bulk(scratch, 0, length);
};

/** @throws errors.notFloat */
const floatIn = (bytes: Uint8Array, start: number, length: number): LongDouble => {
  const value = parseLongDouble(latin1(bytes, start, length));
  if (value === undefined) throw errors.notFloat;
  return value;
};

const counter = (more: Pick<CommandEntry, 'arity' | 'syntax' | 'since' | 'summary' | 'run'>) =>
  ({
    flags: ['write', 'denyoom', 'fast'],
    keys: oneKey('RW access update'),
    complexity: 'O(1)',
    ...more,
  }) satisfies CommandEntry;

/** Commands that add to the number in a string. */
export const stringNumbers = {
  incr: counter({
    arity: 2,
    syntax: 'key',
    since: '1.0.0',
    summary: 'Adds one to the integer in a key.',
    run: (call) => add(call, 1),
  }),
  decr: counter({
    arity: 2,
    syntax: 'key',
    since: '1.0.0',
    summary: 'Takes one from the integer in a key.',
    run: (call) => add(call, -1),
  }),
  incrby: counter({
    arity: 3,
    syntax: 'key increment',
    since: '1.0.0',
    summary: 'Adds a number to the integer in a key.',
    run: (call) => addArgument(call, 1),
  }),
  decrby: counter({
    arity: 3,
    syntax: 'key decrement',
    since: '1.0.0',
    summary: 'Takes a number from the integer in a key.',
    run: (call) => addArgument(call, -1),
  }),
  incrbyfloat: counter({
    arity: 3,
    syntax: 'key increment',
    since: '2.6.0',
    summary: 'Adds a number to the decimal fraction in a key.',
    run: incrbyfloat,
  }),
} satisfies CommandGroup;
