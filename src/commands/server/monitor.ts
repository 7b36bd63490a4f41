import { errors } from '../../errors.ts';
import { GATE_MONITOR } from '../../instance/session.ts';
import type { Call, CommandGroup } from '../command.ts';

const run = ({ session, instance, reply }: Call): void => {
  if (session.queue !== undefined) throw errors.monitorInTransaction;
  if ((session.gate & GATE_MONITOR) !== 0) return;
  instance.monitors.add(session);
  reply.ok();
};

export const monitor = {
  monitor: {
    arity: 1,
    flags: ['admin', 'noscript', 'loading', 'stale'],
    since: '1.0.0',
    summary: 'Shows every command that any client sends from now on.',
    run,
  },
} satisfies CommandGroup;
