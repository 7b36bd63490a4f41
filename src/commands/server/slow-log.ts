import { CommandError, wrongSubcommandArity } from '../../errors.ts';
import type { SlowCommand } from '../../instance/slow-log.ts';
import type { ReplyWriter } from '../../resp/reply-writer.ts';
import type { Call, CommandGroup } from '../command.ts';
import { helpCommand } from '../help.ts';

const BAD_COUNT = new CommandError('ERR count should be greater than or equal to -1');
const DEFAULT_COUNT = 10;

const get = ({ args, reply, instance }: Call): void => {
  if (args.count > 3) throw wrongSubcommandArity('SLOWLOG', args.latin1(1));
  const wanted = args.count === 3 ? args.integer(2, BAD_COUNT) : DEFAULT_COUNT;
  if (wanted < -1) throw BAD_COUNT;
  const entries = instance.slowLog.newest(wanted === -1 ? instance.slowLog.length : wanted);
  reply.array(entries.length);
  for (const entry of entries) writeEntry(reply, entry);
};

const writeEntry = (reply: ReplyWriter, { id, at, microseconds, argv, address, name }: SlowCommand): void => {
  reply.array(6);
  reply.integer(id);
  reply.integer(at);
  reply.integer(microseconds);
  reply.array(argv.length);
  for (const argument of argv) reply.bulk(argument, 0, argument.length);
  reply.text(address);
  reply.text(name);
};

const length = ({ reply, instance }: Call): void => reply.integer(instance.slowLog.length);

const reset = ({ reply, instance }: Call): void => {
  instance.slowLog.reset();
  reply.ok();
};

const FLAGS = ['admin', 'loading', 'stale'] as const;

export const slowLog = {
  slowlog: {
    arity: -2,
    since: '2.2.12',
    complexity: 'Depends on subcommand.',
    summary: 'Shows the commands that took long of late.',
    subcommands: {
      get: {
        arity: -2,
        flags: FLAGS,
        tips: ['request_policy:all_nodes', 'nondeterministic_output'],
        syntax: '[count]',
        since: '2.2.12',
        complexity: 'O(N) where N is the number of entries returned',
        summary: 'Returns the newest slow commands with time, duration, arguments and client.',
        run: get,
      },
      help: helpCommand('SLOWLOG', '6.2.0', {}, [
        'GET [<count>]',
        '    Return top <count> entries from the slowlog (default: 10, -1 mean all).',
        '    Entries are made of:',
        '    id, timestamp, time in microseconds, arguments array, client IP and port,',
        '    client name',
        'LEN',
        '    Return the length of the slowlog.',
        'RESET',
        '    Reset the slowlog.',
      ]),
      len: {
        arity: 2,
        flags: FLAGS,
        tips: ['request_policy:all_nodes', 'response_policy:agg_sum', 'nondeterministic_output'],
        since: '2.2.12',
        complexity: 'O(1)',
        summary: 'Counts the slow commands that are kept.',
        run: length,
      },
      reset: {
        arity: 2,
        flags: FLAGS,
        tips: ['request_policy:all_nodes', 'response_policy:all_succeeded'],
        since: '2.2.12',
        complexity: 'O(N) where N is the number of entries in the slowlog',
        summary: 'Forgets the slow commands.',
        run: reset,
      },
    },
  },
} satisfies CommandGroup;
