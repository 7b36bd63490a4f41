import { type CommandError, errors } from '../../errors.ts';
import { TYPE_HASH } from '../../keyspace/entry.ts';
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
import { ensureCollection } from '../collection-access.ts';
import { type Call, type CommandEntry, type CommandGroup, oneKey } from '../command.ts';
import { getField } from './hash-access.ts';

/** Where the new value is written. No long double is printed longer. */
const scratch = Buffer.allocUnsafeSlow(5 * 1024);

/** Gives the field that is argument 2 the scratch buffer's first bytes as its value; it expires when it would have. */
const putScratch = ({ args, database, keyspace }: Call, entry: number, length: number): void => {
  keyspace.hashes.set(entry, args.buffer, args.start(2), args.length(2), scratch, 0, length, true);
  database.modified(entry);
};

const hincrby = (call: Call): void => {
  const { args, reply } = call;
  const increment = args.integer(3);
  const entry = ensureCollection(call, 1, TYPE_HASH);
  const view = getField(call, entry, 2);
  const value = view === undefined ? 0 : parseInteger(view.bytes, view.start, view.length);
  if (Number.isNaN(value)) throw errors.hashValueNotInteger;
  const sum = value + increment;
  if (!Number.isSafeInteger(value) || !Number.isSafeInteger(increment) || !Number.isSafeInteger(sum)) {
    return addExactly(call, entry);
  }
  const length = integerLength(sum);
  writeInteger(sum, length, scratch, 0);
  putScratch(call, entry, length);
  reply.digits(scratch, 0, length);
};

/** Adds what may leave the range of exact doubles. */
const addExactly = (call: Call, entry: number): void => {
  const view = getField(call, entry, 2);
  const value = view === undefined ? 0n : (parseInteger64(view.bytes, view.start, view.length) ?? 0n);
  const sum = value + call.args.integer64(3);
  if (sum < MIN_INT64 || sum > MAX_INT64) throw errors.incrementOverflow;
  putScratch(call, entry, scratch.write(String(sum), 'latin1'));
  call.reply.integer(sum);
};

const hincrbyfloat = (call: Call): void => {
  const { args, reply } = call;
  const increment = longDouble(args.buffer, args.start(3), args.length(3), errors.notFloat);
  if (increment.exponent === Infinity) throw errors.notFinite;
  const entry = ensureCollection(call, 1, TYPE_HASH);
  const view = getField(call, entry, 2);
  const value =
    view === undefined
      ? LONG_DOUBLE_ZERO
      : longDouble(view.bytes, view.start, view.length, errors.hashValueNotFloat);
  const sum = addLongDoubles(value, increment);
  if (sum === undefined) throw errors.incrementNotFinite;
  const length = scratch.write(formatLongDouble(sum), 'latin1');
  putScratch(call, entry, length);
  reply.bulk(scratch, 0, length);
};

const longDouble = (bytes: Uint8Array, start: number, length: number, error: CommandError): LongDouble => {
  const value = parseLongDouble(latin1(bytes, start, length));
  if (value === undefined) throw error;
  return value;
};

const counter = (more: Pick<CommandEntry, 'since' | 'summary' | 'run'>) =>
  ({
    arity: 4,
    flags: ['write', 'denyoom', 'fast'],
    keys: oneKey('RW access update'),
    syntax: 'key field increment',
    complexity: 'O(1)',
    ...more,
  }) satisfies CommandEntry;

/** Commands that count in a field of a hash. */
export const hashNumbers = {
  hincrby: counter({
    since: '2.0.0',
    summary: 'Adds a number to the integer in a field of a hash.',
    run: hincrby,
  }),
  hincrbyfloat: counter({
    since: '2.6.0',
    summary: 'Adds a number to the decimal fraction in a field of a hash.',
    run: hincrbyfloat,
  }),
} satisfies CommandGroup;
