import type { Command, CommandEntry, CommandGroup } from './command.ts';

const SLOTS = 2048;
/** The bit by which a lower-case letter differs from its capital. */
const CASE_BIT = 0x20;
const LETTER_BITS = 0x1f;

/**
 * All commands, looked up by name bytes in any letter case without making a string.
 * A hash table of fixed size: names are few and known at start.
 */
export class CommandTable {
  /** Every command and subcommand, at its {@link Command.index}. */
  readonly commands: readonly Command[];
  readonly #byName = new Map<string, Command>();
  readonly #slots: (Command | undefined)[] = new Array<Command | undefined>(SLOTS).fill(undefined);
  readonly #names: Uint8Array[] = [];

  /** @throws Error if two groups have a command of the same name. */
  constructor(groups: Readonly<Record<string, CommandGroup>>) {
    const commands: Command[] = [];
    for (const [group, entries] of Object.entries(groups)) {
      for (const [name, entry] of Object.entries(entries)) {
        if (this.#byName.has(name)) throw new Error(`Two commands are called ${name}`);
        this.#add(compile(name, group, entry, commands));
      }
    }
    this.commands = commands;
  }

  /** Top-level commands, in the order of the table. */
  get topLevel(): Command[] {
    return [...this.#byName.values()];
  }

  /** A command by lower-case name; `client|list` finds the subcommand. */
  get(name: string): Command | undefined {
    const [container, subcommand] = name.split('|');
    const command = this.#byName.get(container ?? '');
    return subcommand === undefined ? command : command?.subcommands?.get(subcommand);
  }

  /** The top-level command whose name is `bytes[start..start + length)`. */
  find(bytes: Uint8Array, start: number, length: number): Command | undefined {
    for (let slot = hashName(bytes, start, length); ; slot = (slot + 1) & (SLOTS - 1)) {
      const command = this.#slots[slot];
      if (command === undefined) return undefined;
      if (sameName(this.#names[command.index]!, bytes, start, length)) return command;
    }
  }

  #add(command: Command): void {
    const name = Buffer.from(command.name);
    this.#byName.set(command.name, command);
    this.#names[command.index] = name;
    let slot = hashName(name, 0, name.length);
    while (this.#slots[slot] !== undefined) slot = (slot + 1) & (SLOTS - 1);
    this.#slots[slot] = command;
  }
}

/** Three letters tell most names apart; the low five bits of a letter do not know its case. */
const hashName = (bytes: Uint8Array, start: number, length: number): number => {
  const first = bytes[start]! & LETTER_BITS;
  const middle = bytes[start + (length >>> 1)]! & LETTER_BITS;
  const last = bytes[start + length - 1]! & LETTER_BITS;
  return ((first << 6) ^ (middle << 3) ^ last ^ (length << 7)) & (SLOTS - 1);
};

/** `name` is lower case. Only letters may differ by the case bit. */
const sameName = (name: Uint8Array, bytes: Uint8Array, start: number, length: number): boolean => {
  if (name.length !== length) return false;
  for (let i = 0; i < length; i++) {
    let byte = bytes[start + i]!;
    if (byte >= 65 && byte <= 90) byte |= CASE_BIT;
    if (byte !== name[i]) return false;
  }
  return true;
};

const compile = (name: string, group: string, entry: CommandEntry, commands: Command[]): Command => {
  const flags = new Set(entry.flags);
  const traits = new Set(entry.traits);
  const index = commands.length;
  const subcommands = entry.subcommands === undefined ? undefined : new Map<string, Command>();
  const command: Command = {
    index,
    name,
    group,
    entry,
    arity: entry.arity,
    run: entry.run,
    subcommands,
    writes: flags.has('write'),
    deniedWhenFull: flags.has('denyoom'),
    local: entry.local,
    sharesClock: flags.has('fast') || traits.has('brief'),
    withoutAuth: flags.has('no_auth'),
    notInMulti: flags.has('no_multi'),
    hiddenFromMonitor: flags.has('skip_monitor') || flags.has('admin'),
    hiddenFromSlowLog: flags.has('skip_slowlog'),
  };
  commands.push(command);
  for (const [word, subentry] of Object.entries(entry.subcommands ?? {})) {
    subcommands?.set(word, compile(`${name}|${word}`, group, subentry, commands));
  }
  return command;
};
