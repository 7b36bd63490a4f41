import { errors } from '../../errors.ts';
import type { Call, CommandGroup } from '../command.ts';

/** A master at offset 0 without replicas. */
const role = ({ reply }: Call): void => {
  reply.array(3);
  reply.text('master');
  reply.integer(0);
  reply.array(0);
};

/** There are no replicas to wait for, so the answer is known at once. */
const wait = ({ args, reply }: Call): void => {
  args.integer(1);
  if (args.integer(2, errors.timeoutNotInteger) < 0) throw errors.timeoutNegative;
  reply.integer(0);
};

export const replication = {
  role: {
    arity: 1,
    flags: ['noscript', 'loading', 'stale', 'fast'],
    categories: ['admin', 'dangerous'],
    since: '2.8.12',
    complexity: 'O(1)',
    summary: 'Says what part the server plays in replication: a master without replicas.',
    run: role,
  },
} satisfies CommandGroup;

/** WAIT belongs to the generic commands. */
export const replicationGeneric = {
  wait: {
    arity: 3,
    flags: ['noscript'],
    categories: ['connection'],
    tips: ['request_policy:all_shards', 'response_policy:agg_min'],
    syntax: 'numreplicas timeout',
    since: '3.0.0',
    complexity: 'O(1)',
    summary: 'Returns 0, the number of replicas that have the writes so far: there are none.',
    run: wait,
  },
} satisfies CommandGroup;
