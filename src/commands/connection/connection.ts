import { REDIS_VERSION } from '../../config/version.ts';
import { errors, helloOption, wrongArity } from '../../errors.ts';
import { GATE_AUTH, GATE_NO_TOUCH, GATE_REPLY_OFF } from '../../instance/session.ts';
import { discardTransaction } from '../../instance/transaction.ts';
import type { Call, CommandGroup, Flag, LocalHandler } from '../command.ts';
import { authenticate, DEFAULT_USER } from './authentication.ts';
import { setClientName } from './client-identity.ts';

/** Flags of the commands that a client may use before and while it introduces itself. */
const HANDSHAKE: readonly Flag[] = ['noscript', 'loading', 'stale', 'fast', 'no_auth', 'allow_busy'];

const ping: LocalHandler = ({ args, reply, command }) => {
  if (args.count > 2) throw wrongArity(command.name);
  if (args.count === 2) reply.bulk(args.buffer, args.start(1), args.length(1));
  else reply.pong();
};

const echo: LocalHandler = ({ args, reply }) => reply.bulk(args.buffer, args.start(1), args.length(1));

const auth = (call: Call): void => {
  const { args, settings, reply } = call;
  call.redact(1, args.count - 1);
  if (args.count > 3) throw errors.syntax;
  if (args.count === 2 && settings.values.requirepass === '') throw errors.noPassword;
  const user = args.count === 2 ? DEFAULT_USER : args.latin1(1);
  authenticate(call, user, args.bytes(args.count - 1));
  reply.ok();
};

const hello = (call: Call): void => {
  const { args, session } = call;
  const protocol = args.count > 1 ? args.integer(1, errors.protocolNotInteger) : session.protocol;
  if (protocol !== 2 && protocol !== 3) throw errors.noProtocol;
  for (let i = 2; i < args.count; i++) {
    if (args.is(i, 'AUTH') && i + 2 < args.count) {
      call.redact(i + 1, i + 2);
      authenticate(call, args.latin1(i + 1), args.bytes(i + 2));
      i += 2;
    } else if (args.is(i, 'SETNAME') && i + 1 < args.count) {
      setClientName(call, ++i);
    } else {
      throw helloOption(args.latin1(i));
    }
  }
  if (!session.authenticated) throw errors.helloNeedsAuth;
  session.protocol = protocol;
  introduce(call);
};

/** The reply to HELLO, in the protocol that it has chosen. */
const introduce = ({ session, reply }: Call): void => {
  reply.protocol = session.protocol;
  reply.map(7);
  reply.text('server');
  reply.text('redis');
  reply.text('version');
  reply.text(REDIS_VERSION);
  reply.text('proto');
  reply.integer(session.protocol);
  reply.text('id');
  reply.integer(session.id);
  reply.text('mode');
  reply.text('standalone');
  reply.text('role');
  reply.text('master');
  reply.text('modules');
  reply.array(0);
};

const select = ({ args, session, keyspace, reply }: Call): void => {
  const index = args.int(1);
  if (keyspace.databases[index] === undefined) throw errors.dbIndexOutOfRange;
  session.databaseIndex = index;
  reply.ok();
};

const quit = ({ session, reply }: Call): void => {
  session.closing = 'client';
  reply.ok();
};

const reset = ({ session, keyspace, instance, settings, reply }: Call): void => {
  instance.monitors.remove(session);
  discardTransaction(session, keyspace.watch);
  session.databaseIndex = 0;
  session.protocol = 2;
  session.name = '';
  session.open(GATE_REPLY_OFF | GATE_NO_TOUCH);
  session.authenticated = settings.values.requirepass === '';
  if (!session.authenticated) session.shut(GATE_AUTH);
  reply.status('RESET');
};

export const connection = {
  auth: {
    arity: -2,
    flags: HANDSHAKE,
    syntax: '[username] password',
    since: '1.0.0',
    complexity: 'O(N) where N is the number of passwords defined for the user',
    summary: 'Gives the server a password.',
    run: auth,
  },
  echo: {
    arity: 2,
    flags: ['loading', 'stale', 'fast'],
    syntax: 'message',
    since: '1.0.0',
    complexity: 'O(1)',
    summary: 'Answers the message that was sent.',
    run: echo,
    local: echo,
  },
  hello: {
    arity: -1,
    flags: HANDSHAKE,
    syntax: '[protover [AUTH username password] [SETNAME clientname]]',
    since: '6.0.0',
    complexity: 'O(1)',
    summary: 'Chooses the protocol, introduces the client and tells about the server.',
    run: hello,
  },
  ping: {
    arity: -1,
    flags: ['fast'],
    syntax: '[message]',
    since: '1.0.0',
    complexity: 'O(1)',
    tips: ['request_policy:all_shards', 'response_policy:all_succeeded'],
    summary: 'Answers PONG, or the message that was sent.',
    run: ping,
    local: ping,
  },
  quit: {
    arity: -1,
    flags: HANDSHAKE,
    since: '1.0.0',
    complexity: 'O(1)',
    summary: 'Closes the connection.',
    run: quit,
  },
  reset: {
    arity: 1,
    flags: HANDSHAKE,
    since: '6.2.0',
    complexity: 'O(1)',
    summary: 'Puts the connection back into the state in which it began.',
    run: reset,
  },
  select: {
    arity: 2,
    flags: ['loading', 'stale', 'fast'],
    syntax: 'index',
    since: '1.0.0',
    complexity: 'O(1)',
    summary: 'Chooses the database that the connection uses.',
    run: select,
  },
} satisfies CommandGroup;
