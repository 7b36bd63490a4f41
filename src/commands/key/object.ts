import { errors } from '../../errors.ts';
import { parseInteger } from '../../resp/number.ts';
import type { Call, CommandEntry, CommandGroup } from '../command.ts';
import { helpCommand } from '../help.ts';

/** Integers below this are one object for all keys in Redis, unless each needs an access clock of its own. */
const SHARED_INTEGERS = 10000;
/** What Redis says of an object that is never freed. */
const SHARED_COUNT = 2147483647;

/** Answers about the value of argument 2, or with null if there is none. */
const about =
  (answer: (call: Call, entry: number) => void) =>
  (call: Call): void => {
    const { args, database, reply } = call;
    const entry = database.inspect(args.buffer, args.start(2), args.length(2));
    if (entry === 0) reply.null();
    else answer(call, entry);
  };

const encoding = about(({ keyspace, reply }, entry) => {
  reply.text(keyspace.typeOf(entry).encoding(entry));
});

const frequency = about(({ keyspace, reply }, entry) => {
  if (!keyspace.access.frequency) throw errors.frequencyNotTracked;
  reply.integer(keyspace.access.counter(entry, keyspace.now));
});

const idleTime = about(({ keyspace, reply }, entry) => {
  if (keyspace.access.frequency) throw errors.idleTimeNotTracked;
  reply.integer(keyspace.access.idleSeconds(entry, keyspace.now));
});

const references = about((call, entry) => {
  call.reply.integer(isShared(call, entry) ? SHARED_COUNT : 1);
});

/** True for what is one object for all keys in Redis: a small integer, while no eviction policy needs its access clock. */
const isShared = ({ keyspace, settings }: Call, entry: number): boolean => {
  const { maxmemory, maxmemoryPolicy } = settings.values;
  if (maxmemory > 0 && /-l[rf]u$/.test(maxmemoryPolicy)) return false;
  if (keyspace.typeOf(entry).encoding(entry) !== 'int') return false;
  const { bytes, start, length } = keyspace.strings.view(entry);
  const value = parseInteger(bytes, start, length);
  return value >= 0 && value < SHARED_INTEGERS;
};

const HELP = [
  'ENCODING <key>',
  '    Return the kind of internal representation used in order to store the value',
  '    associated with a <key>.',
  'FREQ <key>',
  '    Return the access frequency index of the <key>. The returned integer is',
  '    proportional to the logarithm of the recent access frequency of the key.',
  'IDLETIME <key>',
  '    Return the idle time of the <key>, that is the approximated number of',
  '    seconds elapsed since the last access to the key.',
  'REFCOUNT <key>',
  '    Return the number of references of the value associated with the specified',
  '    <key>.',
];

const inspection = (more: Pick<CommandEntry, 'since' | 'summary' | 'run'>) =>
  ({
    arity: 3,
    flags: ['readonly'],
    keys: [{ first: 2, last: 2, step: 1, flags: 'RO' }],
    syntax: 'key',
    complexity: 'O(1)',
    tips: ['nondeterministic_output'],
    ...more,
  }) satisfies CommandEntry;

const subcommands = {
  encoding: inspection({
    since: '2.2.3',
    summary: 'Returns how Redis would keep the value of a key.',
    run: encoding,
  }),
  freq: inspection({
    since: '4.0.0',
    summary: 'Returns the logarithmic counter of accesses to a key, under an LFU policy.',
    run: frequency,
  }),
  help: helpCommand('OBJECT', '6.2.0', {}, HELP),
  idletime: inspection({
    since: '2.2.3',
    summary: 'Returns the seconds since the last access to a key, unless under an LFU policy.',
    run: idleTime,
  }),
  refcount: inspection({
    since: '2.2.3',
    summary: 'Returns how many keys share the value in Redis: 1, or no number at all for a small integer.',
    run: references,
  }),
} satisfies CommandGroup;

/** OBJECT: what is known of the value of a key. */
export const object = {
  object: {
    arity: -2,
    since: '2.2.3',
    complexity: 'Depends on the subcommand.',
    summary: 'Tells how the value of a key is kept and used.',
    subcommands,
  },
} satisfies CommandGroup;
