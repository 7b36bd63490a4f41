import { errors } from '../../errors.ts';
import { GATE_NO_TOUCH, GATE_REPLY_OFF, GATE_REPLY_SKIP } from '../../instance/session.ts';
import type { Call } from '../command.ts';

/** Reads `ON` or `OFF`. @throws errors.syntax */
const isOn = ({ args }: Call, index: number): boolean => {
  if (args.is(index, 'ON')) return true;
  if (args.is(index, 'OFF')) return false;
  throw errors.syntax;
};

export const clientNoEvict = (call: Call): void => {
  call.session.noEvict = isOn(call, 2);
  call.reply.ok();
};

export const clientNoTouch = (call: Call): void => {
  if (isOn(call, 2)) call.session.shut(GATE_NO_TOUCH);
  else call.session.open(GATE_NO_TOUCH);
  call.reply.ok();
};

/** The dispatcher drops the replies, that to OFF and SKIP included. */
export const clientReply = (call: Call): void => {
  const { args, session, reply } = call;
  if (args.is(2, 'SKIP')) skipNextReply(call);
  else if (isOn(call, 2)) answerAgain(call);
  else session.shut(GATE_REPLY_OFF);
  reply.ok();
};

const skipNextReply = ({ session }: Call): void => {
  if ((session.gate & GATE_REPLY_OFF) !== 0) return;
  session.shut(GATE_REPLY_SKIP);
  session.skipNext = 2;
};

const answerAgain = ({ session }: Call): void => {
  session.open(GATE_REPLY_OFF | GATE_REPLY_SKIP);
  session.skipNext = 0;
};

export const clientTracking = ({ args, reply }: Call): void => {
  if (args.is(2, 'ON')) throw errors.noTracking;
  if (!args.is(2, 'OFF') || args.count > 3) throw errors.syntax;
  reply.ok();
};

export const clientCaching = (): void => {
  throw errors.notTracking;
};

export const clientGetredir = ({ reply }: Call): void => reply.integer(-1);

export const clientTrackinginfo = ({ reply }: Call): void => {
  reply.map(3);
  reply.text('flags');
  reply.set(1);
  reply.text('off');
  reply.text('redirect');
  reply.integer(-1);
  reply.text('prefixes');
  reply.array(0);
};
