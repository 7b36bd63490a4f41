import type { Command } from '../commands/command.ts';
import { keyArguments } from '../commands/command-keys.ts';
import type { CommandTable } from '../commands/table.ts';
import { CommandError, errors, execAbortedBy, wrongArity } from '../errors.ts';
import type { BlockedClient } from '../instance/blocked-clients.ts';
import type { Instance } from '../instance/instance.ts';
import {
  GATE_AUTH,
  GATE_BLOCKED,
  GATE_MONITOR,
  GATE_MULTI,
  GATE_NO_TOUCH,
  GATE_REPLY_OFF,
  GATE_REPLY_SKIP,
  type Session,
} from '../instance/session.ts';
import { discardTransaction } from '../instance/transaction.ts';
import { evict } from '../keyspace/eviction.ts';
import type { Keyspace } from '../keyspace/keyspace.ts';
import { OutOfMemoryError } from '../memory/arena.ts';
import { latin1 } from '../resp/latin1.ts';
import type { ReplyWriter } from '../resp/reply-writer.ts';
import { argumentsOf, type Request, StoredRequest } from '../resp/request.ts';
import { isHeldUp, isQueued, mayWrite, needsMemory, touchesKeys } from './admission.ts';
import { CurrentCall } from './current-call.ts';
import { RunClock } from './run-clock.ts';
import { isHttp, unknownCommand, unknownSubcommand } from './unknown-command.ts';

/** The command may not run now (CLIENT PAUSE): keep it and everything behind it. */
export const MUST_WAIT = false;
export const DONE = true;

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
  readonly #call: CurrentCall;
  readonly #values: Instance['settings']['values'];
  /** What a session that runs MONITOR has yet to see of its own commands: it goes behind their replies. */
  readonly #ownLines: Buffer[] = [];

  constructor(instance: Instance, table: CommandTable, reply: ReplyWriter) {
    this.#instance = instance;
    this.#keyspace = instance.keyspace;
    this.#table = table;
    this.reply = reply;
    this.#values = instance.settings.values;
    this.#clock = new RunClock(instance);
    this.#call = new CurrentCall(instance, table, reply, (request) => this.#runQueued(request));
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
    session.lastCommand = command;
    if (session.gate !== 0 || this.#instance.pause.until !== 0) {
      return this.#executeGated(session, command, request, mark);
    }
    if (command === undefined) return DONE;
    if (command.deniedWhenFull && this.#values.maxmemory > 0 && !this.#fits(session, command)) return DONE;
    this.#run(session, command, request);
    return session.gate === 0 ? DONE : this.#finishGated(session, mark);
  }

  /**
   * Runs the command of a blocked client again, for a key that is ready. Its reply is written, if there is one to give.
   * @returns false if the client has to go on waiting.
   */
  retry({ session, request, keys, firstKey }: BlockedClient, key: string): boolean {
    const mark = this.reply.length;
    this.reply.protocol = session.protocol;
    const command = this.#find(session, request)!;
    const call = this.#call;
    call.readyIndex = firstKey + keys.indexOf(key);
    call.enter(session, command, request);
    this.#keyspace.touching = (session.gate & GATE_NO_TOUCH) === 0;
    try {
      command.run?.(call);
    } catch (error) {
      this.reply.rewind(mark);
      this.reply.error(this.#explain(error, command));
    }
    call.readyIndex = 0;
    this.#keyspace.touching = true;
    if (this.reply.length === mark) return false;
    this.#finishGated(session, mark);
    return true;
  }

  /** The slow path: a session in a special state, or a pause of all. */
  #executeGated(session: Session, command: Command | undefined, request: Request, mark: number): boolean {
    if (command !== undefined && this.#admits(session, command)) {
      if (isHeldUp(this.#instance.pause, session, command, this.#keyspace.now)) return MUST_WAIT;
      if (isQueued(session, command)) this.#enqueue(session, command, request);
      else this.#runGated(session, command, request);
    }
    return this.#finishGated(session, mark);
  }

  /** The command, if there is one and it may be called with so many arguments; otherwise the error is written. */
  #find(session: Session, request: Request): Command | undefined {
    const found = this.#table.find(request.bytes, request.starts[0]!, request.lengths[0]!);
    if (found === undefined) return this.#refuseUnknown(session, request);
    const command = found.subcommands === undefined ? found : this.#subcommand(found, request);
    if (command === undefined) return this.#refuse(session, found, unknownSubcommand(found, request));
    const { arity } = command;
    if (arity > 0 ? request.argc === arity : request.argc >= -arity) return command;
    return this.#refuse(session, command, wrongArity(command.name));
  }

  #subcommand(container: Command, request: Request): Command | undefined {
    if (request.argc === 1) return container;
    const word = latin1(request.bytes, request.starts[1]!, request.lengths[1]!);
    return container.subcommands?.get(word.toLowerCase());
  }

  /** A browser that was led here by a foreign page must not get to run anything, so its connection is cut. */
  #refuseUnknown(session: Session, request: Request): undefined {
    if (!isHttp(request)) return this.#refuse(session, undefined, unknownCommand(request));
    this.#instance.log.warn('a client spoke HTTP: its connection is closed');
    session.closing = 'protocol_error';
    session.cut = true;
    return undefined;
  }

  /** Writes an error for a command that did not run; a transaction that misses it cannot be executed. */
  #refuse(session: Session, command: Command | undefined, error: CommandError): undefined {
    if (session.queue !== undefined) session.queueFailed = true;
    if (command === undefined) this.#instance.unknownCommands++;
    else this.#instance.commandCounters.reject(command.index);
    let { message } = error;
    if (command?.name === 'exec') {
      discardTransaction(session, this.#keyspace.watch);
      message = execAbortedBy(error).message;
    }
    this.#instance.errors.add(message);
    this.reply.error(message);
    return undefined;
  }

  /** True if the command may run or be queued; otherwise the error is written. */
  #admits(session: Session, command: Command): boolean {
    const { gate } = session;
    if ((gate & GATE_AUTH) !== 0 && !command.withoutAuth) {
      this.#refuse(session, command, errors.noAuth);
      return false;
    }
    if ((gate & GATE_MULTI) !== 0 && command.notInMulti) {
      this.#refuse(session, command, errors.notInTransaction);
      return false;
    }
    if (this.#values.maxmemory > 0 && needsMemory(session, command) && !this.#fits(session, command)) {
      return false;
    }
    if ((gate & GATE_MONITOR) === 0 || !touchesKeys(command)) return true;
    this.#refuse(session, command, errors.monitorTouchesKeys);
    return false;
  }

  #enqueue(session: Session, command: Command, request: Request): void {
    this.reply.queued();
    if (session.queueFailed || session.watchBroken) return;
    const { deniedWhenFull } = command;
    session.queue?.push({ request: StoredRequest.of(request), writes: mayWrite(command), deniedWhenFull });
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
    const call = this.#call;
    this.#clock.enter(command, session);
    call.enter(session, command, request);
    let failed = false;
    try {
      if (command.run === undefined) throw wrongArity(command.name);
      command.run(call);
    } catch (error) {
      failed = true;
      reply.rewind(mark);
      reply.protocol = session.protocol;
      reply.error(this.#explain(error, command));
    }
    this.#clock.leave(command, call.shown, reply.length - mark, failed);
    if (this.#instance.monitors.size > 0) this.#monitor(session, command, call.shown);
  }

  #runGated(session: Session, command: Command, request: Request): void {
    this.#keyspace.touching = (session.gate & GATE_NO_TOUCH) === 0 || command.name === 'touch';
    this.#run(session, command, request);
    this.#keyspace.touching = true;
  }

  /** One command of EXEC: its reply follows in place. Errors do not stop the transaction. */
  #runQueued(request: Request): void {
    const { session } = this.#call;
    const command = this.#find(session, request);
    if (command !== undefined) this.#runGated(session, command, request);
  }

  #explain(thrown: unknown, command: Command): string {
    this.#keyspace.dropCreated();
    const isFull = thrown instanceof OutOfMemoryError;
    if (isFull && command.writes) this.#reportChanges(command);
    const error = isFull ? errors.outOfMemory : thrown;
    if (error instanceof CommandError) {
      this.#instance.errors.add(error.message);
      return error.message;
    }
    this.#instance.log.error(
      { err: error, command: command.name },
      'a command failed by a fault of the server',
    );
    this.#instance.errors.add(errors.internal.message);
    return errors.internal.message;
  }

  /** A command stopped in the middle: which of its keys it has changed by then it has not said. */
  #reportChanges(command: Command): void {
    const { args, database } = this.#call;
    for (const { index, access } of keyArguments(command, args) ?? []) {
      if (access.startsWith('RO')) continue;
      const entry = database.peek(args.buffer, args.start(index), args.length(index));
      if (entry !== 0) database.modified(entry);
    }
  }

  /** Shows a command that has run to those who watch; a session that watches sees its own behind the reply. */
  #monitor(session: Session, command: Command, request: Request): void {
    if (command.hiddenFromMonitor) return;
    const origin = `${session.databaseIndex} ${session.address}`;
    const line = this.#instance.monitors.show(
      this.#keyspace.clock.now(),
      origin,
      argumentsOf(request),
      session,
    );
    const seesItself = (session.gate & GATE_MONITOR) !== 0 && session.closing === undefined;
    if (seesItself) this.#ownLines.push(line);
  }

  /** Drops the reply of a client that asked for none (CLIENT REPLY); shows a monitor its own commands. */
  #finishGated(session: Session, mark: number): boolean {
    if (this.#ownLines.length > 0) {
      for (const line of this.#ownLines.splice(0)) this.reply.raw(line, 0, line.length);
    }
    // The reply that CLIENT REPLY is about is yet to come.
    if ((session.gate & GATE_BLOCKED) !== 0 && this.reply.length === mark) return DONE;
    if ((session.gate & (GATE_REPLY_OFF | GATE_REPLY_SKIP)) !== 0) this.reply.rewind(mark);
    if (session.skipNext > 0 && --session.skipNext === 0) session.open(GATE_REPLY_SKIP);
    return DONE;
  }
}
