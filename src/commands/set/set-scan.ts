import { TYPE_SET } from '../../keyspace/entry.ts';
import { TABLE } from '../../keyspace/set/set-form.ts';
import type { ByteSlice } from '../../memory/byte-slice.ts';
import { readCollection } from '../collection-access.ts';
import { type Call, type CommandGroup, type Handler, oneKey } from '../command.ts';
import {
  cursorAt,
  matchesPattern,
  type ScanOptions,
  STEPS_PER_ELEMENT,
  scanOptions,
} from '../scan-options.ts';

const sscan: Handler = (call) => {
  const { args, keyspace, reply } = call;
  const cursor = cursorAt(args, 2);
  const entry = readCollection(call, 1, TYPE_SET);
  reply.array(2);
  if (entry === 0) {
    reply.text('0');
    return reply.array(0);
  }
  const options = scanOptions(args, 3, '');
  if (keyspace.sets.form(entry) === TABLE) scanTable(call, entry, cursor, options);
  else showAll(call, entry, options);
};

/** A set in one block is shown at once. */
const showAll = (call: Call, entry: number, options: ScanOptions): void => {
  const { keyspace, reply } = call;
  reply.text('0');
  const mark = reply.length;
  let shown = 0;
  for (const walk = keyspace.sets.walk(entry); walk.next(); ) shown += show(call, walk.member, options);
  reply.arrayBefore(mark, shown);
};

const scanTable = (call: Call, entry: number, from: number, options: ScanOptions): void => {
  const { keyspace, reply } = call;
  const found: number[] = [];
  const collect = (block: number): void => void found.push(block);
  let cursor = from;
  let steps = options.count * STEPS_PER_ELEMENT;
  do cursor = keyspace.sets.scan(entry, cursor, collect);
  while (cursor !== 0 && steps-- > 0 && found.length < options.count);

  reply.text(String(cursor));
  const mark = reply.length;
  let shown = 0;
  for (const block of found) shown += show(call, keyspace.sets.memberAt(block), options);
  reply.arrayBefore(mark, shown);
};

/** Shows a member if it matches. @returns 1 if it does */
const show = ({ reply }: Call, { bytes, start, length }: ByteSlice, { pattern }: ScanOptions): number => {
  if (!matchesPattern(pattern, bytes, start, length)) return 0;
  reply.bulk(bytes, start, length);
  return 1;
};

/** SSCAN: a walk over the members of a set, in steps. */
export const setScan = {
  sscan: {
    arity: -3,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key cursor [MATCH pattern] [COUNT count]',
    since: '2.8.0',
    complexity: 'O(1) for each call, O(N) for the whole walk, when N is the number of members',
    tips: ['nondeterministic_output'],
    summary:
      'Returns some members of a set and the cursor with which to go on; 0 begins, and is returned at the end.',
    run: sscan,
  },
} satisfies CommandGroup;
