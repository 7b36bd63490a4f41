import { ProtocolError } from '../errors.ts';
import { PendingBytes } from '../resp/pending-bytes.ts';
import { INCOMPLETE, REQUEST, type RequestParser } from '../resp/request-parser.ts';
import type { Conversation } from '../server/executor.ts';
import type { ConnectionLoop } from './connection-loop.ts';

/** More than any request takes that keeps to the limits of those who owe a password, in bytes. */
const UNAUTHENTICATED_QUERY = 256 * 1024;

/** An incomplete request: its bytes so far and the parser that stopped in it. */
interface Tail {
  pending: PendingBytes;
  readonly parser: RequestParser;
}

/** Cuts what one client sends into requests, wherever its reads end, and hands them to its conversation. */
export class RequestReader {
  /** The client is to be heard no more: what else it has sent is not run. */
  stopped = false;
  /** Requests that the last read has completed. */
  requests = 0;
  readonly #loop: ConnectionLoop;
  #tail: Tail | undefined = undefined;

  constructor(loop: ConnectionLoop) {
    this.#loop = loop;
  }

  /** Bytes of an incomplete request. */
  get pendingBytes(): number {
    return this.#tail?.pending.length ?? 0;
  }

  /** Lets go of an incomplete request. */
  forget(): void {
    this.stopped = true;
    this.#tail = undefined;
  }

  /**
   * Hands over the requests that `bytes[..length)` completes, and keeps the incomplete rest.
   * @returns false if that is longer than client-query-buffer-limit.
   * @throws ProtocolError, and whatever the conversation throws.
   */
  read(bytes: Uint8Array, length: number, conversation: Conversation): boolean {
    if (this.#tail !== undefined) return this.#readMore(this.#tail, bytes, length, conversation);
    this.#readRequests(bytes, length, conversation);
    return true;
  }

  /** The usual case: requests lie whole in what was just read, and only an incomplete last one is copied. */
  #readRequests(bytes: Uint8Array, length: number, conversation: Conversation): void {
    const { parser } = this.#loop;
    parser.reset(0);
    const rest = this.#run(parser, bytes, length, conversation);
    if (rest === length) return;
    parser.rebase(rest);
    const pending = new PendingBytes(bytes, rest, length, parser.needed);
    this.#tail = { pending, parser: this.#loop.giveParserAway() };
  }

  /** An incomplete request goes on: what was read is appended to it. */
  #readMore(tail: Tail, bytes: Uint8Array, length: number, conversation: Conversation): boolean {
    const { pending, parser } = tail;
    this.requests = 0;
    pending.append(bytes, length, parser.needed);
    if (pending.length > this.#loop.queryBufferLimit) return false;
    if (pending.length > UNAUTHENTICATED_QUERY && !conversation.authenticated) {
      throw new ProtocolError('unauthenticated bulk length');
    }
    if (parser.needed <= pending.length) this.#resume(tail, conversation);
    return true;
  }

  #resume(tail: Tail, conversation: Conversation): void {
    const { pending, parser } = tail;
    const rest = this.#run(parser, pending.bytes, pending.length, conversation);
    if (rest === 0) return;
    if (rest === pending.length) {
      this.#tail = undefined;
      this.#loop.takeParserBack(parser);
      return;
    }
    parser.rebase(rest);
    tail.pending = new PendingBytes(pending.bytes, rest, pending.length, parser.needed);
  }

  /** Goes on parsing and hands over every whole request. @returns where the incomplete rest begins. */
  #run(parser: RequestParser, bytes: Uint8Array, limit: number, conversation: Conversation): number {
    parser.maxBulkLength = this.#loop.settings.values.protoMaxBulkLen;
    parser.authenticated = conversation.authenticated;
    for (let requests = 0; ; requests++) {
      const found = parser.parse(bytes, limit);
      this.requests = requests;
      if (found === INCOMPLETE) return parser.begin;
      if (found === REQUEST) conversation.execute(parser);
      if (this.stopped) return limit;
      if (!parser.authenticated) parser.authenticated = conversation.authenticated;
      parser.reset(parser.end);
    }
  }
}
