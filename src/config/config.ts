import os from 'node:os';
import path from 'node:path';
import type { Kind } from './kind.ts';
import { ConfigError } from './setting-error.ts';
import {
  SETTING_NAMES,
  type SETTINGS,
  type SettingName,
  STARTUP_NAMES,
  settingOf,
  variableOf,
} from './settings.ts';

type Camel<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : S;
type Value<N extends SettingName> = (typeof SETTINGS)[N] extends { readonly kind: Kind<infer T> } ? T : never;

/** Every setting by its name in camel case (`maxmemoryPolicy`), checked and frozen. Folders are absolute. */
export type Config = { readonly [N in SettingName as Camel<N>]: Value<N> };

type Draft = { -readonly [K in keyof Config]: Config[K] };

/** Some settings, typed or, where the type is not a word already, as the text a user would write. */
export type PartialConfig = {
  readonly [K in keyof Config]?: Config[K] | (Config[K] extends string ? never : string) | undefined;
};

/** Texts of settings, by name. */
export type SettingTexts = { readonly [N in SettingName]?: string };

/** Bytes a folder for sockets may have: what the shortest limit of an address (103) leaves beside SOCKET_NAME_BYTES. */
export const RUN_DIR_BYTES = 72;
/** Bytes the name of a socket inside it may have. */
export const SOCKET_NAME_BYTES = 30;

/** The property of Config that holds a setting. */
export function propertyOf(name: SettingName): keyof Config {
  return name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase()) as keyof Config;
}

function defaultRunDir(port: number): string {
  const user = process.getuid?.() ?? 0;
  const name = `corespond-${user}-${port === 0 ? `pid${process.pid}` : port}`;
  const chosen = path.join(os.tmpdir(), name);
  return Buffer.byteLength(chosen) <= RUN_DIR_BYTES ? chosen : path.join('/tmp', name);
}

/**
 * A Config from texts, defaults where there are none; relative folders start at `cwd`.
 * Throws SettingError for a bad value, ConfigError for values that do not go together.
 */
export function configFromTexts(texts: SettingTexts, cwd: string): Config {
  const values: Partial<Record<keyof Config, unknown>> = {};
  for (const name of SETTING_NAMES) {
    const { kind, default: preset } = settingOf(name);
    const chosen = texts[name];
    const base = kind.parse(preset);
    values[propertyOf(name)] = chosen === undefined ? base : kind.parse(chosen, base);
  }
  const draft = values as Draft;
  draft.dir = path.resolve(cwd, draft.dir);
  draft.runDir = draft.runDir === 'auto' ? defaultRunDir(draft.port) : path.resolve(cwd, draft.runDir);
  const bytes = Buffer.byteLength(draft.runDir);
  if (bytes > RUN_DIR_BYTES) {
    throw new ConfigError(
      `run-dir ${draft.runDir} is ${bytes} bytes long, at most ${RUN_DIR_BYTES} are allowed`,
    );
  }
  return Object.freeze(draft);
}

/** A Config from typed values or texts, checked exactly as those of the command line. Throws ConfigError. */
export function configFrom(partial: PartialConfig = {}, cwd: string = process.cwd()): Config {
  const known = new Map(SETTING_NAMES.map((name) => [propertyOf(name) as string, name]));
  const texts: { [N in SettingName]?: string } = {};
  for (const [property, value] of Object.entries(partial)) {
    const name = known.get(property);
    if (name === undefined) throw new ConfigError(`${property} is not a setting`);
    if (value === undefined) continue;
    const setting = settingOf(name);
    try {
      texts[name] = typeof value === 'string' ? value : setting.kind.format(value);
      setting.kind.parse(texts[name], setting.kind.parse(setting.default));
    } catch {
      const shown = setting.secret ? '(hidden)' : JSON.stringify(value);
      throw new ConfigError(`${property} is ${shown} but must be ${setting.kind.allowed}`);
    }
  }
  return configFromTexts(texts, cwd);
}

/** A Config as variables of the environment, password included, for a process that is to have the same. */
export function variablesFrom(config: Config): Record<string, string> {
  return Object.fromEntries(
    STARTUP_NAMES.map((name) => [variableOf(name), settingOf(name).kind.format(config[propertyOf(name)])]),
  );
}
