import { errors, invalidClientAttribute, unrecognizedOption } from '../../errors.ts';
import type { Call } from '../command.ts';

/** The text of an argument that consists of printable ASCII without spaces, so that CLIENT LIST can be split. */
const attribute = ({ args }: Call, index: number): string | undefined => {
  const text = args.latin1(index);
  return /^[!-~]*$/.test(text) ? text : undefined;
};

/** Names the session after argument `index`; an empty name is none. @throws errors.clientName */
export const setClientName = (call: Call, index: number): void => {
  const name = attribute(call, index);
  if (name === undefined) throw errors.clientName;
  call.session.name = name;
};

export const clientId = ({ session, reply }: Call): void => reply.integer(session.id);

export const clientGetname = ({ session, reply }: Call): void => {
  if (session.name === '') reply.null();
  else reply.text(session.name);
};

export const clientSetname = (call: Call): void => {
  setClientName(call, 2);
  call.reply.ok();
};

export const clientSetinfo = (call: Call): void => {
  const { args, session, reply } = call;
  const isName = args.is(2, 'LIB-NAME');
  if (!isName && !args.is(2, 'LIB-VER')) throw unrecognizedOption(args.latin1(2));
  const text = attribute(call, 3);
  if (text === undefined) throw invalidClientAttribute(args.latin1(2));
  if (isName) session.libraryName = text;
  else session.libraryVersion = text;
  reply.ok();
};
