import { Command, CommanderError, Option } from 'commander';
import { propertyOf, type SettingTexts } from './config.ts';
import { ConfigError } from './setting-error.ts';
import { GROUPS, type SettingName, STARTUP_NAMES, settingOf, variableOf } from './settings.ts';
import { VERSION } from './version.ts';

/** What this process is to be: `core` is a supervisor whose workers are forked by someone else. */
export const ROLES = ['supervisor', 'core', 'worker', 'keyspace'] as const;
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
  | { readonly action: 'help' | 'version'; readonly text: string };

const INTRODUCTION = 'A Redis-compatible server that uses every core.';
const ROLE_HELP = 'left out: everything; for pm2, core: all but the workers, worker: one worker';
const FOOTER = `
Each setting may also be a variable of the environment or a line of the file .env, such as ${variableOf('port')}=6379.
Flags win over the environment, the environment over .env.`;

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

function createCommand(): Command {
  const command = new Command('corespond')
    .description(INTRODUCTION)
    .argument('[role]', ROLE_HELP)
    .configureHelp({ helpWidth: 200 })
    .configureOutput({ writeOut: () => {}, writeErr: () => {}, outputError: () => {} })
    .exitOverride()
    .allowExcessArguments(false)
    .addHelpText('after', FOOTER)
    .helpOption('-h, --help', 'print this text')
    .option('-v, --version', 'print the version')
    .option('--check', 'check the configuration, folders and ports, then exit without serving');
  for (const [title, names] of GROUPS) {
    for (const name of names) if (settingOf(name).startup) command.addOption(settingOption(name, title));
  }
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

/** The help text of the command line. */
export function helpText(): string {
  let text = '';
  createCommand()
    .configureOutput({ writeOut: (part) => (text += part) })
    .outputHelp();
  return text;
}

/** Reads the arguments of the process (without node and script). Throws ConfigError. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const command = createCommand();
  try {
    command.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') return { action: 'help', text: helpText() };
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
  return {
    action: options.check ? 'check' : 'run',
    role: roleOf(command.processedArgs[0]),
    slot: options.slot ?? null,
    flags,
  };
}
