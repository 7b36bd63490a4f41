import type { Socket } from 'node:net';
import type { EndReason, Session } from '../instance/session.ts';
import { noTraffic, type TrafficFigures } from '../instance/traffic.ts';
import { ByteWriter } from '../resp/byte-writer.ts';
import { INCOMPLETE, REQUEST, RequestParser } from '../resp/request-parser.ts';
import { type Engine, Refusal } from '../server/engine.ts';
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
} from './frame.ts';
import { FrameReader } from './frame-reader.ts';
import { LinkOutlet } from './link-outlet.ts';
import { restoreFlags, sessionFlags } from './session-flags.ts';
import type { WorkerReport } from './worker-report.ts';

/** The keyspace's end of the link to one worker: runs what the worker's clients ask and sends the replies back. */
export class KeyspaceLink {
  readonly traffic: TrafficFigures = noTraffic();
  readonly #engine: Engine;
  readonly #socket: Socket;
  readonly #sessions = new Map<number, Session>();
  readonly #parser = new RequestParser();
  readonly #reader = new FrameReader(() => this.#onFrame());
  /** Frames that arise while replies are being written, and between reads: they leave at the next frame border. */
  readonly #late = new ByteWriter();
  #flushScheduled = false;
  #open = true;

  constructor(engine: Engine, socket: Socket) {
    this.#engine = engine;
    this.#socket = socket;
    engine.instance.traffic.add(this.traffic);
    this.sendSettings();
    this.allowLocalCommands(engine.instance.localCommandsAllowed);
  }

  /** Handles what the socket read; the bytes are free again afterwards. */
  onRead(length: number, bytes: Uint8Array): void {
    this.#flushLate();
    this.#engine.begin();
    this.#reader.read(bytes, length);
    this.#engine.end();
    this.#flush();
  }

  /** The worker is gone, and so are its clients. */
  onClose(): void {
    this.#open = false;
    for (const session of this.#sessions.values()) this.#engine.close(session);
    this.#sessions.clear();
    this.#engine.instance.traffic.remove(this.traffic);
  }

  /** Tells the worker the settings by which it serves its connections. */
  sendSettings(): void {
    jsonFrame(this.#late, SETTINGS, { version: LINK_VERSION, settings: this.#engine.workerSettings() });
    this.#schedule();
  }

  /** Tells the worker whether it may answer local commands by itself (not while MONITOR or a pause is on). */
  allowLocalCommands(allowed: boolean): void {
    sealFrame(this.#late, openFrame(this.#late), LOCAL_COMMANDS, 0, 0, 0, allowed ? 1 : 0);
    this.#schedule();
  }

  /** Sends late replies or pushes of a session. */
  push(id: number, session: Session, bytes: Uint8Array): void {
    const at = openFrame(this.#late);
    this.#late.raw(bytes, 0, bytes.length);
    const { answered } = session;
    session.answered = 0;
    sealFrame(this.#late, at, REPLIES, id, sessionFlags(session), session.databaseIndex, answered);
    if (session.closing !== undefined) textFrame(this.#late, KILL, id, session.closing);
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
  }

  #onRequests(): void {
    const reader = this.#reader;
    const session = this.#sessions.get(reader.session);
    if (session === undefined) return;
    const { reply } = this.#engine;
    const at = openFrame(reply);
    this.#engine.beginSession();
    this.#runRequests(session);
    const { answered } = session;
    session.answered = 0;
    sealFrame(reply, at, REPLIES, reader.session, sessionFlags(session), session.databaseIndex, answered);
    if (answered === 0 && reply.length === at + HEADER_BYTES) reply.rewind(at);
    if (session.closing === undefined) return;
    textFrame(reply, KILL, reader.session, session.closing, session.closing === 'slow_client' ? 1 : 0);
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
      parser.reset(parser.end);
    }
  }

  #onOpen(): void {
    const { session: id, flags, database } = this.#reader;
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
    const session = this.#sessions.get(this.#reader.session);
    if (session === undefined) return;
    session.closing = 'protocol_error';
    const { reply } = this.#engine;
    textFrame(reply, REPLIES, this.#reader.session, `-ERR Protocol error: ${this.#reader.text()}\r\n`);
    textFrame(reply, KILL, this.#reader.session, 'protocol_error');
  }

  #onReport(): void {
    const report = this.#reader.json() as WorkerReport;
    Object.assign(this.traffic, report.traffic);
    this.#engine.instance.addLocalCalls(report.localCalls);
    for (const [id, queryBuffer, outputBuffer] of report.clients) {
      const session = this.#sessions.get(id);
      if (session?.outlet instanceof LinkOutlet) session.outlet.facts = { queryBuffer, outputBuffer };
    }
  }

  #schedule(): void {
    if (this.#flushScheduled) return;
    this.#flushScheduled = true;
    setImmediate(() => {
      this.#flushScheduled = false;
      this.#flushLate();
    });
  }

  /** Writes the replies of a read and what arose beside them. Earlier late frames have left or leave first. */
  #flush(): void {
    const { reply } = this.#engine;
    if (reply.length > 0 && this.#open) {
      this.#socket.write(reply.bytes.subarray(0, reply.length));
      if (this.#socket.writableLength > 0) reply.take();
    }
    reply.clear();
    this.#flushLate();
  }

  #flushLate(): void {
    if (this.#late.length === 0) return;
    if (this.#open) this.#socket.write(this.#late.take());
    else this.#late.clear();
  }
}
