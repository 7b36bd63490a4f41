import { createCommandTable } from '../commands/index.ts';
import type { CommandTable } from '../commands/table.ts';
import type { Settings } from '../config/live.ts';
import { protocolFault } from '../errors.ts';
import type { BlockedClient } from '../instance/blocked-clients.ts';
import { Instance } from '../instance/instance.ts';
import { isLoopback } from '../instance/loopback.ts';
import {
  GATE_AUTH,
  GATE_BLOCKED,
  GATE_SUSPENDED,
  type Outlet,
  type RejectReason,
  Session,
} from '../instance/session.ts';
import { timerDelay } from '../instance/timer-delay.ts';
import { type Clock, SystemClock } from '../keyspace/clock.ts';
import { TYPE_STREAM } from '../keyspace/entry.ts';
import { Keyspace } from '../keyspace/keyspace.ts';
import type { ReadyKey } from '../keyspace/waiting-keys.ts';
import type { Logger } from '../log.ts';
import { TurnCounters } from '../metrics/counters.ts';
import { ReplyWriter } from '../resp/reply-writer.ts';
import { INCOMPLETE, REQUEST, RequestParser } from '../resp/request-parser.ts';
import { Dispatcher } from './dispatcher.ts';
import { PROTECTED_MODE } from './protected-mode.ts';

export interface EngineOptions {
  readonly settings: Settings;
  readonly log: Logger;
  readonly clock?: Clock;
  /** Uniform in [0, 1). */
  readonly random?: () => number;
  /** What SHUTDOWN does. */
  readonly shutdown: () => void;
}

/** Why a client is turned away, and the error it is told. */
export class Refusal {
  readonly reason: RejectReason;
  readonly text: string;

  constructor(reason: RejectReason, text: string) {
    this.reason = reason;
    this.text = text;
  }
}

const TOO_MANY = new Refusal('max_clients', 'ERR max number of clients reached');
const PROTECTED = new Refusal('protected_mode', PROTECTED_MODE);

/** CONFIG names of what a worker must know. */
export const WORKER_SETTINGS = [
  'timeout',
  'tcp-keepalive',
  'shutdown-timeout',
  'requirepass',
  'loglevel',
  'client-query-buffer-limit',
  'client-output-buffer-limit',
  'proto-max-bulk-len',
] as const;

/** Replies beyond this many bytes are sent on before the batch is over, and held against the client's output limit. */
export const LARGE_BATCH = 1024 * 1024;

/**
 * The data and the commands, without any socket: sessions are opened on it, requests run on it one after the other,
 * and replies wait in {@link reply} for whoever runs them to send them on.
 */
export class Engine {
  readonly instance: Instance;
  readonly table: CommandTable;
  readonly reply = new ReplyWriter();
  readonly #dispatcher: Dispatcher;
  readonly #parser = new RequestParser();
  /** Called after each batch and when a pause ends. */
  afterBatch: () => void = () => {};
  #pauseTimer: NodeJS.Timeout | undefined;
  /** Commands per turn of the event loop, and how long they took. */
  readonly turns = new TurnCounters();
  #turnCommands = 0;
  /** Unix milliseconds. */
  #turnBegan = 0;
  /** Where in {@link reply} the session now being served begins. */
  #mark = 0;
  /** Bytes of its replies that have been sent on in this batch. */
  #sent = 0;
  #inBatch = false;

  constructor({ settings, log, clock, random, shutdown }: EngineOptions) {
    this.table = createCommandTable();
    const keyspace = new Keyspace({
      clock: clock ?? new SystemClock(),
      random: random ?? Math.random,
      databases: settings.values.databases,
      limits: settings.values,
    });
    const commandCount = this.table.commands.length;
    this.instance = new Instance({ keyspace, settings, log, commandCount, shutdown });
    this.instance.pause.onChange = () => this.#schedulePauseEnd();
    this.#dispatcher = new Dispatcher(this.instance, this.table, this.reply);
    this.instance.blocked.onRelease = (session) => this.#resumeSoon(session);
    this.instance.blocked.keys.onReady = () => {
      if (!this.#inBatch) setImmediate(() => this.#serveLate());
    };
  }

  /**
   * Welcomes a client.
   * @returns its session, or why it must be turned away.
   */
  open(address: string, localAddress: string, outlet: Outlet): Session | Refusal {
    const { sessions, settings, keyspace } = this.instance;
    const { maxclients, requirepass, protectedMode } = settings.values;
    if (sessions.size >= maxclients) return TOO_MANY;
    if (protectedMode && requirepass === '' && !isLoopback(address)) return PROTECTED;
    const session = new Session(sessions.nextId(), address, localAddress, keyspace.tick(), outlet);
    if (requirepass !== '') {
      session.authenticated = false;
      session.shut(GATE_AUTH);
    }
    sessions.add(session);
    return session;
  }

  /** The client is gone. */
  close(session: Session): void {
    this.instance.leave(session);
  }

  /** Before the requests of one read, of one or of many sessions. Nobody gets what a batch that failed has left. */
  begin(): void {
    this.#inBatch = true;
    this.reply.clear();
    this.#dispatcher.beginBatch();
    this.#turnCommands = 0;
    this.#turnBegan = this.instance.keyspace.now;
  }

  /** The requests that follow are of this session and their replies begin here. */
  beginSession(session: Session): void {
    session.lastActiveAt = this.instance.keyspace.now;
    this.#mark = this.reply.length;
    this.#sent = 0;
  }

  /** Lets `send` empty {@link reply} in the middle of a session's requests, so that it need not hold all replies. */
  sendPart(send: () => void): void {
    this.#sent += this.reply.length - this.#mark;
    // No command is to be charged with the time that sending takes.
    this.#dispatcher.endBatch();
    send();
    this.#dispatcher.beginBatch();
    this.#mark = this.reply.length;
  }

  /** Runs a request, or keeps it while its session may not go on. */
  execute(session: Session, request: RequestParser): void {
    if (session.closing !== undefined) return;
    if ((session.gate & GATE_SUSPENDED) !== 0 || !this.#dispatcher.execute(session, request)) {
      if ((session.gate & GATE_SUSPENDED) === 0) this.instance.pause.hold(session);
      session.keep(Buffer.from(request.source.subarray(request.begin, request.end)));
      this.#checkBacklog(session);
      return;
    }
    if ((session.gate & GATE_BLOCKED) === 0) session.answered++;
    this.#turnCommands++;
    if (this.instance.blocked.keys.hasReady) this.#serve();
    if (this.reply.length - this.#mark > LARGE_BATCH) this.#checkOutput(session);
    if (session.cut) this.reply.rewind(this.#mark);
  }

  /**
   * The client broke the protocol: it is told behind what it had asked before, and then closed. That is now, or when
   * what its session keeps has run.
   */
  fail(session: Session, fault: string): void {
    if (session.closing !== undefined) return;
    if ((session.gate & GATE_SUSPENDED) !== 0) {
      session.fault = fault;
      return;
    }
    this.reply.error(protocolFault(fault));
    session.answered++;
    session.closing = 'protocol_error';
  }

  /** After the requests of one read. */
  end(): void {
    this.#inBatch = false;
    this.#dispatcher.endBatch();
    if (this.#turnCommands > 0) {
      this.turns.record(this.#turnCommands, (this.instance.keyspace.now - this.#turnBegan) * 1000);
    }
    this.afterBatch();
  }

  /** The settings by which workers serve connections, as pairs of CONFIG names and texts. */
  workerSettings(): Array<readonly [string, string]> {
    const { settings } = this.instance;
    return WORKER_SETTINGS.map((name) => [name, settings.get(name) ?? '']);
  }

  /** Stops timers; the data stays as it is. */
  stop(): void {
    clearTimeout(this.#pauseTimer);
    this.instance.blocked.stop();
  }

  /** Runs the commands of those who waited for a key that is ready, who came first first; that may ready other keys. */
  #serve(): void {
    const { keys } = this.instance.blocked;
    // No command is to be charged with the time that others wait for.
    this.#dispatcher.endBatch();
    while (keys.hasReady) {
      for (const ready of keys.takeReady()) this.#serveKey(ready);
    }
    this.#dispatcher.beginBatch();
  }

  #serveKey(ready: ReadyKey): void {
    const { blocked, keyspace } = this.instance;
    const key = Buffer.from(ready.key, 'latin1');
    const database = keyspace.databases[ready.databaseIndex]!;
    let entry = database.peek(key, 0, key.length);
    for (const client of blocked.keys.waitersFor(ready)) {
      // Only readers of streams have something to be told when theirs is gone.
      const concerns = client.type === TYPE_STREAM || (entry !== 0 && database.typeOf(entry) === client.type);
      if (concerns && this.#retry(client, ready.key)) entry = database.peek(key, 0, key.length);
    }
  }

  /** @returns false if the client waits on */
  #retry(client: BlockedClient, key: string): boolean {
    const mark = this.reply.length;
    if (!this.#dispatcher.retry(client, key)) return false;
    const bytes = Buffer.from(this.reply.bytes.subarray(mark, this.reply.length));
    this.reply.rewind(mark);
    this.instance.blocked.answer(client.session, bytes);
    return true;
  }

  /** A key became ready by no command: it expired, or a timer's work made it so. */
  #serveLate(): void {
    this.begin();
    this.#serve();
    this.end();
  }

  #resumeSoon(session: Session): void {
    if (session.hasBacklog) setImmediate(() => this.#resume(session));
  }

  /** Closes a client that sends too much while it has to wait, as Redis does. */
  #checkBacklog(session: Session): void {
    if (session.backlogBytes <= this.instance.settings.values.clientQueryBufferLimit) return;
    this.instance.log.warn(
      { bytes: session.backlogBytes },
      'client closed: it has sent too much while it waits',
    );
    session.closing = 'slow_client';
    session.cut = true;
  }

  /** Closes a client whose replies of one batch alone exceed its output limit, as Redis does. */
  #checkOutput(session: Session): void {
    const { hard } = this.instance.settings.values.clientOutputBufferLimit.normal;
    const bytes = this.#sent + this.reply.length - this.#mark;
    if (hard === 0 || bytes <= hard) return;
    this.instance.log.warn({ bytes }, 'client closed: its replies exceed the output limit');
    session.closing = 'slow_client';
    session.cut = true;
  }

  #schedulePauseEnd(): void {
    clearTimeout(this.#pauseTimer);
    const { pause, keyspace } = this.instance;
    const delay = timerDelay(pause.until - keyspace.clock.now());
    this.#pauseTimer = setTimeout(() => this.#endPause(), pause.until === 0 ? 0 : delay);
  }

  #endPause(): void {
    const { pause, keyspace } = this.instance;
    if (pause.until > keyspace.clock.now()) return this.#schedulePauseEnd();
    for (const session of pause.end()) this.#resume(session);
    this.afterBatch();
  }

  /** Runs what a session sent while it was suspended. */
  #resume(session: Session): void {
    if (!this.instance.sessions.has(session)) return;
    session.open(GATE_SUSPENDED);
    const raw = session.takeBacklog();
    this.begin();
    this.beginSession(session);
    for (let at = 0; at < raw.length; at = this.#parser.end) {
      this.#parser.reset(at);
      this.#parser.maxBulkLength = Number.POSITIVE_INFINITY;
      const found = this.#parser.parse(raw, raw.length);
      if (found === INCOMPLETE) throw new Error('a kept request is incomplete');
      if (found === REQUEST) this.execute(session, this.#parser);
    }
    if (session.fault !== undefined) this.fail(session, session.fault);
    this.end();
    session.outlet.push(session, this.reply.take());
  }
}
