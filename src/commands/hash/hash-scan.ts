import { TYPE_HASH } from '../../keyspace/entry.ts';
import type { FieldVisitor } from '../../keyspace/hash/hashes.ts';
import { readCollection } from '../collection-access.ts';
import { type Call, type CommandGroup, oneKey } from '../command.ts';
import { cursorAt, matchesPattern, STEPS_PER_ELEMENT, scanOptions } from '../scan-options.ts';

const hscan = (call: Call): void => {
  const { args, keyspace, reply } = call;
  const { hashes } = keyspace;
  let cursor = cursorAt(args, 2);
  const entry = readCollection(call, 1, TYPE_HASH);
  if (entry === 0) return endOfScan(call);
  const { count, pattern, withoutValues } = scanOptions(args, 3, 'NOVALUES');
  const found: number[] = [];
  const collect = (place: number): void => void found.push(place);
  let steps = count * STEPS_PER_ELEMENT;
  do cursor = hashes.scan(entry, cursor, collect);
  while (cursor !== 0 && steps-- > 0 && found.length < count);

  reply.array(2);
  reply.text(String(cursor));
  const mark = reply.length;
  let shown = 0;
  const show: FieldVisitor = (field, value) => {
    if (!matchesPattern(pattern, field.bytes, field.start, field.length)) return;
    reply.bulk(field.bytes, field.start, field.length);
    if (!withoutValues) reply.bulk(value.bytes, value.start, value.length);
    shown += withoutValues ? 1 : 2;
  };
  for (const place of found) hashes.visit(entry, place, show);
  reply.arrayBefore(mark, shown);
};

const endOfScan = ({ reply }: Call): void => {
  reply.array(2);
  reply.text('0');
  reply.array(0);
};

/** Walks over a hash. */
export const hashScan = {
  hscan: {
    arity: -3,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key cursor [MATCH pattern] [COUNT count] [NOVALUES]',
    since: '2.8.0',
    complexity: 'O(1) for each call, O(N) for the whole walk, when N is the number of fields',
    tips: ['nondeterministic_output'],
    summary: 'Returns some fields of a hash with their values, and the cursor with which to go on.',
    run: hscan,
  },
} satisfies CommandGroup;
