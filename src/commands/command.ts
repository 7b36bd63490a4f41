import type { Settings } from '../config/live.ts';
import type { Instance } from '../instance/instance.ts';
import type { Session } from '../instance/session.ts';
import type { Database } from '../keyspace/database.ts';
import type { Keyspace } from '../keyspace/keyspace.ts';
import type { ReplyWriter } from '../resp/reply-writer.ts';
import type { Request } from '../resp/request.ts';
import type { Arguments } from './arguments.ts';
import type { CommandTable } from './table.ts';

/** Everything a handler works with. One object is reused for every call: keep nothing of it. */
export interface Call {
  readonly args: Arguments;
  readonly reply: ReplyWriter;
  readonly session: Session;
  /** The database that the session has selected. */
  readonly database: Database;
  readonly keyspace: Keyspace;
  readonly instance: Instance;
  readonly settings: Settings;
  /** All commands. */
  readonly table: CommandTable;
  /** The command that runs: its full name is what error texts quote. */
  readonly command: Command;
  /** Runs another command of the same session now, its reply following in place (EXEC). */
  run(request: Request): void;
  /**
   * Lets the client wait until one of the keys in arguments `first` to `last` has a value of the type
   * (a type code); the command is then run again, with the same arguments or with those of `request`.
   * A handler that has found nothing calls it and, if it returns true, writes no reply.
   * @param milliseconds 0: for ever.
   * @returns false if this call may not wait (in a transaction): the handler then replies as when the time is up.
   */
  block(type: number, first: number, last: number, milliseconds: number, request?: Request): boolean;
  /** True while a command that has waited is run again. */
  readonly isRetry: boolean;
  /** Whether the key in an argument is to be looked at: all of them, but when a command that has waited is run again only the one that is ready. */
  isReady(index: number): boolean;
  /** Hides arguments `first` to `last`, which hold a secret, from MONITOR and SLOWLOG. */
  redact(first: number, last: number): void;
}

/** Runs a command: reads the arguments, writes exactly one reply (or throws a CommandError before any change). */
export type Handler = (call: Call) => void;

/** What a command does and how it may be used; Redis's own flag words (COMMAND INFO shows them). */
export type Flag =
  | 'write'
  | 'readonly'
  | 'denyoom'
  | 'module'
  | 'admin'
  | 'pubsub'
  | 'noscript'
  | 'blocking'
  | 'loading'
  | 'stale'
  | 'skip_monitor'
  | 'skip_slowlog'
  | 'fast'
  | 'no_auth'
  | 'may_replicate'
  | 'sentinel'
  | 'movablekeys'
  | 'allow_busy'
  | 'no_async_loading'
  | 'no_multi'
  | 'no_mandatory_keys';

/** Runs a command that needs nothing but its arguments; a worker may do so by itself. */
export type LocalHandler = (call: Pick<Call, 'args' | 'reply' | 'command'>) => void;

/** How we treat a command beyond what Redis's flags say; not shown to clients. */
export type Trait =
  /** Constant time though not `fast`: its duration is measured over a run of equal commands. */
  | 'brief'
  /** For those who look after servers; COMMAND DOCS says `syscmd`. */
  | 'internal';

/** Keys at fixed places: first, last (negative: from the end) and step. */
export interface FixedKeys {
  readonly first: number;
  readonly last: number;
  readonly step: number;
}

/** Keys behind their number, which is argument `numberAt`. */
export interface NumberedKeys {
  readonly numberAt: number;
}

/** Keys behind a word, which is looked for from argument `from` on: one, or half of all arguments that follow. */
export interface KeysBehindWord {
  readonly word: string;
  readonly from: number;
  readonly keys: 'one' | 'half';
}

/** Keys of which only the command's `findKeys` knows. */
export interface UnknownKeys {
  readonly unknown: true;
}

/** Which arguments are keys, and what happens to them. */
export type KeySpec = (FixedKeys | NumberedKeys | KeysBehindWord | UnknownKeys) & KeyUse;

export interface KeyUse {
  /** Redis's key-spec flags: `RO access`, `RW update`, `OW delete` … */
  readonly flags: string;
  /** Redis's remark on the spec, shown by COMMAND INFO. */
  readonly notes?: string;
}

/** A key among the arguments of a call, and what happens to it: `RO access` … */
export interface KeyArgument {
  readonly index: number;
  readonly access: string;
}

/** One command: its entry in the table. Everything else (lookup, COMMAND, metrics, docs) follows from it. */
export interface CommandEntry {
  /** Number of arguments with the name; negative: at least that many. */
  readonly arity: number;
  readonly flags?: readonly Flag[];
  readonly traits?: readonly Trait[];
  readonly keys?: readonly KeySpec[];
  /** Key positions for COMMAND GETKEYS where no KeySpec can say them. */
  readonly findKeys?: (args: Arguments) => KeyArgument[];
  /** What happens to the keys of a spec with `variable_flags`, as the arguments decide it: `RO access` … */
  readonly keyAccess?: (args: Arguments) => string;
  /** ACL categories beyond those that follow from the flags, without `@`; if missing, that of the group. */
  readonly categories?: readonly string[];
  /** Arguments in the notation of Redis's manual: `key value [NX | XX]`. */
  readonly syntax?: string;
  readonly since: string;
  /** Since when, and what to use instead. */
  readonly deprecated?: { readonly since: string; readonly use: string };
  readonly summary: string;
  readonly complexity?: string;
  /** Hints for clients and proxies (COMMAND INFO's tips). */
  readonly tips?: readonly string[];
  /** Missing for a container that only has subcommands. */
  readonly run?: Handler;
  /** The same where a worker may answer by itself, without the keyspace. */
  readonly local?: LocalHandler;
  readonly subcommands?: CommandGroup;
}

/** Entries by lower-case name. */
export type CommandGroup = Readonly<Record<string, CommandEntry>>;

/** A command as the table knows it. */
export interface Command {
  /** Dense, from 0: the command's place in counters. */
  readonly index: number;
  /** Lower case; a subcommand as `client|list`. */
  readonly name: string;
  /** The manual's group: `string`, `generic`, `connection` … */
  readonly group: string;
  readonly entry: CommandEntry;
  readonly arity: number;
  readonly run: Handler | undefined;
  readonly subcommands: ReadonlyMap<string, Command> | undefined;
  readonly writes: boolean;
  readonly deniedWhenFull: boolean;
  readonly local: LocalHandler | undefined;
  /** Its duration may be measured over a run of equal commands. */
  readonly sharesClock: boolean;
  /** May run before AUTH. */
  readonly withoutAuth: boolean;
  readonly notInMulti: boolean;
  readonly hiddenFromMonitor: boolean;
  readonly hiddenFromSlowLog: boolean;
}

/** Key specs of the usual shapes. */
export const oneKey = (flags: string): readonly KeySpec[] => [{ first: 1, last: 1, step: 1, flags }];
export const allKeys = (flags: string, step = 1): readonly KeySpec[] => [{ first: 1, last: -1, step, flags }];
