import { globMatch } from '../../config/glob.ts';
import { CommandError, errors } from '../../errors.ts';
import { Arguments } from '../arguments.ts';
import type { Call, Command, CommandGroup, KeyArgument } from '../command.ts';
import { hasKeys, keyArguments } from '../command-keys.ts';
import { helpCommand } from '../help.ts';
import type { CommandTable } from '../table.ts';
import { categoriesOf } from './acl-categories.ts';
import { writeCommandDocs } from './command-docs.ts';
import { writeCommandInfo, writeWords } from './command-info.ts';

const NO_SUCH_COMMAND = new CommandError('ERR Invalid command specified');
const NO_KEYS = new CommandError('ERR The command has no key arguments');
const BAD_COUNT = new CommandError('ERR Invalid number of arguments specified for command');
const BAD_ARGUMENTS = new CommandError('ERR Invalid arguments specified for command');

/** The commands named from argument `from` on, in that order, unknown ones included; all if there are none. */
const named = ({ args, table }: Call, from: number): (Command | undefined)[] => {
  if (args.count === from) return table.topLevel;
  return Array.from({ length: args.count - from }, (_, i) => byFullName(table, args.text(from + i)));
};

const byFullName = (table: CommandTable, name: string): Command | undefined =>
  name.split('|').length > 2 ? undefined : table.get(name.toLowerCase());

const info = (call: Call): void => {
  const commands = named(call, call.command.subcommands === undefined ? 2 : 1);
  call.reply.array(commands.length);
  for (const command of commands) {
    if (command === undefined) call.reply.null();
    else writeCommandInfo(call.reply, command);
  }
};

const docs = (call: Call): void => {
  const commands = named(call, 2).filter((command) => command !== undefined);
  call.reply.map(commands.length);
  for (const command of commands) writeCommandDocs(call.reply, command);
};

const count = ({ reply, table }: Call): void => reply.integer(table.topLevel.length);

const list = ({ args, reply, table }: Call): void => {
  const chosen = table.commands.filter(filterOf(args));
  reply.array(chosen.length);
  for (const { name } of chosen) reply.text(name);
};

/** @throws errors.syntax */
const filterOf = (args: Arguments): ((command: Command) => boolean) => {
  if (args.count === 2) return () => true;
  if (args.count !== 5 || !args.is(2, 'FILTERBY')) throw errors.syntax;
  if (args.is(3, 'MODULE')) return () => false;
  if (args.is(3, 'ACLCAT')) {
    const category = args.text(4).toLowerCase();
    return (command) => categoriesOf(command).includes(category);
  }
  if (!args.is(3, 'PATTERN')) throw errors.syntax;
  const glob = args.copy(4);
  return ({ name }) => globMatch(glob, Buffer.from(name), 0, name.length, true);
};

/** The keys of the command line that begins at argument 2. */
const keysOfLine = ({ args, table }: Call): [line: Arguments, keys: KeyArgument[]] => {
  const line = argumentsFrom(args, 2);
  const found = table.find(line.buffer, line.start(0), line.length(0));
  const command =
    found?.subcommands === undefined ? found : found.subcommands.get(line.text(1).toLowerCase());
  if (command === undefined) throw NO_SUCH_COMMAND;
  if (!hasKeys(command)) throw NO_KEYS;
  const { arity } = command;
  if (arity > 0 ? line.count !== arity : line.count < -arity) throw BAD_COUNT;
  const keys = keyArguments(command, line);
  const mayHaveNone = command.entry.flags?.includes('no_mandatory_keys') ?? false;
  if (keys === undefined || (keys.length === 0 && !mayHaveNone)) throw BAD_ARGUMENTS;
  return [line, keys];
};

const argumentsFrom = ({ request }: Arguments, first: number): Arguments => {
  const { argc, bytes, starts, lengths } = request;
  const line = new Arguments();
  line.request = {
    argc: argc - first,
    bytes,
    starts: Array.from({ length: argc - first }, (_, i) => starts[first + i]!),
    lengths: Array.from({ length: argc - first }, (_, i) => lengths[first + i]!),
  };
  return line;
};

const getKeys = (call: Call): void => {
  const [line, keys] = keysOfLine(call);
  call.reply.array(keys.length);
  for (const { index } of keys) call.reply.bulk(line.buffer, line.start(index), line.length(index));
};

const getKeysAndFlags = (call: Call): void => {
  const [line, keys] = keysOfLine(call);
  call.reply.array(keys.length);
  for (const { index, access } of keys) {
    call.reply.array(2);
    call.reply.bulk(line.buffer, line.start(index), line.length(index));
    writeWords(call.reply, access.split(' '));
  }
};

const FLAGS = ['loading', 'stale'] as const;
const CATEGORIES = ['connection'];
const UNORDERED = ['nondeterministic_output_order'];
const PER_ARGUMENT = 'O(N) where N is the number of arguments to the command';

export const commandIntrospection = {
  command: {
    arity: -1,
    flags: FLAGS,
    categories: CATEGORIES,
    tips: UNORDERED,
    since: '2.8.13',
    complexity: 'O(N) where N is the total number of Redis commands',
    summary: 'Describes every command: arity, flags, keys, categories.',
    run: info,
    subcommands: {
      count: {
        arity: 2,
        flags: FLAGS,
        categories: CATEGORIES,
        since: '2.8.13',
        complexity: 'O(1)',
        summary: 'Counts the commands of this server.',
        run: count,
      },
      docs: {
        arity: -2,
        flags: FLAGS,
        categories: CATEGORIES,
        tips: UNORDERED,
        syntax: '[command-name [command-name ...]]',
        since: '7.0.0',
        complexity: 'O(N) where N is the number of commands to look up',
        summary: 'Documents commands: what they do, since when, with which arguments.',
        run: docs,
      },
      getkeys: {
        arity: -4,
        flags: FLAGS,
        categories: CATEGORIES,
        since: '2.8.13',
        complexity: PER_ARGUMENT,
        summary: 'Picks the keys out of a whole command line.',
        run: getKeys,
      },
      getkeysandflags: {
        arity: -4,
        flags: FLAGS,
        categories: CATEGORIES,
        since: '7.0.0',
        complexity: PER_ARGUMENT,
        summary: 'Picks the keys out of a whole command line and says what happens to each.',
        run: getKeysAndFlags,
      },
      help: helpCommand('COMMAND', '5.0.0', { categories: CATEGORIES }, [
        '(no subcommand)',
        '    Return details about all Redis commands.',
        'COUNT',
        '    Return the total number of commands in this Redis server.',
        'LIST',
        '    Return a list of all commands in this Redis server.',
        'INFO [<command-name> ...]',
        '    Return details about multiple Redis commands.',
        '    If no command names are given, documentation details for all',
        '    commands are returned.',
        'DOCS [<command-name> ...]',
        '    Return documentation details about multiple Redis commands.',
        '    If no command names are given, documentation details for all',
        '    commands are returned.',
        'GETKEYS <full-command>',
        '    Return the keys from a full Redis command.',
        'GETKEYSANDFLAGS <full-command>',
        '    Return the keys and the access flags from a full Redis command.',
      ]),
      info: {
        arity: -2,
        flags: FLAGS,
        categories: CATEGORIES,
        tips: UNORDERED,
        syntax: '[command-name [command-name ...]]',
        since: '2.8.13',
        complexity: 'O(N) where N is the number of commands to look up',
        summary: 'Describes the named commands: arity, flags, keys, categories.',
        run: info,
      },
      list: {
        arity: -2,
        flags: FLAGS,
        categories: CATEGORIES,
        tips: UNORDERED,
        syntax: '[FILTERBY <MODULE module-name | ACLCAT category | PATTERN pattern>]',
        since: '7.0.0',
        complexity: 'O(N) where N is the total number of Redis commands',
        summary: 'Lists the names of the commands, all or those of a category or pattern.',
        run: list,
      },
    },
  },
} satisfies CommandGroup;
