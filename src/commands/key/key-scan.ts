import { keyLength, keyStart, TYPE_NAMES, typeOf } from '../../keyspace/entry.ts';
import type { Keyspace } from '../../keyspace/keyspace.ts';
import type { Call, CommandGroup, Handler } from '../command.ts';
import { cursorAt, matchesPattern, patternAt, STEPS_PER_ELEMENT, scanOptions } from '../scan-options.ts';

const keyMatches = (keyspace: Keyspace, entry: number, pattern: Uint8Array | undefined): boolean => {
  const { arena } = keyspace;
  return matchesPattern(pattern, keyspace.bytesOf(entry), keyStart(arena, entry), keyLength(arena, entry));
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
    if (!keyMatches(keyspace, entry, pattern)) return;
    if (database.isDue(entry)) return;
    writeKey(call, entry);
    count++;
  };
  let cursor = 0;
  do cursor = database.keys.scan(cursor, show);
  while (cursor !== 0);
  reply.arrayBefore(mark, count);
};

const scan: Handler = (call) => {
  const { args, database, keyspace, reply } = call;
  let cursor = cursorAt(args, 1);
  const { count, pattern, type } = scanOptions(args, 2, 'TYPE');
  const wantedType = type?.toLowerCase();
  const found: number[] = [];
  const collect = (entry: number): void => void found.push(entry);
  let steps = count * STEPS_PER_ELEMENT;
  do cursor = database.keys.scan(cursor, collect);
  while (cursor !== 0 && steps-- > 0 && found.length < count);

  reply.array(2);
  reply.text(String(cursor));
  const mark = reply.length;
  let shown = 0;
  for (const entry of found) {
    if (!keyMatches(keyspace, entry, pattern)) continue;
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
