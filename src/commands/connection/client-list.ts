import { errors, unknownClientType } from '../../errors.ts';
import { GATE_MONITOR, GATE_NO_TOUCH, GATE_SUSPENDED, type Session } from '../../instance/session.ts';
import type { Arguments } from '../arguments.ts';
import type { Call } from '../command.ts';
import { DEFAULT_USER } from './authentication.ts';

const TYPES = new Set(['normal', 'master', 'replica', 'slave', 'pubsub']);

/**
 * Reads a client type. @returns true if it is `normal`: all our clients are.
 * @throws an unknown-type error.
 */
export const isNormalType = (args: Arguments, index: number): boolean => {
  const type = args.latin1(index);
  if (!TYPES.has(type.toLowerCase())) throw unknownClientType(type);
  return type.toLowerCase() === 'normal';
};

export const clientInfo = ({ session, keyspace, reply }: Call): void =>
  reply.verbatim(`${describe(session, keyspace.now)}\n`);

export const clientList = (call: Call): void => {
  const { args, keyspace, reply } = call;
  let text = '';
  for (const session of listed(call, args)) text += `${describe(session, keyspace.now)}\n`;
  reply.verbatim(text);
};

const listed = ({ instance }: Call, args: Arguments): Iterable<Session> => {
  const { sessions } = instance;
  if (args.count === 2) return sessions;
  if (args.is(2, 'TYPE') && args.count === 4) return isNormalType(args, 3) ? sessions : [];
  if (!args.is(2, 'ID') || args.count < 4) throw errors.syntax;
  const ids = Array.from({ length: args.count - 3 }, (_, i) => args.integer(i + 3, errors.invalidClientId));
  return ids.flatMap((id) => sessions.get(id) ?? []);
};

/**
 * A session as CLIENT LIST of Redis 7.4 shows it. What we have not got is shown as Redis does of an idle client:
 * fd -1, and no size for the buffers that all sessions share.
 */
const describe = (session: Session, now: number): string => {
  const { id, address, localAddress, name, databaseIndex, queue, watching, protocol } = session;
  const { queryBuffer, outputBuffer } = session.facts;
  const multiMemory = queue?.reduce((sum, { request }) => sum + request.bytes.length, 0) ?? 0;
  const total = queryBuffer + outputBuffer + multiMemory;
  return (
    `id=${id} addr=${address} laddr=${localAddress} fd=-1 name=${name} age=${seconds(now - session.createdAt)} ` +
    `idle=${seconds(now - session.lastActiveAt)} flags=${flagsOf(session)} db=${databaseIndex} ` +
    `sub=0 psub=0 ssub=0 multi=${queue?.length ?? -1} watch=${watching} ` +
    `qbuf=${queryBuffer} qbuf-free=0 argv-mem=0 multi-mem=${multiMemory} ` +
    `rbs=0 rbp=0 obl=0 oll=0 omem=${outputBuffer} tot-mem=${total} ` +
    `events=${outputBuffer > 0 ? 'rw' : 'r'} cmd=${session.lastCommand?.name ?? 'NULL'} user=${DEFAULT_USER} ` +
    `redir=-1 resp=${protocol} lib-name=${session.libraryName} lib-ver=${session.libraryVersion}`
  );
};

const seconds = (milliseconds: number): number => Math.max(0, Math.floor(milliseconds / 1000));

/** The letters by which Redis marks what is special about a client, in its order; `N` for nothing. */
const flagsOf = ({ gate, queue, watchBroken, closing, noEvict }: Session): string => {
  let flags = '';
  if ((gate & GATE_MONITOR) !== 0) flags += 'O';
  if (queue !== undefined) flags += 'x';
  if ((gate & GATE_SUSPENDED) !== 0) flags += 'b';
  if (watchBroken) flags += 'd';
  if (closing !== undefined) flags += 'c';
  if (noEvict) flags += 'e';
  if ((gate & GATE_NO_TOUCH) !== 0) flags += 'T';
  return flags || 'N';
};
