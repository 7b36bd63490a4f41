import { Arguments } from '../commands/arguments.ts';
import type { Call, Command } from '../commands/command.ts';
import type { CommandTable } from '../commands/table.ts';
import { CommandError, errors, wrongArity } from '../errors.ts';
import type { Instance } from '../instance/instance.ts';
import { GATE_AUTH, GATE_MULTI, GATE_REPLY_OFF, GATE_REPLY_SKIP, type Session } from '../instance/session.ts';
import type { Database } from '../keyspace/database.ts';
import { evict } from '../keyspace/eviction.ts';
import type { Keyspace } from '../keyspace/keyspace.ts';
import type { ReplyWriter } from '../resp/reply-writer.ts';
import { argumentsOf, type Request, StoredRequest } from '../resp/request.ts';
import { RunClock } from './run-clock.ts';
import { unknownCommand, unknownSubcommand } from './unknown-command.ts';

/** The command may not run now (CLIENT PAUSE): keep it and everything behind it. */
export const MUST_WAIT = false;
export const DONE = true;

/** Answered `+QUEUED` inside MULTI unless they are these. */
const NEVER_QUEUED = new Set(['exec', 'discard', 'multi', 'watch', 'quit', 'reset']);

/**
 * Runs requests: finds the command, checks what Redis checks in Redis's order, runs it and turns what it throws into
 * an error reply. The only place that knows the difference between a client's error and a bug of ours.
 */
export class Dispatcher {
  readonly reply: ReplyWriter;
  readonly #instance: Instance;
  readonly #keyspace: Keyspace;
  readonly #table: CommandTable;
  readonly #clock: RunClock;
  readonly #call: MutableCall;
  readonly #values: Instance['settings']['values'];

  constructor(instance: Instance, table: CommandTable, reply: ReplyWriter) {
    this.#instance = instance;
    this.#keyspace = instance.keyspace;
    this.#table = table;
    this.reply = reply;
    this.#values = instance.settings.values;
    this.#clock = new RunClock(instance);
    this.#call = new MutableCall(instance, table, reply, (request) => this.#runQueued(request));
  }

  /** Before the requests of one read: reads the clock. */
  beginBatch(): void {
    this.#clock.start();
  }

  /** After the requests of one read. */
  endBatch(): void {
    this.#clock.stop();
  }

  /** Runs one request of `session` and writes its reply. @returns MUST_WAIT or DONE. */
  execute(session: Session, request: Request): boolean {
    const mark = this.reply.length;
    this.reply.protocol = session.protocol;
    const command = this.#find(session, request);
    if (command === undefined) return this.#silence(session, mark);
    if (session.gate !== 0 || this.#instance.pause.until !== 0) {
      if (this.#mustWait(session, command)) return MUST_WAIT;
      if (this.#gated(session, command, request)) return this.#silence(session, mark);
    }
    if (this.#instance.monitors.size > 0) this.#monitor(session, command, request);
    if (command.deniedWhenFull && this.#values.maxmemory > 0 && !this.#fits(session, command)) return DONE;
    this.#run(session, command, request);
    return session.gate === 0 ? DONE : this.#silence(session, mark);
  }

  /** The command, if there is one and it may be called with so many arguments; otherwise the error is written. */
  #find(session: Session, request: Request): Command | undefined {
    const found = this.#table.find(request.bytes, request.starts[0]!, request.lengths[0]!);
    if (found === undefined) return this.#refuse(session, undefined, unknownCommand(request));
    const command = found.subcommands === undefined ? found : this.#subcommand(found, request);
    if (command === undefined) return this.#refuse(session, found, unknownSubcommand(found, request));
    const { arity } = command;
    if (arity > 0 ? request.argc === arity : request.argc >= -arity) return command;
    return this.#refuse(session, command, wrongArity(command.name));
  }

  #subcommand(container: Command, request: Request): Command | undefined {
    if (request.argc === 1) return container;
    const { buffer, byteOffset } = request.bytes;
    const word = Buffer.from(buffer, byteOffset + request.starts[1]!, request.lengths[1]!).toString('latin1');
    return container.subcommands?.get(word.toLowerCase());
  }

  /** Writes an error for a command that did not run; a transaction that misses it cannot be executed. */
  #refuse(session: Session, command: Command | undefined, error: CommandError): undefined {
    if (session.queue !== undefined) session.queueFailed = true;
    if (command === undefined) this.#instance.unknownCommands++;
    else this.#instance.commandCounters.reject(command.index);
    this.#instance.errors.add(error.message);
    this.reply.error(error.message);
    return undefined;
  }

  /** The slow path of sessions in a special state. @returns true if the request is dealt with. */
  #gated(session: Session, command: Command, request: Request): boolean {
    const { gate } = session;
    if ((gate & GATE_AUTH) !== 0 && !command.withoutAuth) {
      this.#refuse(session, command, errors.noAuth);
      return true;
    }
    if ((gate & GATE_MULTI) === 0 || NEVER_QUEUED.has(command.name)) return false;
    this.#enqueue(session, command, request);
    return true;
  }

  #enqueue(session: Session, command: Command, request: Request): void {
    if (command.notInMulti) {
      this.#refuse(session, command, new CommandError(`ERR Command not allowed inside a transaction`));
      return;
    }
    if (command.deniedWhenFull && !this.#fits(session, command)) return;
    session.queue?.push({ request: StoredRequest.of(request), writes: command.writes });
    this.reply.queued();
  }

  /** True if the pause concerns the command: all of them, or those that write. */
  #mustWait(session: Session, command: Command): boolean {
    const { pause } = this.#instance;
    if (pause.until === 0 || this.#keyspace.now >= pause.until) return false;
    if ((session.gate & GATE_MULTI) !== 0 && command.name !== 'exec') return false;
    const writes = command.writes || (command.name === 'exec' && session.queue?.some((queued) => queued.writes));
    if (!pause.all && writes !== true) return false;
    return command.name !== 'client|unpause' && command.name !== 'client|pause';
  }

  /** Makes room for a command that may need memory; otherwise the error is written. */
  #fits(session: Session, command: Command): boolean {
    if (evict(this.#keyspace, this.#values)) return true;
    this.#refuse(session, command, errors.outOfMemory);
    return false;
  }

  #run(session: Session, command: Command, request: Request): void {
    const { reply } = this;
    const mark = reply.length;
    this.#clock.enter(command, request, session);
    session.lastCommand = command;
    session.lastActiveAt = this.#keyspace.now;
    this.#call.enter(session, command, request);
    let failed = false;
    try {
      if (command.run === undefined) throw wrongArity(command.name);
      command.run(this.#call);
    } catch (error) {
      failed = true;
      reply.rewind(mark);
      reply.protocol = session.protocol;
      reply.error(this.#explain(error, command));
    }
    this.#clock.leave(command, failed);
  }

  /** One command of EXEC: its reply follows in place. Errors do not stop the transaction. */
  #runQueued(request: Request): void {
    const { session } = this.#call;
    const command = this.#find(session, request);
    if (command === undefined) return;
    if (this.#instance.monitors.size > 0) this.#monitor(session, command, request);
    this.#run(session, command, request);
  }

  #explain(error: unknown, command: Command): string {
    if (error instanceof CommandError) {
      this.#instance.errors.add(error.message);
      return error.message;
    }
    this.#instance.log.error({ err: error, command: command.name }, 'a command failed by a fault of the server');
    this.#instance.errors.add(errors.internal.message);
    return errors.internal.message;
  }

  #monitor(session: Session, command: Command, request: Request): void {
    if (command.hiddenFromMonitor) return;
    const origin = `${session.databaseIndex} ${session.address}`;
    this.#instance.monitors.show(this.#keyspace.clock.now(), origin, argumentsOf(request));
  }

  /** Drops the reply of a client that asked for none (CLIENT REPLY). */
  #silence(session: Session, mark: number): boolean {
    if ((session.gate & (GATE_REPLY_OFF | GATE_REPLY_SKIP)) !== 0) {
      this.reply.rewind(mark);
      if (session.skipNext > 0 && --session.skipNext === 0) session.open(GATE_REPLY_SKIP);
    }
    return DONE;
  }
}

/** The one Call object, filled anew for each command. */
class MutableCall implements Call {
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
    this.session = session;
    this.command = command;
    this.database = this.keyspace.databases[session.databaseIndex]!;
  }

  run(request: Request): void {
    const { session, command } = this;
    const own = this.args.request;
    this.#runQueued(request);
    this.enter(session, command, own);
  }
}
