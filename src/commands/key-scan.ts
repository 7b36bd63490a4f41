import { globMatch } from '../config/glob.ts';
import { errors } from '../errors.ts';
import { keyLength, keyStart, TYPE_NAMES, typeOf } from '../keyspace/entry.ts';
import type { Keyspace } from '../keyspace/keyspace.ts';
import type { Arguments } from './arguments.ts';
import type { Call, CommandGroup, Handler } from './command.ts';

const STAR = 42;
const DEFAULT_COUNT = 10;
/** Steps of the walk that one call may take for each key that was asked for. */
const STEPS_PER_KEY = 10;
const MAX_CURSOR = 2n ** 64n - 1n;

/** A glob, or undefined for the one that every key matches. */
const patternAt = (args: Arguments, index: number): Uint8Array | undefined => {
  const pattern = args.bytes(index);
  return pattern.length === 1 && pattern[0] === STAR ? undefined : pattern;
};

const keyMatches = (keyspace: Keyspace, entry: number, pattern: Uint8Array): boolean => {
  const { arena } = keyspace;
  return globMatch(pattern, keyspace.bytesOf(entry), keyStart(arena, entry), keyLength(arena, entry));
};

const writeKey = ({ keyspace, reply }: Call, entry: number): void => {
  const { arena } = keyspace;
  reply.bulk(keyspace.bytesOf(entry), keyStart(arena, entry), keyLength(arena, entry));
};

const keys: Handler = (call) => {
  const { args, database, keyspace, reply } = call;
  const pattern = patternAt(args, 1);
  const mark = reply.length;
  let count = 0;
  const show = (entry: number): void => {
    if (pattern !== undefined && !keyMatches(keyspace, entry, pattern)) return;
    if (database.isDue(entry)) return;
    writeKey(call, entry);
    count++;
  };
  let cursor = 0;
  do cursor = database.keys.scan(cursor, show);
  while (cursor !== 0);
  reply.arrayBefore(mark, count);
};

/** As C's strtoul reads it, which takes a sign and nothing at all; a cursor of ours has 32 bits. */
const cursorAt = (args: Arguments, index: number): number => {
  const text = args.latin1(index);
  if (text === '') return 0;
  if (!/^[+-]?\d+$/.test(text)) throw errors.invalidCursor;
  const value = BigInt(text);
  if (value > MAX_CURSOR || value < -MAX_CURSOR) throw errors.invalidCursor;
  return Number(BigInt.asUintN(32, value));
};

interface ScanOptions {
  count: number;
  pattern: Uint8Array | undefined;
  /** Name of a type in any letter case, as it was given. */
  type: string | undefined;
}

const scanOptions = (args: Arguments): ScanOptions => {
  const options: ScanOptions = { count: DEFAULT_COUNT, pattern: undefined, type: undefined };
  for (let i = 2; i < args.count; i += 2) {
    if (i + 1 === args.count) throw errors.syntax;
    if (args.is(i, 'COUNT')) {
      options.count = args.integer(i + 1);
      if (options.count < 1) throw errors.syntax;
    } else if (args.is(i, 'MATCH')) options.pattern = patternAt(args, i + 1);
    else if (args.is(i, 'TYPE')) options.type = args.latin1(i + 1);
    else throw errors.syntax;
  }
  return options;
};

const scan: Handler = (call) => {
  const { args, database, keyspace, reply } = call;
  let cursor = cursorAt(args, 1);
  const { count, pattern, type } = scanOptions(args);
  const wantedType = type?.toLowerCase();
  const found: number[] = [];
  const collect = (entry: number): void => void found.push(entry);
  let steps = count * STEPS_PER_KEY;
  do cursor = database.keys.scan(cursor, collect);
  while (cursor !== 0 && steps-- > 0 && found.length < count);

  reply.array(2);
  reply.text(String(cursor));
  const mark = reply.length;
  let shown = 0;
  for (const entry of found) {
    if (pattern !== undefined && !keyMatches(keyspace, entry, pattern)) continue;
    if (wantedType !== undefined && TYPE_NAMES[typeOf(keyspace.arena, entry)] !== wantedType) continue;
    if (database.isDue(entry)) {
      database.expire(entry);
      continue;
    }
    writeKey(call, entry);
    shown++;
  }
  reply.arrayBefore(mark, shown);
};

/** Commands that walk over all keys. */
export const keyScan = {
  keys: {
    arity: 2,
    flags: ['readonly'],
    categories: ['keyspace', 'dangerous'],
    syntax: 'pattern',
    since: '1.0.0',
    complexity: 'O(N), when N is the number of keys in the database; nobody else is served meanwhile',
    tips: ['request_policy:all_shards', 'nondeterministic_output_order'],
    summary: 'Returns all keys that match a glob.',
    run: keys,
  },
  scan: {
    arity: -2,
    flags: ['readonly'],
    syntax: 'cursor [MATCH pattern] [COUNT count] [TYPE type]',
    since: '2.8.0',
    complexity: 'O(1) for each call, O(N) for the whole walk, when N is the number of keys in the database',
    tips: ['nondeterministic_output', 'request_policy:special'],
    summary: 'Returns some keys and the cursor with which to go on; 0 begins, and is returned at the end.',
    run: scan,
  },
} satisfies CommandGroup;
