import { errors } from '../../errors.ts';
import { combineBits, invertBits } from '../../keyspace/string/bitwise.ts';
import type { Arguments } from '../arguments.ts';
import type { Call, CommandGroup } from '../command.ts';
import { readString } from '../string/string-access.ts';

type Operation = 'and' | 'or' | 'xor' | 'not';

/** @throws CommandError for another word than these, or for NOT of several keys */
const operationOf = (args: Arguments): Operation => {
  if (args.is(1, 'AND')) return 'and';
  if (args.is(1, 'OR')) return 'or';
  if (args.is(1, 'XOR')) return 'xor';
  if (!args.is(1, 'NOT')) throw errors.syntax;
  if (args.count !== 4) throw errors.bitopNotOneKey;
  return 'not';
};

/** Length of the longest source. @throws errors.wrongType */
const longestSource = (call: Call): number => {
  let longest = 0;
  for (let i = 3; i < call.args.count; i++) {
    const entry = readString(call, i);
    if (entry !== 0) longest = Math.max(longest, call.keyspace.strings.view(entry).length);
  }
  return longest;
};

const bitop = (call: Call): void => {
  const { args, database, reply } = call;
  const operation = operationOf(args);
  const length = longestSource(call);
  if (length === 0) {
    database.remove(args.buffer, args.start(2), args.length(2));
  } else {
    const entry = compute(call, operation, length);
    database.put(database.write(args.buffer, args.start(2), args.length(2)), entry);
  }
  reply.integer(length);
};

/** A new entry of the destination's key with the result. The sources are looked up again, as there may be many. */
const compute = ({ args, database, keyspace }: Call, operation: Operation, length: number): number => {
  const { buffer } = args;
  const { strings } = keyspace;
  const result = strings.createBlank(buffer, args.start(2), args.length(2), length);
  const { bytes, start } = strings.view(result);
  bytes.fill(0, start, start + length);
  for (let i = 3; i < args.count; i++) {
    const entry = database.peek(buffer, args.start(i), args.length(i));
    const source = entry === 0 ? undefined : strings.view(entry);
    const sourceLength = source?.length ?? 0;
    const step = i === 3 || operation === 'not' ? 'or' : operation;
    if (source !== undefined) combineBits(step, bytes, start, source.bytes, source.start, sourceLength);
    if (step === 'and') bytes.fill(0, start + sourceLength, start + length);
  }
  if (operation === 'not') invertBits(bytes, start, length);
  return result;
};

/** BITOP: bits of several strings together. */
export const bitOperations = {
  bitop: {
    arity: -4,
    flags: ['write', 'denyoom'],
    keys: [
      { first: 2, last: 2, step: 1, flags: 'OW update' },
      { first: 3, last: -1, step: 1, flags: 'RO access' },
    ],
    syntax: 'operation destkey key [key ...]',
    since: '2.6.0',
    complexity: 'O(N), when N is the number of bytes of all the strings',
    summary: 'Stores what AND, OR, XOR or NOT makes of strings.',
    run: bitop,
  },
} satisfies CommandGroup;
