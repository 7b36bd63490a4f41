import { errors } from '../../errors.ts';
import { NO_EXPIRY } from '../../keyspace/database.ts';
import { copyBytes } from '../../memory/copy-bytes.ts';
import { type Call, type CommandGroup, oneKey } from '../command.ts';
import { extendString, putArgument, readString, writableString } from './string-access.ts';

const EMPTY = Buffer.alloc(0);

const strlen = (call: Call): void => {
  const entry = readString(call, 1);
  call.reply.integer(entry === 0 ? 0 : call.keyspace.strings.view(entry).length);
};

const getrange = (call: Call): void => {
  const { args, keyspace, reply } = call;
  const first = args.integer(2);
  const last = args.integer(3);
  const entry = readString(call, 1);
  if (entry === 0 || (first < 0 && first > last)) return reply.bulk(EMPTY, 0, 0);
  const { bytes, start, length } = keyspace.strings.view(entry);
  const from = position(first, length);
  const to = Math.min(position(last, length), length - 1);
  if (from > to) reply.bulk(EMPTY, 0, 0);
  else reply.bulk(bytes, start + from, to - from + 1);
};

/** An index, negative ones counted from the end, as one from the beginning. */
export const position = (index: number, length: number): number =>
  index < 0 ? Math.max(0, length + index) : index;

const setrange = (call: Call): void => {
  const { args, keyspace, reply } = call;
  const offset = args.integer(2);
  if (offset < 0) throw errors.offsetOutOfRange;
  const old = writableString(call, 1);
  const oldLength = old === 0 ? 0 : keyspace.strings.view(old).length;
  if (args.length(3) === 0) return reply.integer(oldLength);
  const end = offset + args.length(3);
  requireLength(call, end);
  write(call, old, offset, 3);
  reply.integer(Math.max(oldLength, end));
};

const append = (call: Call): void => {
  const { args, keyspace, reply } = call;
  const old = writableString(call, 1);
  if (old === 0) {
    putArgument(call, 0, 2, NO_EXPIRY);
    return reply.integer(args.length(2));
  }
  const offset = keyspace.strings.view(old).length;
  const length = offset + args.length(2);
  requireLength(call, length);
  write(call, old, offset, 2);
  reply.integer(length);
};

/** @throws errors.stringTooLong */
const requireLength = ({ settings }: Call, length: number): void => {
  if (length > settings.values.protoMaxBulkLen) throw errors.stringTooLong;
};

/** Writes argument `index` into the string of key argument 1, where the look-up just made has found `old`. */
const write = (call: Call, old: number, offset: number, index: number): void => {
  const { args, database, keyspace } = call;
  const length = args.length(index);
  const entry = extendString(call, old, offset + length, offset);
  const { bytes, start } = keyspace.strings.view(entry);
  copyBytes(args.buffer, args.start(index), length, bytes, start + offset);
  if (old !== 0) database.modified(entry);
};

/** GETRANGE and the name it had before. */
const range = {
  arity: 4,
  flags: ['readonly'],
  traits: ['brief'],
  keys: oneKey('RO access'),
  syntax: 'key start end',
  complexity: 'O(N), when N is the length of the part',
  run: getrange,
} as const;

/** Commands on a part of a string. */
export const stringRanges = {
  append: {
    arity: 3,
    flags: ['write', 'denyoom', 'fast'],
    keys: oneKey('RW insert'),
    syntax: 'key value',
    since: '2.0.0',
    complexity: 'O(1), as the string gets room to spare whenever it must be moved',
    summary: 'Adds bytes to the end of a string, which is made if there is none.',
    run: append,
  },
  getrange: { ...range, since: '2.4.0', summary: 'Returns a part of a string.' },
  substr: {
    ...range,
    since: '1.0.0',
    deprecated: { since: '2.0.0', use: '`GETRANGE`' },
    summary: 'Returns a part of a string.',
  },
  setrange: {
    arity: 4,
    flags: ['write', 'denyoom'],
    keys: oneKey('RW update'),
    syntax: 'key offset value',
    since: '2.2.0',
    complexity: 'O(N), when N is the length of the value and of the gap before it',
    summary: 'Overwrites a part of a string, which is made longer if need be.',
    run: setrange,
  },
  strlen: {
    arity: 2,
    flags: ['readonly', 'fast'],
    keys: oneKey('RO'),
    syntax: 'key',
    since: '2.2.0',
    complexity: 'O(1)',
    summary: 'Returns the length of a string in bytes.',
    run: strlen,
  },
} satisfies CommandGroup;
