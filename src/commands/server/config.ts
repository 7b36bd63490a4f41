import { RefusedSettingError, UnknownSettingError } from '../../config/setting-error.ts';
import { CommandError, errors } from '../../errors.ts';
import type { Arguments } from '../arguments.ts';
import type { Call, CommandGroup } from '../command.ts';
import { helpCommand } from '../help.ts';

const NO_FILE = new CommandError('ERR The server is running without a config file');
const GLOB = /[*?[]/;

/** Names without wildcards are answered in the letter case in which they were first asked for, as Redis does. */
const get = ({ args, reply, settings }: Call): void => {
  const found = new Map<string, readonly [name: string, value: string]>();
  const add = (name: string, value: string | undefined) => {
    const key = name.toLowerCase();
    if (value !== undefined && !found.has(key)) found.set(key, [name, value]);
  };
  for (let i = 2; i < args.count; i++) {
    const name = args.text(i);
    if (!GLOB.test(name)) add(name, settings.get(name));
    else for (const [match, value] of settings.match([args.copy(i)])) add(match, value);
  }
  reply.map(found.size);
  for (const pair of found.values()) for (const text of pair) reply.text(text);
};

const set = (call: Call): void => {
  const { args, reply, settings } = call;
  if (args.count % 2 !== 0) throw errors.syntax;
  for (let i = 2; i < args.count; i += 2) if (args.is(i, 'REQUIREPASS')) call.redact(i + 1, i + 1);
  try {
    settings.set(pairsOf(args));
  } catch (error) {
    throw explained(error);
  }
  reply.ok();
};

const pairsOf = (args: Arguments): [name: string, text: string][] => {
  const pairs: [string, string][] = [];
  for (let i = 2; i < args.count; i += 2) pairs.push([args.latin1(i), args.text(i + 1)]);
  return pairs;
};

const explained = (error: unknown): unknown => {
  if (error instanceof UnknownSettingError) {
    return new CommandError(`ERR Unknown option or number of arguments for CONFIG SET - '${error.message}'`);
  }
  if (error instanceof RefusedSettingError) {
    const { setting, message } = error;
    return new CommandError(`ERR CONFIG SET failed (possibly related to argument '${setting}') - ${message}`);
  }
  return error;
};

const resetStatistics = ({ reply, instance }: Call): void => {
  instance.resetStatistics();
  reply.ok();
};

const rewrite = (): void => {
  throw NO_FILE;
};

const FLAGS = ['admin', 'noscript', 'loading', 'stale'] as const;
const PER_PARAMETER = 'O(N) when N is the number of configuration parameters provided';

export const config = {
  config: {
    arity: -2,
    since: '2.0.0',
    complexity: 'Depends on subcommand.',
    summary: 'Reads and changes the settings of the running server.',
    subcommands: {
      get: {
        arity: -3,
        flags: FLAGS,
        syntax: 'parameter [parameter ...]',
        since: '2.0.0',
        complexity: PER_PARAMETER,
        summary: 'Returns the settings that names or patterns match, with their values.',
        run: get,
      },
      help: helpCommand('CONFIG', '5.0.0', {}, [
        'GET <pattern>',
        '    Return parameters matching the glob-like <pattern> and their values.',
        'SET <directive> <value>',
        '    Set the configuration <directive> to <value>.',
        'RESETSTAT',
        '    Reset statistics reported by the INFO command.',
        'REWRITE',
        '    Rewrite the configuration file.',
      ]),
      resetstat: {
        arity: 2,
        flags: FLAGS,
        since: '2.0.0',
        complexity: 'O(1)',
        summary: 'Lets the counters that INFO shows start from zero.',
        run: resetStatistics,
      },
      rewrite: {
        arity: 2,
        flags: FLAGS,
        since: '2.8.0',
        complexity: 'O(1)',
        summary: 'Refused: settings come from the environment and flags, there is no file to rewrite.',
        run: rewrite,
      },
      set: {
        arity: -4,
        flags: FLAGS,
        tips: ['request_policy:all_nodes', 'response_policy:all_succeeded'],
        syntax: 'parameter value [parameter value ...]',
        since: '2.0.0',
        complexity: PER_PARAMETER,
        summary: 'Changes settings, all of those given or none.',
        run: set,
      },
    },
  },
} satisfies CommandGroup;
