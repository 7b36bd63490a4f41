import { ProtocolError } from '../errors.ts';
import { PendingBytes } from '../resp/pending-bytes.ts';
import { INCOMPLETE, REQUEST, type RequestParser } from '../resp/request-parser.ts';
import type { Conversation } from '../server/executor.ts';
import type { ConnectionLoop } from './connection-loop.ts';

/** More than any request takes that keeps to the limits of those who owe a password, in bytes. */
const UNAUTHENTICATED_QUERY = 256 * 1024;

/** So many bytes are appended at least to a request of which nobody knows how long it will be. */
const MIN_STEP = 64;

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

  /** True if no more bytes can complete the request that has begun. */
  get endless(): boolean {
    return this.#tail?.parser.endless ?? false;
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
    this.requests = 0;
    if (this.#tail === undefined) this.#readRequests(bytes, 0, length, conversation);
    else return this.#readMore(this.#tail, bytes, length, conversation);
    return true;
  }

  /** The usual case: requests lie whole in what was just read, and only an incomplete last one is copied. */
  #readRequests(bytes: Uint8Array, from: number, to: number, conversation: Conversation): void {
    const { parser } = this.#loop;
    parser.reset(from);
    const rest = this.#run(parser, bytes, to, conversation);
    if (rest === to) return;
    parser.rebase(rest);
    const pending = new PendingBytes(bytes, rest, to, parser.needed);
    this.#tail = { pending, parser: this.#loop.giveParserAway() };
  }

  /**
   * An incomplete request goes on: of what was read as much is appended as completes it, in one step where its length
   * is known and else in steps that double. The others are handed over from where they lie.
   */
  #readMore(tail: Tail, bytes: Uint8Array, length: number, conversation: Conversation): boolean {
    const { pending, parser } = tail;
    for (let at = 0; at < length; ) {
      const missing = parser.needed - pending.length;
      const step = missing > 0 ? missing : Math.max(MIN_STEP, pending.length);
      const to = Math.min(length, at + step);
      pending.append(bytes, at, to, parser.needed);
      at = to;
      if (pending.length > this.#loop.queryBufferLimit) return false;
      if (pending.length > UNAUTHENTICATED_QUERY && !conversation.authenticated) {
        throw new ProtocolError('unauthenticated bulk length');
      }
      if (parser.needed > pending.length) return true;
      const rest = this.#run(parser, pending.bytes, pending.length, conversation);
      if (this.stopped) return true;
      if (rest === 0) continue;
      this.#tail = undefined;
      this.#loop.takeParserBack(parser);
      this.#readRequests(bytes, at - (pending.length - rest), length, conversation);
      return true;
    }
    return true;
  }

  /** Goes on parsing and hands over every whole request. @returns where the incomplete rest begins. */
  #run(parser: RequestParser, bytes: Uint8Array, limit: number, conversation: Conversation): number {
    parser.maxBulkLength = this.#loop.settings.values.protoMaxBulkLen;
    parser.authenticated = conversation.authenticated;
    for (;;) {
      const found = parser.parse(bytes, limit);
      if (found === INCOMPLETE) return parser.begin;
      this.requests++;
      if (found === REQUEST) conversation.execute(parser);
      if (this.stopped) return limit;
      if (!parser.authenticated) parser.authenticated = conversation.authenticated;
      parser.reset(parser.end);
    }
  }
}
