import { errors } from '../../errors.ts';
import { TYPE_SORTED_SET } from '../../keyspace/entry.ts';
import type { RankedSortedSet } from '../../keyspace/sorted-set/ranked-sorted-set.ts';
import { countCommon, intersect, subtract, unite } from '../../keyspace/sorted-set/sorted-set-algebra.ts';
import { storeCollection } from '../collection-access.ts';
import type { Call, CommandGroup, Handler, KeySpec } from '../command.ts';
import { replyMembers } from './sorted-set-access.ts';
import { type InputOptions, inputOptions, inputsAt } from './sorted-set-inputs.ts';

const NO_KEY = new Uint8Array(0);

/** Puts its members into an empty result. */
type Operation = (result: RankedSortedSet, options: InputOptions) => void;

const union: Operation = (result, { inputs, aggregate }) => unite(result, inputs, aggregate);
const intersection: Operation = (result, { inputs, aggregate }) => intersect(result, inputs, aggregate);
const difference: Operation = (result, { inputs }) =>
  subtract(
    result,
    inputs.map(({ input }) => input),
  );

/** Computes into an empty sorted set, which is not packed then, however small. */
const compute = ({ keyspace }: Call, operation: Operation, options: InputOptions, entry: number): void => {
  const result = keyspace.sortedSets.openUnordered(entry);
  operation(result, options);
  result.order();
};

/** ZUNION, ZINTER and ZDIFF. */
const show =
  (operation: Operation): Handler =>
  (call) => {
    const { args, keyspace } = call;
    const inputs = inputsAt(call, 1);
    const options = inputOptions(args, 2 + inputs.length, inputs, operation !== difference, true);
    const entry = keyspace.createCollection(NO_KEY, 0, 0, TYPE_SORTED_SET);
    try {
      compute(call, operation, options, entry);
      const members = keyspace.sortedSets.open(entry);
      replyMembers(call, members, 0, members.count, false, options.withScores);
    } finally {
      keyspace.release(entry);
    }
  };

/** ZUNIONSTORE, ZINTERSTORE and ZDIFFSTORE. */
const store =
  (operation: Operation): Handler =>
  (call) => {
    const { args, keyspace, reply } = call;
    const inputs = inputsAt(call, 2);
    const options = inputOptions(args, 3 + inputs.length, inputs, operation !== difference, false);
    const count = storeCollection(call, 1, TYPE_SORTED_SET, (entry) => {
      compute(call, operation, options, entry);
      if (keyspace.sortedSets.count(entry) > 0) keyspace.sortedSets.packIfSmall(entry);
    });
    reply.integer(count);
  };

const zintercard: Handler = (call) => {
  const { args, reply } = call;
  const inputs = inputsAt(call, 1);
  let limit = 0;
  for (let i = 2 + inputs.length; i < args.count; i += 2) {
    if (!args.is(i, 'LIMIT') || i + 1 === args.count) throw errors.syntax;
    limit = args.integer(i + 1, errors.negativeLimit);
    if (limit < 0) throw errors.negativeLimit;
  }
  reply.integer(countCommon(inputs, limit === 0 ? Infinity : limit));
};

const numberedKeys: readonly KeySpec[] = [{ numberAt: 1, flags: 'RO access' }];
const storeKeys: readonly KeySpec[] = [
  { first: 1, last: 1, step: 1, flags: 'OW update' },
  { numberAt: 2, flags: 'RO access' },
];
const SHOW = { arity: -3, flags: ['readonly', 'movablekeys'], keys: numberedKeys, since: '6.2.0' } as const;
const STORE = { arity: -4, flags: ['write', 'denyoom', 'movablekeys'], keys: storeKeys } as const;

const KEYS = 'numkeys key [key ...]';
const WEIGHTS = '[WEIGHTS weight [weight ...]] [AGGREGATE <SUM | MIN | MAX>]';
const UNION_COST =
  'O(N)+O(M*log(M)), when N is the sum of the sizes of the inputs and M the number of members of the result';
const INTER_COST =
  'O(N*K)+O(M*log(M)), when N is the size of the smallest of K inputs and M the number of members of the result';
const DIFF_COST =
  'O(N*K)+O(M*log(M)), when N is the size of the first of K inputs and M the number of members of the result';

/** Commands that unite sorted sets, intersect them and subtract them from each other. */
export const sortedSetAlgebra = {
  zunion: {
    ...SHOW,
    syntax: `${KEYS} ${WEIGHTS} [WITHSCORES]`,
    complexity: UNION_COST,
    summary: 'Returns the members of any of some sorted sets.',
    run: show(union),
  },
  zinter: {
    ...SHOW,
    syntax: `${KEYS} ${WEIGHTS} [WITHSCORES]`,
    complexity: INTER_COST,
    summary: 'Returns the members that some sorted sets have in common.',
    run: show(intersection),
  },
  zdiff: {
    ...SHOW,
    syntax: `${KEYS} [WITHSCORES]`,
    complexity: DIFF_COST,
    summary: 'Returns the members of a sorted set that are in none of some others.',
    run: show(difference),
  },
  zintercard: {
    ...SHOW,
    syntax: `${KEYS} [LIMIT limit]`,
    since: '7.0.0',
    complexity: 'O(N*K), when N is the size of the smallest of K inputs',
    summary: 'Returns how many members some sorted sets have in common.',
    run: zintercard,
  },
  zunionstore: {
    ...STORE,
    syntax: `destination ${KEYS} ${WEIGHTS}`,
    since: '2.0.0',
    complexity: UNION_COST,
    summary: 'Stores the members of any of some sorted sets.',
    run: store(union),
  },
  zinterstore: {
    ...STORE,
    syntax: `destination ${KEYS} ${WEIGHTS}`,
    since: '2.0.0',
    complexity: INTER_COST,
    summary: 'Stores the members that some sorted sets have in common.',
    run: store(intersection),
  },
  zdiffstore: {
    ...STORE,
    syntax: `destination ${KEYS}`,
    since: '6.2.0',
    complexity: DIFF_COST,
    summary: 'Stores the members of a sorted set that are in none of some others.',
    run: store(difference),
  },
} satisfies CommandGroup;
