import type { Socket } from 'node:net';
import { ProtocolError } from '../errors.ts';
import type { EndReason } from '../instance/session.ts';
import type { ReplyWriter } from '../resp/reply-writer.ts';
import type { Client, Conversation, Executor } from '../server/executor.ts';
import { endpoint } from './bind-address.ts';
import type { ConnectionLoop } from './connection-loop.ts';
import { LARGE, type Recipient } from './outbox.ts';
import { RequestReader } from './request-reader.ts';
import { readInto } from './socket-reader.ts';
import { SocketWriter } from './socket-writer.ts';

/** So many looks after goodbye a client that has not gone is cut. */
const MAX_LINGERING = 20;

/** One client's socket: reads requests, hands them to the conversation, writes what comes back. */
export class Connection implements Client, Recipient {
  readonly address: string;
  readonly localAddress: string;
  /** Tick of the loop at which the client was last heard. */
  lastHeard = 0;
  /** Tick since when the output is above the soft limit; -1 if it is not. */
  overSoftLimitSince = -1;

  readonly #loop: ConnectionLoop;
  readonly #socket: Socket;
  readonly #writer: SocketWriter;
  readonly #conversation: Conversation;
  readonly #reader: RequestReader;
  /** Why it ends; undefined if the client leaves of its own accord. */
  #reason: EndReason | undefined = undefined;
  /** It has sent what is no request. */
  #failed = false;
  /** Close as soon as everything asked has been answered. */
  #closeWhenIdle = false;
  /** The server ends: say goodbye at the first moment at which nothing is asked. */
  #draining = false;
  /** Goodbye was said so many looks ago; -1 before. */
  #lingering = -1;
  /** Replies wait for the end of the turn. */
  #posted = false;
  /** Nothing can be written any more. */
  #finished = false;
  /** Goodbye may be said at the end of this turn. */
  #parting = false;
  #paused = false;
  /** Bytes of the last read. */
  #lastRead = 0;

  constructor(loop: ConnectionLoop, accepted: Socket, executor: Executor) {
    this.#loop = loop;
    this.#reader = new RequestReader(loop);
    this.address = addressOf(accepted.remoteAddress, accepted.remotePort);
    this.localAddress = addressOf(accepted.localAddress, accepted.localPort);
    this.lastHeard = loop.tick;
    this.#socket = readInto(accepted, loop.readBuffer, (length, bytes) => this.#onRead(length, bytes));
    this.#writer = new SocketWriter(this.#socket);
    this.#socket.on('end', () => this.#onEnd());
    this.#socket.on('error', () => this.#onError());
    this.#socket.on('close', () => this.#onClose());
    this.#conversation = executor.open(this);
  }

  get outputBytes(): number {
    return this.#writer.writableLength;
  }

  get queryBytes(): number {
    return this.#reader.pendingBytes;
  }

  /** False while the client owes a password. */
  get authenticated(): boolean {
    return this.#conversation.authenticated;
  }

  send(bytes: Uint8Array): void {
    if (!this.#startsWrite(bytes.length)) return;
    this.#writer.write(bytes);
    this.#afterWrite();
  }

  sendShared(bytes: Uint8Array, start: number, end: number): boolean {
    return this.#write(bytes, start, end);
  }

  sendFrom(replies: ReplyWriter): void {
    const { bytes, length } = replies;
    const waits = this.#reader.requests > 1 && length <= LARGE;
    if (waits) this.#post(bytes, length);
    if (!waits && this.#write(bytes, 0, length)) replies.take();
    else replies.clear();
  }

  deliver(bytes: Uint8Array, start: number, end: number): boolean {
    this.#posted = false;
    return this.#write(bytes, start, end);
  }

  close(reason: EndReason, immediately: boolean): void {
    this.#blame(reason);
    this.#reader.stopped = true;
    if (immediately) this.#cut();
    else this.#finishWriting();
  }

  idle(): void {
    if (this.#closeWhenIdle) this.#finishWriting();
    else if (this.#draining) this.#partSoon();
    if (this.#paused) this.#resume();
  }

  /** The client has said nothing for too long: it goes, unless it waits for an answer or listens. */
  closeIdle(): void {
    const { busy, listening } = this.#conversation;
    if (!busy && !listening) this.close('idle_timeout', true);
  }

  /**
   * The server ends: the next answer is the last. A client that has just been answered is the least likely to be asking
   * again, so this is when it is told goodbye; the idle ones are left to {@link part}.
   */
  drain(): void {
    this.#blame('shutdown');
    this.#draining = true;
  }

  /**
   * Says goodbye to a client that asks nothing, and cuts one that does not go although it was told.
   * @param spare leave it for now if it was not told yet.
   */
  part(spare = false): void {
    if (this.#lingering >= 0) {
      if (this.#socket.writableFinished && ++this.#lingering > MAX_LINGERING) this.#cut();
    } else if (!spare && !this.#conversation.busy && this.#reader.pendingBytes === 0) this.#sayGoodbye();
  }

  #onRead(length: number, bytes: Uint8Array): void {
    this.lastHeard = this.#loop.tick;
    this.#lastRead = length;
    this.#loop.counters.bytesIn += length;
    this.#loop.counters.reads++;
    if (this.#reader.stopped) return;
    try {
      this.#converse(bytes, length);
    } catch (error) {
      this.#onBug(error);
    }
  }

  /** What was asked before the client broke the protocol is answered before it is told so. */
  #converse(bytes: Uint8Array, length: number): void {
    let fault: unknown;
    this.#conversation.begin();
    try {
      if (!this.#reader.read(bytes, length, this.#conversation)) this.#onQueryTooLong();
    } catch (error) {
      fault = error;
    }
    this.#finish();
    if (fault instanceof ProtocolError) this.#onProtocolError(fault);
    else if (fault !== undefined) throw fault;
  }

  /** A fault of ours costs this client its connection and nobody else anything. */
  #onBug(error: unknown): void {
    this.#loop.log.error({ err: error }, 'a connection failed by a fault of the server');
    this.close('error', true);
  }

  #finish(): void {
    const readOn = this.#conversation.finish();
    if (this.#reader.stopped) return;
    if (this.#draining) this.#partSoon();
    if (readOn) return;
    this.#paused = true;
    this.#socket.pause();
  }

  #resume(): void {
    this.#paused = false;
    this.#socket.resume();
  }

  #onQueryTooLong(): void {
    this.#loop.onQueryBufferLimit(this);
    this.close('slow_client', true);
  }

  #onProtocolError(error: ProtocolError): void {
    if (this.#reader.stopped) return;
    this.#failed = true;
    this.#reader.stopped = true;
    this.#conversation.fail(error.message);
  }

  /** The client has sent its last byte: what it asked is still answered. */
  #onEnd(): void {
    this.#reader.stopped = true;
    this.#closeWhenIdle = true;
    if (!this.#conversation.busy) this.#finishWriting();
  }

  #onError(): void {
    if (!this.#broken) this.#blame('error');
  }

  #onClose(): void {
    const reason = this.#reason ?? (this.#broken ? 'protocol_error' : 'client');
    this.#finished = true;
    this.#reader.forget();
    this.#conversation.close();
    this.#loop.remove(this, reason);
  }

  /** What the client has sent is no request, or the beginning of one that never ends: a client of TLS waits for an answer. */
  get #broken(): boolean {
    return this.#failed || this.#reader.endless;
  }

  /** Leaves replies to the end of the turn. */
  #post(bytes: Uint8Array, length: number): void {
    if (this.#draining) this.#partSoon();
    this.#posted = true;
    this.#loop.outbox.add(this, bytes, length);
  }

  /** Writes `bytes[start..end)` now. @returns true if the memory is not to be touched any more. */
  #write(bytes: Uint8Array, start: number, end: number): boolean {
    if (!this.#startsWrite(end - start)) return false;
    const kept = this.#writer.writeShared(bytes, start, end);
    this.#afterWrite();
    return kept;
  }

  /** Counts a write, which goes behind what waits for the end of the turn. @returns false if nobody takes it any more. */
  #startsWrite(length: number): boolean {
    if (this.#posted) this.#loop.outbox.flush();
    if (this.#finished) return false;
    if (this.#draining) this.#partSoon();
    this.#loop.counters.bytesOut += length;
    this.#loop.counters.writes++;
    return true;
  }

  #afterWrite(): void {
    if (this.#writer.writableLength > 0 || this.overSoftLimitSince >= 0) this.#loop.checkOutput(this);
  }

  #blame(reason: EndReason): void {
    this.#reason ??= reason;
  }

  /**
   * Says goodbye at the end of this turn, so that what has arrived in it is still answered, as is what a full read has
   * left. Replies wait so long too: goodbye follows them at once, before the client asks again.
   */
  #partSoon(): void {
    if (this.#parting) return;
    this.#parting = true;
    this.#writer.cork();
    setImmediate(() => {
      this.#loop.outbox.flush();
      const allRead = this.#lastRead < this.#loop.readBuffer.length;
      if (allRead && this.#lingering < 0 && !this.#reader.stopped) this.part();
      this.#writer.uncork();
      this.#parting = false;
    });
  }

  /**
   * Sends FIN, and goes on reading so that a request which crosses it does not reset the connection under the replies.
   * Such a request is not run: whoever gets no answer knows that nothing was done.
   */
  #sayGoodbye(): void {
    this.#loop.outbox.flush();
    this.#reader.stopped = true;
    this.#finished = true;
    this.#lingering = 0;
    this.#writer.end();
    if (this.#paused) this.#resume();
  }

  #finishWriting(): void {
    this.#loop.outbox.flush();
    this.#reader.stopped = true;
    this.#finished = true;
    if (!this.#socket.destroyed) this.#writer.end(() => this.#socket.destroy());
  }

  #cut(): void {
    this.#finished = true;
    this.#socket.destroy();
  }
}

/** As CLIENT LIST shows it; a socket that is closed already has no address. */
const addressOf = (host: string | undefined, port: number | undefined): string =>
  host === undefined || port === undefined ? '?:0' : endpoint(host, port);
