import { errors } from '../errors.ts';
import { beginTransaction, discardTransaction, unwatch as forgetWatched } from '../instance/transaction.ts';
import { allKeys, type Call, type CommandGroup, type Flag } from './command.ts';

const FLAGS: readonly Flag[] = ['noscript', 'loading', 'stale', 'fast', 'allow_busy'];

const multi = ({ session, reply }: Call): void => {
  if (session.queue !== undefined) throw errors.nestedMulti;
  beginTransaction(session);
  reply.ok();
};

const exec = (call: Call): void => {
  const { session, keyspace, reply } = call;
  const { queue } = session;
  if (queue === undefined) throw errors.execWithoutMulti;
  keyspace.watch.refresh(session, keyspace.databases);
  const { queueFailed, watchBroken } = session;
  if (queueFailed || watchBroken) {
    discardTransaction(session, keyspace.watch);
    if (queueFailed) throw errors.execAbort;
    reply.nullArray();
    return;
  }
  forgetWatched(session, keyspace.watch);
  reply.array(queue.length);
  for (const { request } of queue) call.run(request);
  discardTransaction(session, keyspace.watch);
};

const discard = ({ session, keyspace, reply }: Call): void => {
  if (session.queue === undefined) throw errors.discardWithoutMulti;
  discardTransaction(session, keyspace.watch);
  reply.ok();
};

/** A key whose time has come is deleted first, so that its absence is what is watched. */
const watch = ({ args, session, keyspace, database, reply }: Call): void => {
  if (session.queue !== undefined) throw errors.watchInsideMulti;
  for (let i = 1; i < args.count && !session.watchBroken; i++) {
    database.peek(args.buffer, args.start(i), args.length(i));
    keyspace.watch.add(session, session.databaseIndex, args.latin1(i));
  }
  session.watching = keyspace.watch.countOf(session);
  reply.ok();
};

const unwatch = ({ session, keyspace, reply }: Call): void => {
  forgetWatched(session, keyspace.watch);
  reply.ok();
};

export const transactions = {
  discard: {
    arity: 1,
    flags: FLAGS,
    since: '2.0.0',
    complexity: 'O(N), when N is the number of queued commands',
    summary: 'Forgets the commands queued since MULTI.',
    run: discard,
  },
  exec: {
    arity: 1,
    flags: ['noscript', 'loading', 'stale', 'skip_slowlog'],
    since: '1.2.0',
    complexity: 'Depends on commands in the transaction',
    summary: 'Runs the commands queued since MULTI, unless a watched key was changed.',
    run: exec,
  },
  multi: {
    arity: 1,
    flags: FLAGS,
    since: '1.2.0',
    complexity: 'O(1)',
    summary: 'Begins a transaction: commands are queued until EXEC.',
    run: multi,
  },
  unwatch: {
    arity: 1,
    flags: FLAGS,
    since: '2.2.0',
    complexity: 'O(1)',
    summary: 'Watches no key any more.',
    run: unwatch,
  },
  watch: {
    arity: -2,
    flags: FLAGS,
    keys: allKeys('RO'),
    syntax: 'key [key ...]',
    since: '2.2.0',
    complexity: 'O(1) for every key.',
    summary: 'Makes the next EXEC do nothing if a key is changed before it.',
    run: watch,
  },
} satisfies CommandGroup;
