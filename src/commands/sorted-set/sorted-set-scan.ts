import { TYPE_SORTED_SET } from '../../keyspace/entry.ts';
import type { RankedSortedSet } from '../../keyspace/sorted-set/ranked-sorted-set.ts';
import type { SortedSetForm } from '../../keyspace/sorted-set/sorted-set-form.ts';
import { formatDouble } from '../../resp/double.ts';
import { readCollection } from '../collection-access.ts';
import { type Call, type CommandGroup, type Handler, oneKey } from '../command.ts';
import { cursorAt, matchesPattern, STEPS_PER_ELEMENT, scanOptions } from '../scan-options.ts';
import { replyMember } from './sorted-set-access.ts';

/** Up to this Redis keeps the whole scores of a packed set as integers, and shows all their digits. */
const LARGEST_INTEGER = 2 ** 62;

type Pattern = Uint8Array | undefined;

const packedScore = (score: number): string =>
  Number.isInteger(score) && Math.abs(score) <= LARGEST_INTEGER ? String(BigInt(score)) : formatDouble(score);

const matches = ({ member }: SortedSetForm, pattern: Pattern): boolean =>
  matchesPattern(pattern, member.bytes, member.start, member.length);

const zscan: Handler = (call) => {
  const { args, keyspace, reply } = call;
  const cursor = cursorAt(args, 2);
  const entry = readCollection(call, 1, TYPE_SORTED_SET);
  if (entry === 0) {
    reply.array(2);
    reply.text('0');
    return reply.array(0);
  }
  const { count, pattern } = scanOptions(args, 3, '');
  const ranked = keyspace.sortedSets.openRanked(entry);
  if (ranked === undefined) showAll(call, keyspace.sortedSets.open(entry), pattern);
  else showSome(call, ranked, cursor, count, pattern);
};

/** A packed set is shown as a whole, whatever the cursor. */
const showAll = (call: Call, members: SortedSetForm, pattern: Pattern): void => {
  const { reply } = call;
  reply.array(2);
  reply.text('0');
  const mark = reply.length;
  let shown = 0;
  members.seek(0);
  do {
    if (!matches(members, pattern)) continue;
    replyMember(call, members);
    reply.text(packedScore(members.score));
    shown++;
  } while (members.next());
  reply.arrayBefore(mark, shown * 2);
};

const showSome = (
  call: Call,
  members: RankedSortedSet,
  from: number,
  count: number,
  pattern: Pattern,
): void => {
  const { reply } = call;
  const found: number[] = [];
  const collect = (block: number): void => void found.push(block);
  let cursor = from;
  let steps = count * STEPS_PER_ELEMENT;
  do cursor = members.scan(cursor, collect);
  while (cursor !== 0 && steps-- > 0 && found.length < count);
  reply.array(2);
  reply.text(String(cursor));
  const mark = reply.length;
  let shown = 0;
  for (const block of found) {
    members.lookAt(block);
    if (!matches(members, pattern)) continue;
    replyMember(call, members);
    reply.text(formatDouble(members.score));
    shown++;
  }
  reply.arrayBefore(mark, shown * 2);
};

/** The command that walks over a sorted set. */
export const sortedSetScan = {
  zscan: {
    arity: -3,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key cursor [MATCH pattern] [COUNT count]',
    since: '2.8.0',
    complexity: 'O(1) for each call, O(N) for the whole walk, when N is the number of members of the set',
    tips: ['nondeterministic_output'],
    summary: 'Returns some members of a sorted set with their scores, and the cursor with which to go on.',
    run: zscan,
  },
} satisfies CommandGroup;
