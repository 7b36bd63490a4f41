import type { Socket } from 'node:net';
import { errors } from '../errors.ts';
import type { EndReason, Session } from '../instance/session.ts';
import { type ByteSink, ByteWriter } from '../resp/byte-writer.ts';
import { INCOMPLETE, REQUEST, RequestParser } from '../resp/request-parser.ts';
import { type Engine, LARGE_BATCH, Refusal } from '../server/engine.ts';
import {
  CLOSE,
  HEADER_BYTES,
  jsonFrame,
  KILL,
  LINK_VERSION,
  LOCAL_COMMANDS,
  OPEN,
  openFrame,
  PROTOCOL_ERROR,
  PUSH,
  REPLIES,
  REPORT,
  REQUESTS,
  SETTINGS,
  sealFrame,
  textFrame,
  WAITING,
} from './frame.ts';
import { FrameReader } from './frame-reader.ts';
import { LinkOutlet } from './link-outlet.ts';
import { restoreFlags, sessionFlags } from './session-flags.ts';
import type { ClientFacts, WorkerReport } from './worker-report.ts';

/** Above this many bytes waiting for the worker, no more requests are taken from it until it has caught up. */
const CONGESTED = 64 * 1024 * 1024;
/** An idle link keeps no larger request in memory, in bytes. */
const KEPT_REQUEST = 1024 * 1024;

/** The keyspace's end of the link to one worker: runs what the worker's clients ask and sends the replies back. */
export class KeyspaceLink {
  readonly #engine: Engine;
  readonly #socket: Socket;
  readonly #sink: ByteSink;
  readonly #sessions = new Map<number, Session>();
  readonly #parser = new RequestParser();
  readonly #reader = new FrameReader(() => this.#onFrame());
  /** Where in the engine's reply the frame of the session being served begins. */
  #repliesAt = 0;
  /** Frames that arise while replies are being written, and between reads: they leave at the next frame border. */
  readonly #late = new ByteWriter();
  #flushScheduled = false;
  #open = true;
  #reading = false;

  /** @param sink takes what is for the worker; by default the socket. */
  constructor(engine: Engine, socket: Socket, sink: ByteSink = socket) {
    this.#engine = engine;
    this.#socket = socket;
    this.#sink = sink;
    socket.on('drain', () => socket.resume());
    this.sendSettings();
    this.allowLocalCommands(engine.instance.localCommandsAllowed);
  }

  /**
   * Handles what the socket read; the bytes are free again afterwards.
   * @throws if the worker says what makes no sense: the link must be closed then.
   */
  onRead(length: number, bytes: Uint8Array): void {
    this.#flushLate();
    this.#engine.begin();
    this.#reading = true;
    try {
      this.#reader.read(bytes, length);
    } catch (error) {
      this.#engine.reply.clear();
      throw error;
    } finally {
      this.#engine.end();
      this.#reading = false;
    }
    if (this.#parser.source.length > KEPT_REQUEST) this.#parser.forget();
    this.#flushReplies();
    this.#flushLate();
    if (this.#sink.writableLength > CONGESTED) this.#socket.pause();
  }

  /** The worker is gone, and so are its clients. */
  onClose(): void {
    this.#open = false;
    for (const session of this.#sessions.values()) this.#engine.close(session);
    this.#sessions.clear();
  }

  /** Tells the worker the settings by which it serves its connections. */
  sendSettings(): void {
    const settings = this.#engine.workerSettings();
    jsonFrame(this.#late, SETTINGS, { version: LINK_VERSION, keyspace: process.pid, settings });
    this.#schedule();
  }

  /**
   * Tells the worker whether it may answer local commands by itself (not while MONITOR or a pause is on): at once and
   * before the replies that are being written, so that it knows before the client that began to watch does.
   */
  allowLocalCommands(allowed: boolean): void {
    const out = this.#reading ? new ByteWriter() : this.#late;
    sealFrame(out, openFrame(out), LOCAL_COMMANDS, 0, 0, 0, allowed ? 1 : 0);
    if (this.#reading && this.#open) out.sendTo(this.#sink);
    else this.#flushLate();
  }

  /** Sends late replies or pushes of a session. */
  push(id: number, session: Session, bytes: Uint8Array): void {
    const at = openFrame(this.#late);
    this.#late.raw(bytes, 0, bytes.length);
    const { answered } = session;
    session.answered = 0;
    sealFrame(this.#late, at, REPLIES, id, sessionFlags(session), session.databaseIndex, answered);
    const { closing, cut } = session;
    if (closing !== undefined) textFrame(this.#late, KILL, id, closing, cut ? 1 : 0);
    this.#schedule();
  }

  /** Sends the same bytes to several sessions of this worker. */
  fanOut(ids: readonly number[], bytes: Uint8Array): void {
    const at = openFrame(this.#late);
    const list = Uint8Array.from(new Uint8Array(Uint32Array.from(ids).buffer));
    this.#late.raw(list, 0, list.length);
    this.#late.raw(bytes, 0, bytes.length);
    sealFrame(this.#late, at, PUSH, 0, 0, 0, ids.length);
    this.#schedule();
  }

  /** Ends a connection of the worker. */
  kill(id: number, reason: EndReason, immediately: boolean): void {
    textFrame(this.#late, KILL, id, reason, immediately ? 1 : 0);
    this.#schedule();
  }

  #onFrame(): void {
    const { type } = this.#reader;
    if (type === REQUESTS) this.#onRequests();
    else if (type === OPEN) this.#onOpen();
    else if (type === CLOSE) this.#onSessionClosed();
    else if (type === REPORT) this.#onReport();
    else if (type === PROTOCOL_ERROR) this.#onProtocolError();
    else throw new Error(`unknown frame type ${type} on the link`);
    if (this.#engine.reply.length > LARGE_BATCH) this.#flushReplies();
  }

  #onRequests(): void {
    const session = this.#beginReplies();
    if (session === undefined) return;
    this.#runRequests(session);
    this.#endReplies(session);
  }

  /** Begins a frame of replies. @returns the session that the frame being read is about; undefined if it is gone. */
  #beginReplies(): Session | undefined {
    const session = this.#sessions.get(this.#reader.session);
    if (session === undefined) return undefined;
    this.#takeLate();
    this.#repliesAt = openFrame(this.#engine.reply);
    this.#engine.beginSession(session);
    return session;
  }

  /** What arose beside the replies so far, as the answer to a client that waited, comes before the next ones. */
  #takeLate(): void {
    if (this.#late.length === 0) return;
    this.#engine.reply.raw(this.#late.bytes, 0, this.#late.length);
    this.#late.clear();
  }

  #endReplies(session: Session): void {
    this.#sealReplies(session);
    const { closing, cut } = session;
    if (closing === undefined) return;
    textFrame(this.#engine.reply, KILL, this.#reader.session, closing, cut ? 1 : 0);
  }

  /** Completes the frame of the session's replies; there is none if it has nothing to tell. */
  #sealReplies(session: Session): void {
    const { reply } = this.#engine;
    const at = this.#repliesAt;
    const { answered } = session;
    session.answered = 0;
    const flags = sessionFlags(session);
    const silent = answered === 0 && reply.length === at + HEADER_BYTES;
    if (silent && (flags & WAITING) === 0) return reply.rewind(at);
    sealFrame(reply, at, REPLIES, this.#reader.session, flags, session.databaseIndex, answered);
  }

  /** Sends the replies so far in a frame of their own. */
  #sendPart(session: Session): void {
    this.#engine.sendPart(() => {
      this.#sealReplies(session);
      this.#flushReplies();
      this.#repliesAt = openFrame(this.#engine.reply);
    });
  }

  #runRequests(session: Session): void {
    const { bytes, start, end } = this.#reader;
    const parser = this.#parser;
    parser.maxBulkLength = Number.MAX_SAFE_INTEGER;
    parser.reset(start);
    while (parser.begin < end) {
      const found = parser.parse(bytes, end);
      if (found === INCOMPLETE) throw new Error('an incomplete request on the link');
      if (found === REQUEST) this.#engine.execute(session, parser);
      if (this.#engine.reply.length > LARGE_BATCH) this.#sendPart(session);
      parser.reset(parser.end);
    }
  }

  #onOpen(): void {
    const { session: id, flags, database } = this.#reader;
    if (this.#sessions.has(id)) throw new Error(`session ${id} is opened twice on the link`);
    if (database >= this.#engine.instance.keyspace.databases.length) {
      throw new Error(`database ${database} on the link`);
    }
    const [address = '?:0', localAddress = '?:0'] = this.#reader.text().split(' ');
    const outlet = new LinkOutlet(this, id);
    const session = this.#engine.open(address, localAddress, outlet);
    if (session instanceof Refusal) {
      const { reply } = this.#engine;
      textFrame(reply, REPLIES, id, `-${session.text}\r\n`);
      textFrame(reply, KILL, id, session.reason);
      return;
    }
    restoreFlags(session, flags, database);
    this.#sessions.set(id, session);
  }

  #onSessionClosed(): void {
    const session = this.#sessions.get(this.#reader.session);
    if (session === undefined) return;
    this.#sessions.delete(this.#reader.session);
    this.#engine.close(session);
  }

  #onProtocolError(): void {
    const session = this.#beginReplies();
    if (session === undefined) return;
    this.#engine.fail(session, this.#reader.text());
    this.#endReplies(session);
  }

  #onReport(): void {
    const report = this.#reader.json() as WorkerReport;
    this.#engine.instance.addLocalCalls(report.localCalls);
    this.#engine.instance.errors.add(errors.loading.message, report.loadingReplies);
    for (const facts of report.clients) this.#onFacts(facts);
  }

  #onFacts([id, queryBuffer, outputBuffer, localCommand]: ClientFacts): void {
    const session = this.#sessions.get(id);
    if (!(session?.outlet instanceof LinkOutlet)) return;
    session.outlet.facts = { queryBuffer, outputBuffer };
    if (localCommand < 0) return;
    session.lastCommand = this.#engine.table.commands[localCommand];
    session.lastActiveAt = this.#engine.instance.keyspace.now;
  }

  #schedule(): void {
    if (this.#flushScheduled) return;
    this.#flushScheduled = true;
    setImmediate(() => {
      this.#flushScheduled = false;
      this.#flushLate();
    });
  }

  #flushReplies(): void {
    const { reply } = this.#engine;
    if (reply.length > 0 && this.#open) reply.sendTo(this.#sink);
    else reply.clear();
  }

  /** Sends what arose beside the replies: after those that were written before it. */
  #flushLate(): void {
    if (this.#late.length > 0 && this.#open) this.#late.sendTo(this.#sink);
    else this.#late.clear();
  }
}
