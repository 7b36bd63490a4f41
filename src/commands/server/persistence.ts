import { CommandError, errors } from '../../errors.ts';
import type { Call, CommandGroup } from '../command.ts';

const IN_MEMORY = new CommandError('ERR This server keeps its data in memory only and cannot save it');

const save = (): void => {
  throw IN_MEMORY;
};

const backgroundSave = ({ args }: Call): void => {
  if (args.count > 2 || (args.count === 2 && !args.is(1, 'SCHEDULE'))) throw errors.syntax;
  throw IN_MEMORY;
};

/** Redis without a save so far answers with its start, and so do we. */
const lastSave = ({ reply, instance }: Call): void => reply.integer(Math.floor(instance.startedAt / 1000));

export const persistence = {
  bgsave: {
    arity: -1,
    flags: ['admin', 'noscript', 'no_async_loading'],
    syntax: '[SCHEDULE]',
    since: '1.0.0',
    complexity: 'O(1)',
    summary: 'Refused: data lives in memory only.',
    run: backgroundSave,
  },
  lastsave: {
    arity: 1,
    flags: ['loading', 'stale', 'fast'],
    categories: ['admin', 'dangerous'],
    tips: ['nondeterministic_output'],
    since: '1.0.0',
    complexity: 'O(1)',
    summary: 'Returns the Unix time of the last save, which without any is that of the start.',
    run: lastSave,
  },
  save: {
    arity: 1,
    flags: ['admin', 'noscript', 'no_async_loading', 'no_multi'],
    since: '1.0.0',
    complexity: 'O(N) where N is the total number of keys in all databases',
    summary: 'Refused: data lives in memory only.',
    run: save,
  },
} satisfies CommandGroup;
