import { errors } from '../../errors.ts';
import { LongestSubsequence, tableBytes } from '../../keyspace/string/longest-subsequence.ts';
import { StringView } from '../../keyspace/string/string-value.ts';
import type { ByteSlice } from '../../memory/byte-slice.ts';
import type { Arguments } from '../arguments.ts';
import type { Call, CommandGroup } from '../command.ts';

interface Options {
  indexes: boolean;
  length: boolean;
  withLengths: boolean;
  shortest: number;
}

const lcs = (call: Call): void => {
  const { args, settings, reply } = call;
  const a = viewAt(call, 1);
  const b = viewAt(call, 2);
  if (a === undefined || b === undefined) throw errors.lcsNotStrings;
  const options = readOptions(args);
  if (options.indexes && options.length) throw errors.lcsLengthAndIndexes;
  if (tableBytes(a.length, b.length) > settings.values.protoMaxBulkLen) throw errors.lcsMemory;
  const found = new LongestSubsequence(a, b);
  if (options.indexes) return replyIndexes(call, found, options);
  if (options.length) return reply.integer(found.length);
  const text = found.text();
  reply.bulk(text, 0, text.length);
};

/** The string at key argument `index`, empty if there is none; undefined if it is no string. */
const viewAt = ({ args, database, keyspace }: Call, index: number): ByteSlice | undefined => {
  const entry = database.read(args.buffer, args.start(index), args.length(index));
  if (entry === 0) return new StringView();
  return database.isString(entry) ? new StringView().locate(keyspace.arena, entry) : undefined;
};

const readOptions = (args: Arguments): Options => {
  const options = { indexes: false, length: false, withLengths: false, shortest: 0 };
  for (let i = 3; i < args.count; i++) {
    if (args.is(i, 'IDX')) options.indexes = true;
    else if (args.is(i, 'LEN')) options.length = true;
    else if (args.is(i, 'WITHMATCHLEN')) options.withLengths = true;
    else if (args.is(i, 'MINMATCHLEN') && i + 1 < args.count) options.shortest = args.integer(++i);
    else throw errors.syntax;
  }
  return options;
};

const replyIndexes = ({ reply }: Call, found: LongestSubsequence, options: Options): void => {
  reply.map(2);
  reply.text('matches');
  const mark = reply.length;
  let count = 0;
  found.ranges((inA, inB, length) => {
    if (length < options.shortest) return;
    count++;
    reply.array(options.withLengths ? 3 : 2);
    for (const from of [inA, inB]) {
      reply.array(2);
      reply.integer(from);
      reply.integer(from + length - 1);
    }
    if (options.withLengths) reply.integer(length);
  });
  reply.arrayBefore(mark, count);
  reply.text('len');
  reply.integer(found.length);
};

/** LCS: what two strings have in found. */
export const longestSubsequence = {
  lcs: {
    arity: -3,
    flags: ['readonly'],
    keys: [{ first: 1, last: 2, step: 1, flags: 'RO access' }],
    syntax: 'key1 key2 [LEN] [IDX] [MINMATCHLEN len] [WITHMATCHLEN]',
    since: '7.0.0',
    complexity: 'O(N*M), when N and M are the lengths of the strings',
    summary: 'Finds the longest common subsequence of two strings.',
    run: lcs,
  },
} satisfies CommandGroup;
