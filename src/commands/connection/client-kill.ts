import { errors, noSuchUser } from '../../errors.ts';
import type { Session } from '../../instance/session.ts';
import type { Call } from '../command.ts';
import { DEFAULT_USER } from './authentication.ts';
import { isNormalType } from './client-list.ts';

/** Which clients CLIENT KILL means; what is undefined does not matter. */
interface Filter {
  id?: number;
  address?: string;
  localAddress?: string;
  normal?: boolean;
  skipMe: boolean;
}

export const clientKill = (call: Call): void => {
  const { args, reply } = call;
  const old = args.count === 3;
  const filter = old ? { address: args.latin1(2), skipMe: false } : readFilter(call);
  const killed = kill(call, filter);
  if (old && killed === 0) throw errors.noSuchClient;
  if (old) reply.ok();
  else reply.integer(killed);
};

const readFilter = ({ args }: Call): Filter => {
  const filter: Filter = { skipMe: true };
  for (let i = 2; i < args.count; i += 2) {
    if (i + 1 === args.count) throw errors.syntax;
    if (args.is(i, 'ID')) {
      filter.id = args.integer(i + 1, errors.clientIdNotPositive);
      if (filter.id < 1) throw errors.clientIdNotPositive;
    } else if (args.is(i, 'TYPE')) filter.normal = isNormalType(args, i + 1);
    else if (args.is(i, 'ADDR')) filter.address = args.latin1(i + 1);
    else if (args.is(i, 'LADDR')) filter.localAddress = args.latin1(i + 1);
    else if (args.is(i, 'USER')) {
      if (args.latin1(i + 1) !== DEFAULT_USER) throw noSuchUser(args.latin1(i + 1));
    } else if (args.is(i, 'SKIPME') && args.is(i + 1, 'YES')) filter.skipMe = true;
    else if (args.is(i, 'SKIPME') && args.is(i + 1, 'NO')) filter.skipMe = false;
    else throw errors.syntax;
  }
  return filter;
};

/** Ends the connections that the filter matches, one's own after the reply. @returns how many. */
const kill = ({ instance, session: own }: Call, filter: Filter): number => {
  const victims = [...instance.sessions].filter((session) => matches(session, own, filter));
  for (const victim of victims) {
    victim.closing = 'killed';
    if (victim === own) continue;
    instance.leave(victim);
    victim.outlet.close(victim, 'killed', true);
  }
  return victims.length;
};

const matches = (
  session: Session,
  own: Session,
  { id, address, localAddress, normal, skipMe }: Filter,
): boolean =>
  !(skipMe && session === own) &&
  normal !== false &&
  (id === undefined || session.id === id) &&
  (address === undefined || session.address === address) &&
  (localAddress === undefined || session.localAddress === localAddress);
