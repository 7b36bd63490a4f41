import type { StoredRequest } from '../resp/request.ts';

/** What {@link Session.gate} says: why a command of this session may not simply run. 0 is the fast path. */
export const GATE_AUTH = 1;
export const GATE_MULTI = 2;
export const GATE_SUSPENDED = 4;
/** The session's command waits for a key. */
export const GATE_BLOCKED = 8;
export const GATE_REPLY_OFF = 16;
export const GATE_REPLY_SKIP = 32;
export const GATE_MONITOR = 64;
export const GATE_NO_TOUCH = 128;

/** A command that waits for EXEC. */
export interface QueuedCommand {
  readonly request: StoredRequest;
  /** It may change data, so a pause of writes holds EXEC up. */
  readonly writes: boolean;
  readonly deniedWhenFull: boolean;
}

/** The way back to the client; one per connection, implemented where the socket or the link is. */
export interface Outlet {
  /** What is known of the connection just now. */
  readonly facts: ConnectionFacts;
  /** Sends bytes outside the replies of a running batch (pushes, MONITOR lines, late replies). */
  push(session: Session, bytes: Uint8Array): void;
  /** Ends the connection: after what was written so far has left, or at once. */
  close(session: Session, reason: EndReason, immediately: boolean): void;
}

/** Why a connection ended; the label `reason` of the closed-connections metric. */
export const CLOSE_REASONS = [
  'client',
  'idle_timeout',
  'slow_client',
  'protocol_error',
  'killed',
  'error',
  'shutdown',
] as const;
export type CloseReason = (typeof CLOSE_REASONS)[number];

/** Why a connection was refused; the label `reason` of the rejected-connections metric. */
export const REJECT_REASONS = ['max_clients', 'protected_mode'] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];
export type EndReason = CloseReason | RejectReason;

/** What a worker reports about a connection it serves, for CLIENT LIST. All sizes in bytes. */
export interface ConnectionFacts {
  readonly queryBuffer: number;
  readonly outputBuffer: number;
}

/** One client's conversation: everything a command may ask or change about who is speaking. */
export class Session {
  readonly id: number;
  /** `address:port` of the client and of the socket it came in by. */
  readonly address: string;
  readonly localAddress: string;
  /** Unix time in milliseconds. */
  readonly createdAt: number;
  readonly outlet: Outlet;

  gate = 0;
  databaseIndex = 0;
  protocol = 2;
  name = '';
  libraryName = '';
  libraryVersion = '';
  authenticated = true;
  noEvict = false;
  /** Unix time in milliseconds of the last request. */
  lastActiveAt: number;
  /** The command of the last request; undefined before the first and after one that does not exist. */
  lastCommand: { readonly name: string } | undefined = undefined;
  /** Commands queued by MULTI; undefined outside a transaction. */
  queue: QueuedCommand[] | undefined = undefined;
  /** A command could not be queued, so EXEC must abort. */
  queueFailed = false;
  /** A watched key was changed since WATCH. */
  watchBroken = false;
  /** Number of keys under WATCH. */
  watching = 0;
  /** Replies still to be dropped for CLIENT REPLY SKIP, its own included. */
  skipNext = 0;
  /** Set when the connection is to end after the replies written so far. */
  closing: CloseReason | undefined = undefined;
  /** That end is at once: replies that are not on their way yet are dropped. */
  cut = false;
  /** Raw requests that arrived while the session was suspended, oldest first. */
  backlog: Buffer[] = [];
  backlogBytes = 0;
  /** What was wrong with the bytes behind the backlog, to be told when that has run. */
  fault: string | undefined = undefined;
  /** Requests run or refused since their replies were last sent on. */
  answered = 0;

  constructor(id: number, address: string, localAddress: string, now: number, outlet: Outlet) {
    this.id = id;
    this.address = address;
    this.localAddress = localAddress;
    this.createdAt = now;
    this.lastActiveAt = now;
    this.outlet = outlet;
  }

  get facts(): ConnectionFacts {
    return this.outlet.facts;
  }

  /** Keeps a request for later. */
  keep(request: Buffer): void {
    this.backlog.push(request);
    this.backlogBytes += request.length;
  }

  /** The requests kept, one behind the other; none is kept any more. */
  takeBacklog(): Buffer {
    const taken = Buffer.concat(this.backlog);
    this.backlog = [];
    this.backlogBytes = 0;
    return taken;
  }

  /** True if the client has sent something that is yet to be run, or told. */
  get hasBacklog(): boolean {
    return this.backlog.length > 0 || this.fault !== undefined;
  }

  /** False while CLIENT REPLY drops what the session would be told. */
  get wantsReplies(): boolean {
    return (this.gate & (GATE_REPLY_OFF | GATE_REPLY_SKIP)) === 0;
  }

  open(gate: number): void {
    this.gate &= ~gate;
  }

  shut(gate: number): void {
    this.gate |= gate;
  }
}
