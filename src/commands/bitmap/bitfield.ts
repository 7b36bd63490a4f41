import { errors } from '../../errors.ts';
import { readField, writeField } from '../../keyspace/string/bit-fields.ts';
import type { ByteSlice } from '../../memory/byte-slice.ts';
import type { Arguments } from '../arguments.ts';
import { type Call, type CommandGroup, oneKey } from '../command.ts';
import { extendString, readString, writableString } from '../string/string-access.ts';
import { BitfieldOperations } from './bitfield-operations.ts';

/** BITFIELD. @param mayWrite false for BITFIELD_RO */
const bitfield =
  (mayWrite: boolean) =>
  (call: Call): void => {
    const operations = new BitfieldOperations(call);
    let count = 0;
    /** Bytes that the string must have for what is written; 0 if nothing is. */
    let bytes = 0;
    for (; operations.read(); count++) {
      if (operations.kind === 'get') continue;
      bytes = Math.max(bytes, Math.floor((operations.offset + operations.bits + 7) / 8));
    }
    if (bytes > 0 && !mayWrite) throw errors.bitfieldReadOnly;
    operations.restart();
    if (bytes === 0) getFields(call, operations, count);
    else changeFields(call, operations, count, bytes);
  };

const getFields = (call: Call, operations: BitfieldOperations, count: number): void => {
  const { keyspace, reply } = call;
  const entry = readString(call, 1);
  const view = entry === 0 ? undefined : keyspace.strings.view(entry);
  reply.array(count);
  while (operations.read()) reply.integer(view === undefined ? 0 : valueIn(view, operations));
};

const changeFields = (call: Call, operations: BitfieldOperations, count: number, bytes: number): void => {
  const { database, keyspace, reply } = call;
  const old = writableString(call, 1);
  const oldBytes = old === 0 ? 0 : keyspace.strings.view(old).length;
  const entry = extendString(call, old, bytes, bytes);
  const view = keyspace.strings.view(entry);
  let changed = oldBytes < bytes;
  reply.array(count);
  while (operations.read()) {
    if (operations.kind === 'get') reply.integer(valueIn(view, operations));
    else if (changeField(call, view, operations)) changed = true;
  }
  if (old !== 0 && changed) database.modified(entry);
};

/** Does SET or INCRBY and replies. @returns whether the field has another value now. */
const changeField = ({ reply }: Call, view: ByteSlice, operations: BitfieldOperations): boolean => {
  const before = valueIn(view, operations);
  const { kind, offset, bits } = operations;
  const after = fitted(kind === 'set' ? valueToSet(operations) : before + operations.value, operations);
  if (after === undefined) {
    reply.null();
    return false;
  }
  reply.integer(kind === 'set' ? before : after);
  writeField(view.bytes, view.start, offset, bits, after);
  return after !== before;
};

const valueIn = (
  { bytes, start, length }: ByteSlice,
  { signed, offset, bits }: BitfieldOperations,
): bigint => {
  const value = readField(bytes, start, length, offset, bits);
  return signed ? BigInt.asIntN(bits, value) : value;
};

/** For an unsigned field a negative number is a very large one. */
const valueToSet = ({ signed, value }: BitfieldOperations): bigint =>
  signed ? value : BigInt.asUintN(64, value);

/**
 * The number as OVERFLOW lets it into the field; undefined if it must stay out. (Redis 7.0 saturates a signed field at
 * the wrong end when it is SET to a number near -2^63: its own check overflows.)
 */
const fitted = (value: bigint, { signed, bits, overflow }: BitfieldOperations): bigint | undefined => {
  const wrapped = signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
  if (wrapped === value || overflow === 'wrap') return wrapped;
  if (overflow === 'fail') return undefined;
  const width = BigInt(bits);
  if (value < 0n) return signed ? -(1n << (width - 1n)) : 0n;
  return (1n << (signed ? width - 1n : width)) - 1n;
};

/** BITFIELD only reads if it has nothing but GET. */
const accessOfBitfield = (args: Arguments): string => {
  for (let i = 2; i < args.count; ) {
    const rest = args.count - i - 1;
    if (args.is(i, 'GET') && rest >= 2) i += 3;
    else if (args.is(i, 'OVERFLOW') && rest >= 1) i += 2;
    else return 'RW access update';
  }
  return 'RO access';
};

const FIELD = 'encoding offset';
const OPERATION =
  `GET ${FIELD} | [OVERFLOW <WRAP | SAT | FAIL>] ` + `<SET ${FIELD} value | INCRBY ${FIELD} increment>`;

/** Commands on integers of any width in the bits of a string. */
export const bitfields = {
  bitfield: {
    arity: -2,
    flags: ['write', 'denyoom'],
    traits: ['brief'],
    keys: [
      {
        first: 1,
        last: 1,
        step: 1,
        flags: 'RW access update variable_flags',
        notes: 'This command allows both access and modification of the key',
      },
    ],
    keyAccess: accessOfBitfield,
    syntax: `key [<${OPERATION}> ...]`,
    since: '3.2.0',
    complexity: 'O(1) for each operation',
    summary: 'Gets, sets and adds to integers in the bits of a string.',
    run: bitfield(true),
  },
  bitfield_ro: {
    arity: -2,
    flags: ['readonly', 'fast'],
    keys: oneKey('RO access'),
    syntax: `key [GET ${FIELD} [GET ${FIELD} ...]]`,
    since: '6.0.0',
    complexity: 'O(1) for each operation',
    summary: 'Gets integers in the bits of a string.',
    run: bitfield(false),
  },
} satisfies CommandGroup;
