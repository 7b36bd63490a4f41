import { errors } from '../../errors.ts';
import { TYPE_SET } from '../../keyspace/entry.ts';
import { intersect, subtract, unite } from '../../keyspace/set/set-algebra.ts';
import { readCollection, storeCollection } from '../collection-access.ts';
import { allKeys, type Call, type CommandGroup, type Handler, type KeySpec } from '../command.ts';
import { numkeysAt } from '../numkeys.ts';

const NO_KEY = new Uint8Array(0);

/** The sets of the key arguments from `first` to `last`, 0 for each that is missing. @throws errors.wrongType */
const setsAt = (call: Call, first: number, last: number): number[] => {
  const entries: number[] = [];
  for (let i = first; i <= last; i++) entries.push(readCollection(call, i, TYPE_SET));
  return entries;
};

/** What is computed: fills an empty set. */
type Operation = (call: Call, sources: readonly number[], result: number) => void;

const difference: Operation = ({ keyspace }, sources, result) => subtract(keyspace.sets, sources, result);

const union: Operation = ({ keyspace }, sources, result) => unite(keyspace.sets, sources, result);

const intersection: Operation = ({ keyspace }, sources, result) => {
  const { sets } = keyspace;
  intersect(sets, sources, (member) => {
    sets.addMember(result, member);
    return true;
  });
};

const showing =
  (operation: Operation): Handler =>
  (call) => {
    const { args, keyspace, reply } = call;
    const sources = setsAt(call, 1, args.count - 1);
    const result = keyspace.createCollection(NO_KEY, 0, 0, TYPE_SET);
    try {
      operation(call, sources, result);
      reply.set(keyspace.sets.count(result));
      for (const walk = keyspace.sets.walk(result); walk.next(); ) {
        reply.bulk(walk.member.bytes, walk.member.start, walk.member.length);
      }
    } finally {
      keyspace.release(result);
    }
  };

const storing =
  (operation: Operation): Handler =>
  (call) => {
    const sources = setsAt(call, 2, call.args.count - 1);
    const count = storeCollection(call, 1, TYPE_SET, (result) => operation(call, sources, result));
    call.reply.integer(count);
  };

const KEY_NUMBER_ERRORS = {
  notPositive: errors.numkeysNotPositive,
  notInteger: errors.numkeysNotPositive,
  tooFew: errors.moreKeysThanArguments,
};

const sinter: Handler = (call) => {
  const { args, keyspace, reply } = call;
  const sources = setsAt(call, 1, args.count - 1);
  const mark = reply.length;
  let count = 0;
  intersect(keyspace.sets, sources, ({ bytes, start, length }) => {
    reply.bulk(bytes, start, length);
    count++;
    return true;
  });
  reply.setBefore(mark, count);
};

const sintercard: Handler = (call) => {
  const { args, keyspace, reply } = call;
  const last = 1 + numkeysAt(args, 1, KEY_NUMBER_ERRORS);
  let limit = Infinity;
  for (let i = last + 1; i < args.count; i += 2) {
    if (!args.is(i, 'LIMIT') || i + 1 === args.count) throw errors.syntax;
    limit = args.integer(i + 1, errors.negativeLimit);
    if (limit < 0) throw errors.negativeLimit;
    if (limit === 0) limit = Infinity;
  }
  let count = 0;
  intersect(keyspace.sets, setsAt(call, 2, last), () => ++count < limit);
  reply.integer(count);
};

const targetAndSources = (flags: string): readonly KeySpec[] => [
  { first: 1, last: 1, step: 1, flags },
  { first: 2, last: -1, step: 1, flags: 'RO access' },
];

const SHOWING = {
  arity: -2,
  flags: ['readonly'],
  keys: allKeys('RO access'),
  syntax: 'key [key ...]',
  since: '1.0.0',
  tips: ['nondeterministic_output_order'],
} as const;

const STORING = {
  arity: -3,
  flags: ['write', 'denyoom'],
  keys: targetAndSources('OW update'),
  syntax: 'destination key [key ...]',
  since: '1.0.0',
} as const;

const OF_SMALLEST = 'O(N*M), when N is the number of members of the smallest set and M the number of sets';
const OF_ALL = 'O(N), when N is the number of members of all sets';

const intersections = {
  sinter: {
    ...SHOWING,
    complexity: OF_SMALLEST,
    summary: 'Returns what is in all of the sets.',
    run: sinter,
  },
  sinterstore: {
    ...STORING,
    keys: targetAndSources('RW update'),
    complexity: OF_SMALLEST,
    summary: 'Stores what is in all of the sets; returns how many members that are.',
    run: storing(intersection),
  },
  sintercard: {
    arity: -3,
    flags: ['readonly', 'movablekeys'],
    keys: [{ numberAt: 1, flags: 'RO access' }],
    syntax: 'numkeys key [key ...] [LIMIT limit]',
    since: '7.0.0',
    complexity: OF_SMALLEST,
    summary: 'Returns how many members are in all of the sets, counting up to a limit.',
    run: sintercard,
  },
} satisfies CommandGroup;

const unions = {
  sunion: {
    ...SHOWING,
    complexity: OF_ALL,
    summary: 'Returns what is in any of the sets.',
    run: showing(union),
  },
  sunionstore: {
    ...STORING,
    complexity: OF_ALL,
    summary: 'Stores what is in any of the sets; returns how many members that are.',
    run: storing(union),
  },
} satisfies CommandGroup;

const differences = {
  sdiff: {
    ...SHOWING,
    complexity: OF_ALL,
    summary: 'Returns what is in the first set and in none of the others.',
    run: showing(difference),
  },
  sdiffstore: {
    ...STORING,
    complexity: OF_ALL,
    summary: 'Stores what is in the first set and in none of the others; returns how many members that are.',
    run: storing(difference),
  },
} satisfies CommandGroup;

/** Commands on several sets. */
export const setAlgebra = { ...intersections, ...unions, ...differences } satisfies CommandGroup;
