import { errors } from '../../errors.ts';
import { countBits, findBit } from '../../keyspace/string/bits.ts';
import { type Call, type CommandGroup, oneKey } from '../command.ts';
import { extendString, readString, writableString } from '../string/string-access.ts';
import { position } from '../string/string-ranges.ts';

/** Argument `index` as a place in a string of at most proto-max-bulk-len bytes. @throws errors.bitOffset */
const bitOffset = ({ args, settings }: Call, index: number): number => {
  const offset = args.integer(index, errors.bitOffset);
  if (offset < 0 || Math.floor(offset / 8) >= settings.values.protoMaxBulkLen) throw errors.bitOffset;
  return offset;
};

const setbit = (call: Call): void => {
  const { args, database, keyspace, reply } = call;
  const offset = bitOffset(call, 2);
  const bit = args.integer(3, errors.bitValue);
  if (bit !== 0 && bit !== 1) throw errors.bitValue;
  const byte = Math.floor(offset / 8);
  const mask = 0x80 >>> (offset & 7);
  const old = writableString(call, 1);
  const oldLength = old === 0 ? 0 : keyspace.strings.view(old).length;
  const entry = extendString(call, old, byte + 1, byte + 1);
  const { bytes, start } = keyspace.strings.view(entry);
  const before = bytes[start + byte]!;
  const after = bit === 1 ? before | mask : before & ~mask;
  bytes[start + byte] = after;
  if (old !== 0 && (before !== after || oldLength <= byte)) database.modified(entry);
  reply.integer((before & mask) === 0 ? 0 : 1);
};

const getbit = (call: Call): void => {
  const { keyspace, reply } = call;
  const offset = bitOffset(call, 2);
  const entry = readString(call, 1);
  if (entry === 0) return reply.integer(0);
  const { bytes, start, length } = keyspace.strings.view(entry);
  const byte = Math.floor(offset / 8);
  reply.integer(byte < length && (bytes[start + byte]! & (0x80 >>> (offset & 7))) !== 0 ? 1 : 0);
};

/** 8 if argument `index` says that a range counts bytes, 1 if bits. @throws errors.syntax */
const bitsPerUnit = ({ args }: Call, index: number): 1 | 8 => {
  if (index >= args.count || args.is(index, 'BYTE')) return 8;
  if (args.is(index, 'BIT')) return 1;
  throw errors.syntax;
};

const bitcount = (call: Call): void => {
  const { args, keyspace, reply } = call;
  const entry = readString(call, 1);
  if (entry === 0) return reply.integer(0);
  const { bytes, start, length } = keyspace.strings.view(entry);
  if (args.count === 2) return reply.integer(countBits(bytes, start, start + length));
  if (args.count > 5 || args.count === 3) throw errors.syntax;
  const first = args.integer(2);
  const last = args.integer(3);
  if (first < 0 && first > last) return reply.integer(0);
  const unit = bitsPerUnit(call, 4);
  const total = (length * 8) / unit;
  const from = position(first, total);
  const to = Math.min(position(last, total), total - 1);
  if (from > to) return reply.integer(0);
  reply.integer(countRange(bytes, start, from * unit, (to + 1) * unit - 1));
};

/** Number of bits set among the bits `first` to `last` (inclusive) of the value that begins at `start`. */
const countRange = (bytes: Uint8Array, start: number, first: number, last: number): number => {
  const firstByte = start + Math.floor(first / 8);
  const lastByte = start + Math.floor(last / 8);
  const before = bytes[firstByte]! & ~(0xff >>> (first & 7));
  const behind = bytes[lastByte]! & (0x7f >>> (last & 7));
  return countBits(bytes, firstByte, lastByte + 1) - ones(before) - ones(behind);
};

/** Bits set in a byte. */
const ones = (byte: number): number => {
  let count = 0;
  for (let rest = byte & 0xff; rest !== 0; rest &= rest - 1) count++;
  return count;
};

const bitpos = (call: Call): void => {
  const { args, keyspace, reply } = call;
  const bit = args.integer(2);
  if (bit !== 0 && bit !== 1) throw errors.bitArgument;
  const entry = readString(call, 1);
  if (entry === 0) return reply.integer(bit === 1 ? -1 : 0);
  if (args.count > 6) throw errors.syntax;
  const { bytes, start, length } = keyspace.strings.view(entry);
  const first = args.count > 3 ? args.integer(3) : 0;
  const unit = bitsPerUnit(call, 5);
  const last = args.count > 4 ? args.integer(4) : -1;
  const total = (length * 8) / unit;
  const from = position(first, total);
  const to = Math.min(position(last, total), total - 1);
  if (from > to) return reply.integer(-1);
  const found = findBit(bytes, start, from * unit, (to + 1) * unit - 1, bit);
  // Behind a string without a given end there are zeros.
  reply.integer(found < 0 && bit === 0 && args.count < 5 ? total * unit : found);
};

/** Commands on the bits of a string. */
export const bits = {
  setbit: {
    arity: 4,
    flags: ['write', 'denyoom'],
    traits: ['brief'],
    keys: oneKey('RW access update'),
    syntax: 'key offset value',
    since: '2.2.0',
    complexity: 'O(1), or O(N) where the string must grow by N bytes',
    summary: 'Sets or clears one bit of a string, which is made longer if need be.',
    run: setbit,
  },
  getbit: {
    arity: 3,
    flags: ['readonly', 'fast'],
    keys: oneKey('RO access'),
    syntax: 'key offset',
    since: '2.2.0',
    complexity: 'O(1)',
    summary: 'Returns one bit of a string.',
    run: getbit,
  },
  bitcount: {
    arity: -2,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key [start end [BYTE | BIT]]',
    since: '2.6.0',
    complexity: 'O(N), when N is the number of bytes',
    summary: 'Counts the bits that are set in a string or a part of it.',
    run: bitcount,
  },
  bitpos: {
    arity: -3,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key bit [start [end [BYTE | BIT]]]',
    since: '2.8.7',
    complexity: 'O(N), when N is the number of bytes',
    summary: 'Finds the first bit that is set, or clear, in a string or a part of it.',
    run: bitpos,
  },
} satisfies CommandGroup;
