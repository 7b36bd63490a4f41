import { Arguments } from '../commands/arguments.ts';
import type { Call, Command } from '../commands/command.ts';
import type { CommandTable } from '../commands/table.ts';
import type { Instance } from '../instance/instance.ts';
import type { Session } from '../instance/session.ts';
import type { Database } from '../keyspace/database.ts';
import type { Keyspace } from '../keyspace/keyspace.ts';
import type { ReplyWriter } from '../resp/reply-writer.ts';
import { argumentsOf, type Request, StoredRequest } from '../resp/request.ts';

const REDACTED = Buffer.from('(redacted)');

/** The one Call object, filled anew for each command. */
export class CurrentCall implements Call {
  readonly args = new Arguments();
  readonly reply: ReplyWriter;
  readonly keyspace: Keyspace;
  readonly instance: Instance;
  readonly settings: Instance['settings'];
  readonly table: CommandTable;
  readonly #runQueued: (request: Request) => void;
  session!: Session;
  database!: Database;
  command!: Command;
  /** The argument that is the key for which a command that has waited is run again; 0: it did not wait. */
  readyIndex = 0;
  #nested = false;
  /** The request as MONITOR and SLOWLOG may show it. */
  shown!: Request;

  constructor(instance: Instance, table: CommandTable, reply: ReplyWriter, run: (request: Request) => void) {
    this.reply = reply;
    this.instance = instance;
    this.keyspace = instance.keyspace;
    this.settings = instance.settings;
    this.table = table;
    this.#runQueued = run;
  }

  enter(session: Session, command: Command, request: Request): void {
    this.args.request = request;
    this.shown = request;
    this.session = session;
    this.command = command;
    this.database = this.keyspace.databases[session.databaseIndex]!;
  }

  run(request: Request): void {
    const { session, command } = this;
    const own = this.args.request;
    this.#nested = true;
    this.#runQueued(request);
    this.#nested = false;
    this.enter(session, command, own);
  }

  get isRetry(): boolean {
    return this.readyIndex !== 0;
  }

  isReady(index: number): boolean {
    return this.readyIndex === 0 || this.readyIndex === index;
  }

  block(type: number, first: number, last: number, milliseconds: number, request?: Request): boolean {
    if (this.#nested) return false;
    if (this.isRetry) return true;
    const { args, session } = this;
    const keys: string[] = [];
    for (let i = first; i <= last; i++) keys.push(args.latin1(i));
    this.instance.blocked.add({
      session,
      type,
      databaseIndex: session.databaseIndex,
      keys,
      firstKey: first,
      request: request ?? StoredRequest.of(args.request),
      timeout: milliseconds,
    });
    return true;
  }

  redact(first: number, last: number): void {
    const argv = argumentsOf(this.shown);
    this.shown = new StoredRequest(
      argv.map((argument, i) => (i >= first && i <= last ? REDACTED : argument)),
    );
  }
}
