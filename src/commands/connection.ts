import { wrongArity } from '../errors.ts';
import type { CommandGroup, LocalHandler } from './command.ts';

const ping: LocalHandler = ({ args, reply, command }) => {
  if (args.count > 2) throw wrongArity(command.name);
  if (args.count === 2) reply.bulk(args.buffer, args.start(1), args.length(1));
  else reply.status('PONG');
};

export const connection = {
  ping: {
    arity: -1,
    flags: ['fast'],
    syntax: '[message]',
    since: '1.0.0',
    complexity: 'O(1)',
    summary: 'Answers PONG, or the message that was sent.',
    run: ping,
    local: ping,
  },
} satisfies CommandGroup;
