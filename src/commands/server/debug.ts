import { globMatch } from '../../config/glob.ts';
import { CommandError, errors, wrongSubcommandArity } from '../../errors.ts';
import { isLoopback } from '../../instance/loopback.ts';
import { accessClock } from '../../keyspace/entry.ts';
import { dumpValue } from '../../keyspace/value-dump.ts';
import { RdbWriter } from '../../rdb/rdb-writer.ts';
import { parseDouble } from '../../resp/number.ts';
import type { Call, CommandGroup } from '../command.ts';
import { help } from '../help.ts';

const NOT_ALLOWED = new CommandError(
  'ERR DEBUG command not allowed. If the enable-debug-command option is set to "local", you can run it from a ' +
    'local connection, otherwise you need to set this option in the configuration file, and then restart the server.',
);

/** Nobody ever wakes who waits on this. */
const NEVER = new Int32Array(new SharedArrayBuffer(4));

/** Stops the whole keyspace, as Redis does, so that clients can be tried against a server that hangs. */
const sleep = ({ args, reply }: Call): void => {
  const seconds = parseDouble(args.text(2));
  if (seconds > 0) Atomics.wait(NEVER, 0, 0, seconds * 1000);
  reply.ok();
};

const setActiveExpire = ({ args, reply, instance }: Call): void => {
  instance.activeExpiry = (Number.parseInt(args.text(2), 10) || 0) !== 0;
  reply.ok();
};

const object = ({ args, reply, keyspace, database }: Call): void => {
  const entry = database.peek(args.buffer, args.start(2), args.length(2));
  if (entry === 0) throw errors.noSuchKey;
  const { arena, access, now } = keyspace;
  const idle = access.frequency ? 0 : access.idleSeconds(entry, now);
  reply.status(
    `Value at:0x${entry.toString(16)} refcount:1 encoding:${keyspace.typeOf(entry).encoding(entry)} ` +
      `serializedlength:${serializedLength(keyspace, entry)} lru:${accessClock(arena, entry)} lru_seconds_idle:${idle}`,
  );
};

/** Bytes that the value of `entry` takes in an RDB file, its type not counted. */
const serializedLength = (keyspace: Call['keyspace'], entry: number): number => {
  const writer = new RdbWriter();
  dumpValue(keyspace, entry, writer);
  return Math.max(0, writer.length - 1);
};

/** Whether a glob matches so many letters `a`: how long a hostile pattern takes. */
const stringMatchLength = ({ args, reply }: Call): void => {
  const length = Math.min(Math.max(0, args.integer(2)), MAX_MATCHED);
  reply.integer(globMatch(args.copy(3), Buffer.alloc(length, 'a'), 0, length, false) ? 1 : 0);
};
const MAX_MATCHED = 1024 * 1024;

/** Subcommands by name, each with the number of arguments it takes. */
const SUBCOMMANDS: Readonly<Record<string, readonly [count: number, run: (call: Call) => void]>> = {
  HELP: [
    2,
    help('DEBUG', [
      'OBJECT <key>',
      '    Show low level info about `key` and associated value.',
      'SET-ACTIVE-EXPIRE <0|1>',
      '    Setting it to 0 disables expiring keys in background when they are not',
      '    accessed (otherwise the Redis behavior). Setting it to 1 reenables back the',
      '    default.',
      'SLEEP <seconds>',
      '    Stop the server for <seconds>. Decimals allowed.',
      'STRINGMATCH-LEN <length> <pattern>',
      '    Match a glob against <length> letters: 1 if it matches, otherwise 0.',
    ]),
  ],
  OBJECT: [3, object],
  'SET-ACTIVE-EXPIRE': [3, setActiveExpire],
  SLEEP: [3, sleep],
  'STRINGMATCH-LEN': [4, stringMatchLength],
};

const debug = (call: Call): void => {
  const { args, session, settings } = call;
  const { enableDebugCommand } = settings.values;
  const allowed =
    enableDebugCommand === 'yes' || (enableDebugCommand === 'local' && isLoopback(session.address));
  if (!allowed) throw NOT_ALLOWED;
  const [count, run] = SUBCOMMANDS[args.text(1).toUpperCase()] ?? [];
  if (run === undefined || args.count !== count) throw wrongSubcommandArity('DEBUG', args.latin1(1));
  run(call);
};

export const debugging = {
  debug: {
    arity: -2,
    flags: ['admin', 'noscript', 'loading', 'stale'],
    traits: ['internal'],
    since: '1.0.0',
    complexity: 'Depends on subcommand.',
    summary: 'Tools for those who test servers and clients; allowed by enable-debug-command.',
    run: debug,
  },
} satisfies CommandGroup;
