import { errors, wrongSubcommandArity } from '../../errors.ts';
import type { Call } from '../command.ts';

const LONG_MAX = 2 ** 63;

export const clientPause = ({ args, keyspace, instance, reply }: Call): void => {
  if (args.count > 4) throw wrongSubcommandArity('CLIENT', args.latin1(1));
  const writesOnly = args.is(3, 'WRITE');
  if (args.count === 4 && !writesOnly && !args.is(3, 'ALL')) throw errors.pauseMode;
  const timeout = args.integer(2, errors.timeoutNotInteger);
  if (timeout < 0) throw errors.timeoutNegative;
  const until = Math.floor(keyspace.now) + timeout;
  if (until >= LONG_MAX) throw errors.timeoutOutOfRange;
  instance.pause.begin(until, !writesOnly);
  reply.ok();
};

export const clientUnpause = ({ instance, reply }: Call): void => {
  instance.pause.cancel();
  reply.ok();
};

/** Those that a pause holds up are not to be let go one by one. */
export const clientUnblock = ({ args, instance, reply }: Call): void => {
  if (args.count > 4) throw wrongSubcommandArity('CLIENT', args.latin1(1));
  if (args.count === 4 && !args.is(3, 'TIMEOUT') && !args.is(3, 'ERROR')) throw errors.unblockReason;
  const session = instance.sessions.get(args.integer(2));
  const waits = session !== undefined && instance.blocked.has(session);
  if (waits && args.is(3, 'ERROR')) instance.blocked.interrupt(session);
  else if (waits) instance.blocked.timeOut(session);
  reply.integer(waits ? 1 : 0);
};
