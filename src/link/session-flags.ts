import { GATE_AUTH, GATE_MONITOR, GATE_SUSPENDED, type Session } from '../instance/session.ts';
import { AUTHENTICATED, LISTENING, LOCAL_ALLOWED, RESP3, TIED, WAITING } from './frame.ts';

/** What a worker must know of a session, told with every reply. */
export const sessionFlags = (session: Session): number => {
  const { gate } = session;
  let flags = gate === 0 ? LOCAL_ALLOWED : 0;
  if (session.authenticated) flags |= AUTHENTICATED;
  if (session.protocol === 3) flags |= RESP3;
  if ((gate & ~GATE_AUTH) !== 0 || session.watching > 0) flags |= TIED;
  if ((gate & GATE_MONITOR) !== 0) flags |= LISTENING;
  if ((gate & GATE_SUSPENDED) !== 0) flags |= WAITING;
  return flags;
};

/** Gives the session of a client that survived the loss of a keyspace what its worker remembers of it. */
export const restoreFlags = (session: Session, flags: number, database: number): void => {
  if ((flags & RESP3) !== 0) session.protocol = 3;
  session.databaseIndex = database;
  if ((flags & AUTHENTICATED) === 0) return;
  session.authenticated = true;
  session.open(GATE_AUTH);
};
