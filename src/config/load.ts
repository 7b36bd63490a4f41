import { readFileSync } from 'node:fs';
import path from 'node:path';
import dotenv from 'dotenv';
import { parseCommandLine } from './command-line.ts';
import { type Config, configFromTexts, type SettingTexts } from './config.ts';
import { nearest } from './nearest.ts';
import { ConfigError, SettingError } from './setting-error.ts';
import { type SettingName, STARTUP_NAMES, settingOf, variableOf } from './settings.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Where a configuration is read from. */
export interface Sources {
  /** The arguments of the process, without node and script. */
  readonly argv: readonly string[];
  readonly env: Variables;
  /** Where .env lies and relative folders start. */
  readonly cwd: string;
}

const PREFIX = 'CORESPOND_';
const SHOWN_CHARACTERS = 60;

function readEnvFile(file: string): Variables {
  try {
    return dotenv.parse(readFileSync(file));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new ConfigError(`cannot read ${file}: ${error instanceof Error ? error.message : error}`);
  }
}

/** Throws ConfigError unless the setting takes the text; `where` is how the user wrote its name. */
function check(where: string, name: SettingName, text: string): void {
  const { kind, secret, default: preset } = settingOf(name);
  try {
    kind.parse(text, kind.parse(preset));
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    const shown = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
    const value = secret ? 'its value' : JSON.stringify(shown);
    throw new ConfigError(`${where}: ${value} is not allowed, it must be ${kind.allowed}`);
  }
}

/** The settings among some variables. The value of an unknown name is not shown: it may be a password. */
function textsOf(variables: Variables, source: string): SettingTexts {
  const names = new Map(STARTUP_NAMES.map((name) => [variableOf(name), name]));
  const texts: { [N in SettingName]?: string } = {};
  for (const [variable, text] of Object.entries(variables)) {
    if (!variable.startsWith(PREFIX) || text === undefined) continue;
    const name = names.get(variable);
    if (name === undefined) {
      const guess = nearest(variable, [...names.keys()]);
      const hint = guess === undefined ? '' : ` (did you mean ${guess}?)`;
      throw new ConfigError(`${variable}${source} is not a setting${hint}; .env.example lists all of them`);
    }
    check(variable + source, name, text);
    texts[name] = text;
  }
  return texts;
}

function flagsOf(argv: readonly string[]): SettingTexts {
  const commandLine = parseCommandLine(argv);
  if (!('flags' in commandLine)) return {};
  for (const name of STARTUP_NAMES) {
    const text = commandLine.flags[name];
    if (text !== undefined) check(`--${name}`, name, text);
  }
  return commandLine.flags;
}

/** Reads the configuration: defaults, then .env, then the environment, then flags. Throws ConfigError. */
export function loadConfig({ argv, env, cwd }: Sources): Config {
  const file = textsOf(readEnvFile(path.join(cwd, '.env')), ' in .env');
  return configFromTexts({ ...file, ...textsOf(env, ''), ...flagsOf(argv) }, cwd);
}
