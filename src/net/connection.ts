import type { Socket } from 'node:net';
import { ProtocolError } from '../errors.ts';
import type { EndReason } from '../instance/session.ts';
import type { ReplyWriter } from '../resp/reply-writer.ts';
import { INCOMPLETE, REQUEST, type RequestParser } from '../resp/request-parser.ts';
import type { Client, Conversation, Executor } from '../server/executor.ts';
import type { ConnectionLoop } from './connection-loop.ts';
import { readInto } from './socket-reader.ts';

/** So many looks after goodbye a client that has not gone is cut. */
const MAX_LINGERING = 20;

/** An incomplete request: its bytes so far and the parser that stopped in it. */
interface Tail {
  bytes: Buffer;
  length: number;
  parser: RequestParser;
}

/** One client's socket: reads requests, hands them to the conversation, writes what comes back. */
export class Connection implements Client {
  readonly address: string;
  readonly localAddress: string;
  /** Tick of the loop at which the client was last heard. */
  lastHeard = 0;
  /** Tick since when the output is above the soft limit; -1 if it is not. */
  overSoftLimitSince = -1;

  readonly #loop: ConnectionLoop;
  readonly #socket: Socket;
  readonly #conversation: Conversation;
  #tail: Tail | undefined = undefined;
  #ended = false;
  #reason: EndReason = 'client';
  /** Close as soon as everything asked has been answered. */
  #closeWhenIdle = false;
  /** The server ends: say goodbye at the first moment at which nothing is asked. */
  #draining = false;
  /** Goodbye was said so many looks ago; -1 before. */
  #lingering = -1;
  #paused = false;
  /** Bytes of the last read. */
  #lastRead = 0;

  constructor(loop: ConnectionLoop, accepted: Socket, executor: Executor) {
    this.#loop = loop;
    this.address = endpoint(accepted.remoteAddress, accepted.remotePort);
    this.localAddress = endpoint(accepted.localAddress, accepted.localPort);
    this.lastHeard = loop.tick;
    this.#socket = readInto(accepted, loop.readBuffer, (length, bytes) => this.#onRead(length, bytes));
    this.#socket.on('end', () => this.#onEnd());
    this.#socket.on('error', () => this.#blame('error'));
    this.#socket.on('close', () => this.#onClose());
    this.#conversation = executor.open(this);
  }

  get outputBytes(): number {
    return this.#socket.writableLength;
  }

  get queryBytes(): number {
    return this.#tail?.length ?? 0;
  }

  send(bytes: Uint8Array): void {
    if (this.#socket.destroyed) return;
    this.#loop.counters.bytesOut += bytes.length;
    this.#loop.counters.writes++;
    this.#socket.write(bytes);
    if (this.#socket.writableLength > 0) this.#loop.checkOutput(this);
  }

  /**
   * Sends bytes whose memory the caller wants back.
   * @returns true if the socket did not take them all at once, so that the memory is not to be touched any more.
   */
  sendShared(bytes: Uint8Array): boolean {
    if (this.#socket.writableLength > 0) {
      this.send(Buffer.from(bytes));
      return false;
    }
    this.send(bytes);
    return this.#socket.writableLength > 0;
  }

  sendFrom(replies: ReplyWriter): void {
    const { length } = replies;
    if (this.#socket.destroyed) return replies.clear();
    this.#loop.counters.bytesOut += length;
    this.#loop.counters.writes++;
    this.#socket.write(replies.bytes.subarray(0, length));
    if (this.#socket.writableLength === 0) return replies.clear();
    replies.take();
    this.#loop.checkOutput(this);
  }

  close(reason: EndReason, immediately: boolean): void {
    this.#blame(reason);
    if (immediately) this.#socket.destroy();
    else this.#finishWriting();
  }

  idle(): void {
    if (this.#closeWhenIdle) this.#finishWriting();
    else if (this.#draining) this.#partSoon();
    if (this.#paused) this.#resume();
  }

  /** The client has said nothing for too long: it goes, unless it waits for an answer. */
  closeIdle(): void {
    if (!this.#conversation.busy) this.close('idle_timeout', false);
  }

  /**
   * The server ends: the next answer is the last. A client that has just been answered is the least likely to be asking
   * again, so this is when it is told goodbye; the idle ones are left to {@link part}.
   */
  drain(): void {
    this.#blame('shutdown');
    this.#draining = true;
  }

  /** Says goodbye to a client that asks nothing, and cuts one that does not go although it was told. */
  part(): void {
    if (this.#lingering >= 0) {
      if (this.#socket.writableFinished && ++this.#lingering > MAX_LINGERING) this.#socket.destroy();
    } else if (!this.#conversation.busy && this.#tail === undefined) this.#sayGoodbye();
  }

  #onRead(length: number, bytes: Uint8Array): void {
    this.lastHeard = this.#loop.tick;
    this.#lastRead = length;
    this.#loop.counters.bytesIn += length;
    this.#loop.counters.reads++;
    if (this.#ended) return;
    this.#conversation.begin();
    try {
      if (this.#tail === undefined) this.#readRequests(bytes, length);
      else this.#readMore(this.#tail, bytes, length);
    } catch (error) {
      this.#finish();
      if (error instanceof ProtocolError) this.#onProtocolError(error);
      else this.#onBug(error);
      return;
    }
    this.#finish();
  }

  /** A fault of ours costs this client its connection and nobody else anything. */
  #onBug(error: unknown): void {
    this.#loop.log.error({ err: error }, 'a connection failed by a fault of the server');
    this.close('error', true);
  }

  #finish(): void {
    const readOn = this.#conversation.finish();
    if (this.#ended) return;
    if (this.#draining) this.#partSoon();
    if (readOn) return;
    this.#paused = true;
    this.#socket.pause();
  }

  #resume(): void {
    this.#paused = false;
    this.#socket.resume();
  }

  /** The usual case: requests lie whole in what was just read, and only an incomplete last one is copied. */
  #readRequests(bytes: Uint8Array, length: number): void {
    const { parser } = this.#loop;
    parser.authenticated = this.#conversation.authenticated;
    const rest = this.#runRequests(parser, bytes, 0, length);
    if (rest === length) return;
    const kept = Buffer.allocUnsafeSlow(Math.max(1024, (length - rest) * 2));
    kept.set(bytes.subarray(rest, length));
    parser.rebase(rest);
    this.#tail = { bytes: kept, length: length - rest, parser: this.#loop.giveParserAway() };
  }

  /** Runs every whole request from `at`. @returns where the incomplete rest begins. */
  #runRequests(parser: RequestParser, bytes: Uint8Array, at: number, limit: number): number {
    parser.reset(at);
    return this.#goOn(parser, bytes, limit);
  }

  #goOn(parser: RequestParser, bytes: Uint8Array, limit: number): number {
    for (;;) {
      const found = parser.parse(bytes, limit);
      if (found === INCOMPLETE) return parser.begin;
      if (found === REQUEST) this.#conversation.execute(parser);
      if (!parser.authenticated) parser.authenticated = this.#conversation.authenticated;
      parser.reset(parser.end);
    }
  }

  /** An incomplete request goes on: what was read is appended to it. */
  #readMore(tail: Tail, bytes: Uint8Array, length: number): void {
    append(tail, bytes, length);
    if (tail.length > this.#loop.queryBufferLimit) {
      this.#loop.onQueryBufferLimit(this);
      this.close('slow_client', true);
      return;
    }
    if (tail.parser.needed > tail.length) return;
    const rest = this.#goOn(tail.parser, tail.bytes, tail.length);
    if (rest === 0) return;
    if (rest === tail.length) {
      this.#tail = undefined;
      this.#loop.takeParserBack(tail.parser);
      return;
    }
    tail.bytes = Buffer.from(tail.bytes.subarray(rest, tail.length));
    tail.length -= rest;
    tail.parser.rebase(rest);
  }

  #onProtocolError(error: ProtocolError): void {
    this.#loop.counters.protocolErrors++;
    this.#ended = true;
    this.#conversation.fail(error.message);
  }

  /** The client has sent its last byte: what it asked is still answered. */
  #onEnd(): void {
    this.#ended = true;
    this.#closeWhenIdle = true;
    if (!this.#conversation.busy) this.#finishWriting();
  }

  #onClose(): void {
    this.#ended = true;
    this.#conversation.close();
    this.#loop.remove(this, this.#reason);
  }

  #blame(reason: EndReason): void {
    if (this.#reason === 'client') this.#reason = reason;
  }

  /** At the end of this turn, so that what has arrived in it is still answered, as is what a full read has left. */
  #partSoon(): void {
    setImmediate(() => {
      if (this.#lastRead < this.#loop.readBuffer.length && this.#lingering < 0 && !this.#ended) this.part();
    });
  }

  /**
   * Sends FIN, and goes on reading so that a request which crosses it does not reset the connection under the replies.
   * Such a request is not run: whoever gets no answer knows that nothing was done.
   */
  #sayGoodbye(): void {
    this.#ended = true;
    this.#lingering = 0;
    this.#socket.end();
    if (this.#paused) this.#resume();
  }

  #finishWriting(): void {
    this.#ended = true;
    if (!this.#socket.destroyed) this.#socket.end(() => this.#socket.destroy());
  }
}

const append = (tail: Tail, bytes: Uint8Array, length: number): void => {
  const wanted = tail.length + length;
  if (wanted > tail.bytes.length) {
    const target = Math.max(wanted, Math.min(tail.bytes.length * 2, Math.max(tail.parser.needed, wanted)));
    const grown = Buffer.allocUnsafeSlow(target);
    tail.bytes.copy(grown, 0, 0, tail.length);
    tail.bytes = grown;
  }
  tail.bytes.set(bytes.subarray(0, length), tail.length);
  tail.length = wanted;
};

const endpoint = (address: string | undefined, port: number | undefined): string => {
  if (address === undefined) return '?:0';
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
};
