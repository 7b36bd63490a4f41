import { Command, CommanderError, Option } from 'commander';
import { propertyOf, type SettingTexts } from './config.ts';
import { ConfigError } from './setting-error.ts';
import { GROUPS, type SettingName, STARTUP_NAMES, settingOf, variableOf } from './settings.ts';
import { VERSION } from './version.ts';

/** What this process is to be: `core` is a supervisor whose workers are forked by someone else. */
const ROLES = ['supervisor', 'core', 'worker', 'keyspace'] as const;
/** Which process of an instance is to be started; the supervisor starts the others. */
export type Role = (typeof ROLES)[number];

/** What the command line asks for. */
export type CommandLine =
  | {
      readonly action: 'run' | 'check';
      readonly role: Role;
      /** The place among its peers of a process that a supervisor started; null when not given. */
      readonly slot: number | null;
      /** The settings given as flags, as they were written. */
      readonly flags: SettingTexts;
    }
  | (TopLine & { readonly action: 'top'; readonly flags: SettingTexts })
  | { readonly action: 'help' | 'version'; readonly text: string };

/** What is asked of `corespond top`. */
export interface TopLine {
  /** The instance to look at, as it was written; null when not given. */
  readonly address: string | null;
  /** Drawings after which it ends; null for never. */
  readonly count: number | null;
  /** Seconds between two of them. */
  readonly interval: number;
}

const INTRODUCTION = 'A Redis-compatible server that uses every core.';
const ROLE_HELP = 'left out: everything; for pm2, core: all but the workers, worker: one worker';
const FOOTER = `
Each setting may also be a variable of the environment or a line of the file .env, such as ${variableOf('port')}=6379.
Flags win over the environment, the environment over .env.`;

const TOP_SUMMARY = 'show the figures of a running instance; corespond top --help tells more';
const TOP_INTRODUCTION = `
Shows the figures of a running instance, of this machine or another one: redrawn in a terminal until you press q,
as plain text where the output goes to a pipe or a file.`.trim();
const ADDRESS_HELP =
  'its HTTP server: a port, host, host:port or URL; left out: metrics-host and metrics-port of the configuration';
const TOP_FOOTER = `
Settings may be given, too, such as --metrics-port 9300; they, the environment and .env tell where the instance is.`;
/** In seconds. */
const LEAST_INTERVAL = 0.1;
const MOST_INTERVAL = 86_400;

function settingOption(name: SettingName, title: string): Option {
  const { help, default: preset } = settingOf(name);
  const shown = preset === '' ? '' : ` (default: ${preset})`;
  return new Option(`--${name} <value>`, help + shown).helpGroup(`${title}:`);
}

function slotOption(): Option {
  return new Option('--slot <n>').hideHelp().argParser((text) => {
    if (!/^\d{1,6}$/.test(text))
      throw new ConfigError(`--slot ${JSON.stringify(text)} must be a whole number`);
    return Number(text);
  });
}

function countOption(): Option {
  return new Option('-n, --count <n>', 'end after so many drawings').argParser((text) => {
    if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
    throw new ConfigError(`--count ${JSON.stringify(text)} must be a whole number from 1 to 999999999`);
  });
}

function intervalOption(): Option {
  return new Option('--interval <seconds>', 'time between two drawings').default(1).argParser((text) => {
    const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
    if (seconds >= LEAST_INTERVAL && seconds <= MOST_INTERVAL) return seconds;
    throw new ConfigError(
      `--interval ${JSON.stringify(text)} must be a number of seconds from ${LEAST_INTERVAL} to ${MOST_INTERVAL}`,
    );
  });
}

/** @param onTop is told what a line that begins with `top` asks for. */
function addTop(command: Command, onTop: (top: TopLine) => void): void {
  command
    .command('top')
    .summary(TOP_SUMMARY)
    .description(TOP_INTRODUCTION)
    .argument('[address]', ADDRESS_HELP)
    .helpOption('-h, --help', 'print this text')
    .addOption(countOption())
    .addOption(intervalOption())
    .addHelpText('after', TOP_FOOTER)
    .action((address: string | undefined, { count, interval }: { count?: number; interval: number }) =>
      onTop({ address: address ?? null, count: count ?? null, interval }),
    );
}

/** Who is told what commander finds beside the options. */
interface Findings {
  /** The texts of help it writes. */
  readonly write: (part: string) => void;
  readonly onTop: (top: TopLine) => void;
}

function createCommand({ write, onTop }: Findings): Command {
  const command = new Command('corespond')
    .description(INTRODUCTION)
    .argument('[role]', ROLE_HELP)
    // Without an action of its own a command that has others below it takes every other word for one of these.
    .action(() => {})
    .helpCommand(false)
    .configureHelp({ helpWidth: 200 })
    .configureOutput({ writeOut: write, writeErr: () => {}, outputError: () => {} })
    .exitOverride()
    .allowExcessArguments(false)
    .addHelpText('after', FOOTER)
    .helpOption('-h, --help', 'print this text')
    .option('-v, --version', 'print the version')
    .option('--check', 'check the build, the configuration, folders and ports, then exit without serving');
  for (const [title, names] of GROUPS) {
    for (const name of names) if (settingOf(name).startup) command.addOption(settingOption(name, title));
  }
  addTop(command, onTop);
  return command.addOption(slotOption());
}

/** One line out of commander's message, which may have a second one with a suggestion. */
function refusal(error: CommanderError): ConfigError {
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  const reason = [first.replace(/\.$/, ''), ...rest].join(' ');
  return new ConfigError(`${reason}; see corespond --help`);
}

function roleOf(word = 'supervisor'): Role {
  const role = ROLES.find((candidate) => candidate === word);
  if (role === undefined) {
    throw new ConfigError(
      `${JSON.stringify(word)} is not allowed: the role must be one of ${ROLES.join(', ')}`,
    );
  }
  return role;
}

/** Reads the arguments of the process (without node and script). Throws ConfigError. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  let help = '';
  let top: TopLine | undefined;
  const command = createCommand({
    write: (part) => (help += part),
    onTop: (asked) => {
      top = asked;
    },
  });
  try {
    command.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') return { action: 'help', text: help };
    throw refusal(error);
  }
  const options = command.opts<
    Record<string, string | undefined> & { slot?: number; check?: true; version?: true }
  >();
  if (options.version) return { action: 'version', text: `corespond ${VERSION}\n` };
  const flags: { [N in SettingName]?: string } = {};
  for (const name of STARTUP_NAMES) {
    const text = options[propertyOf(name)];
    if (text !== undefined) flags[name] = text;
  }
  if (top !== undefined) {
    if (options.check) throw new ConfigError('--check does not go with top');
    return { action: 'top', ...top, flags };
  }
  return {
    action: options.check ? 'check' : 'run',
    role: roleOf(command.processedArgs[0]),
    slot: options.slot ?? null,
    flags,
  };
}
