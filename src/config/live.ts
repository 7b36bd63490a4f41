import { type Config, propertyOf } from './config.ts';
import { FIXED, IMMUTABLE } from './fixed.ts';
import { globMatch } from './glob.ts';
import { RefusedSettingError, SettingError, UnknownSettingError } from './setting-error.ts';
import { configNameOf, SETTING_NAMES, type SettingName, settingOf } from './settings.ts';

/** One name that CONFIG shows: of a setting, or of a fixed answer. */
interface Entry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly setting: SettingName | null;
  /** The answer where there is no setting. */
  readonly answer: string;
}

type Mutable = { -readonly [K in keyof Config]: Config[K] };
type Change = readonly [setting: SettingName, value: unknown];

function entry(name: string, setting: SettingName | null, answer = ''): readonly [string, Entry] {
  return [name, { name, bytes: Buffer.from(name), setting, answer }];
}

function entriesOf(setting: SettingName): Array<readonly [string, Entry]> {
  const names = [configNameOf(setting), settingOf(setting).alias];
  return names.filter((name) => typeof name === 'string').map((name) => entry(name, setting));
}

const ENTRIES: ReadonlyMap<string, Entry> = new Map([
  ...SETTING_NAMES.flatMap(entriesOf),
  ...Object.entries({ ...FIXED, ...IMMUTABLE }).map(([name, answer]) => entry(name, null, answer)),
]);

/** The settings of a running server: what CONFIG GET reads and CONFIG SET changes. */
export class Settings {
  /** The values of now. Read them where they are used, so that a change is seen; always the same object. */
  readonly values: Config;
  readonly #values: Mutable;
  readonly #listeners = new Map<SettingName, Array<() => void>>();

  constructor(config: Config) {
    this.#values = { ...config };
    this.values = this.#values;
  }

  /** The value of a name of CONFIG, in any letter case, as Redis prints it; undefined for an unknown name. */
  get(name: string): string | undefined {
    const found = ENTRIES.get(name.toLowerCase());
    return found && this.#format(found);
  }

  /** The names and values that any of some globs matches, in any letter case, each once. */
  match(globs: readonly Uint8Array[]): Array<[name: string, value: string]> {
    const matches: Array<[string, string]> = [];
    for (const candidate of ENTRIES.values()) {
      const { bytes } = candidate;
      if (globs.some((glob) => globMatch(glob, bytes, 0, bytes.length, true))) {
        matches.push([candidate.name, this.#format(candidate)]);
      }
    }
    return matches;
  }

  /**
   * Sets all of some pairs of CONFIG names and texts, or none of them.
   * Throws UnknownSettingError or RefusedSettingError for the pair at fault.
   */
  set(pairs: ReadonlyArray<readonly [name: string, text: string]>): void {
    const entries = this.#lookup(pairs);
    const changes = entries.map((found, i) => this.#parse(found, pairs[i]?.[1] ?? ''));
    for (const change of changes) if (change !== null) this.#assign(change);
    for (const change of changes) if (change !== null) this.#notify(change[0]);
  }

  /** Calls `listener` after each CONFIG SET that named a setting. It must not throw. */
  onChange(setting: SettingName, listener: () => void): void {
    const listeners = this.#listeners.get(setting);
    if (listeners === undefined) this.#listeners.set(setting, [listener]);
    else listeners.push(listener);
  }

  #format({ setting, answer }: Entry): string {
    return setting === null ? answer : settingOf(setting).kind.format(this.#values[propertyOf(setting)]);
  }

  /** Redis looks at all the names before it looks at any value. */
  #lookup(pairs: ReadonlyArray<readonly [string, string]>): Entry[] {
    const found: Entry[] = [];
    for (const [name] of pairs) {
      const candidate = ENTRIES.get(name.toLowerCase());
      if (candidate === undefined) throw new UnknownSettingError(name);
      const refusal = refusalOf(candidate);
      if (refusal !== null) throw new RefusedSettingError(candidate.name, refusal);
      if (found.includes(candidate)) throw new RefusedSettingError(name, 'duplicate parameter');
      found.push(candidate);
    }
    return found;
  }

  #parse(found: Entry, text: string): Change | null {
    const { name, setting, answer } = found;
    if (setting === null) {
      if (text.toLowerCase() === answer) return null;
      throw new RefusedSettingError(name, "can't set immutable config");
    }
    try {
      return [setting, settingOf(setting).kind.parse(text, this.#values[propertyOf(setting)])];
    } catch (error) {
      if (error instanceof SettingError) throw new RefusedSettingError(name, error.message);
      throw error;
    }
  }

  #assign([setting, value]: Change): void {
    Object.assign(this.#values, { [propertyOf(setting)]: value });
  }

  #notify(setting: SettingName): void {
    for (const listener of this.#listeners.get(setting) ?? []) listener();
  }
}

function refusalOf({ name, setting }: Entry): string | null {
  const immutable = "can't set immutable config";
  if (setting === null) return Object.hasOwn(IMMUTABLE, name) ? immutable : null;
  const { mutable, refusal } = settingOf(setting);
  return mutable ? null : (refusal ?? immutable);
}
