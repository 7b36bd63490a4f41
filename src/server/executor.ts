import type { EndReason } from '../instance/session.ts';
import type { ReplyWriter } from '../resp/reply-writer.ts';
import type { RequestParser } from '../resp/request-parser.ts';

/** A connection as the executor sees it. */
export interface Client {
  /** `address:port` of the peer and of our side. */
  readonly address: string;
  readonly localAddress: string;
  /** Bytes of replies that the peer has not taken yet. */
  readonly outputBytes: number;
  /** Bytes of an incomplete request. */
  readonly queryBytes: number;
  /** Sends bytes that the callee may keep. */
  send(bytes: Uint8Array): void;
  /** Sends `bytes[start..end)`, whose memory the caller wants back. @returns true if it is not to be touched any more. */
  sendShared(bytes: Uint8Array, start: number, end: number): boolean;
  /** Sends what `replies` holds and clears it; gives its buffer away only if the socket could not take all at once. */
  sendFrom(replies: ReplyWriter): void;
  /** Ends the connection: after what was sent has left, or at once. */
  close(reason: EndReason, immediately: boolean): void;
  /** Everything that was asked has been answered. */
  idle(): void;
}

/**
 * One connection's way to the commands. The connection loop calls begin, then execute for each complete request of
 * one read, then finish.
 */
export interface Conversation {
  /** False while the client must authenticate first: the parser's limits are tighter then. */
  readonly authenticated: boolean;
  /** True while requests are unanswered, unless they have to wait (BLPOP, CLIENT PAUSE): who leaves then leaves at once. */
  readonly busy: boolean;
  /** True while the client is there to see what others do (MONITOR), or has to wait for them: it may be silent for ever. */
  readonly listening: boolean;
  begin(): void;
  /** Takes one request; its bytes are valid during the call and until {@link finish}. */
  execute(request: RequestParser): void;
  /** @returns false if the connection should read no more until {@link Client.idle}. */
  finish(): boolean;
  /** The client broke the protocol: answers the error behind all replies still due, then closes. */
  fail(message: string): void;
  /** The connection is gone. */
  close(): void;
}

/** Where the connection loop sends what clients ask: this process, or the keyspace at the other end of a link. */
export interface Executor {
  open(client: Client): Conversation;
}
