import { errors } from '../errors.ts';
import type { Keyspace } from '../keyspace/keyspace.ts';
import { type Waiter, WaitingKeys } from '../keyspace/waiting-keys.ts';
import { ReplyWriter } from '../resp/reply-writer.ts';
import type { Request } from '../resp/request.ts';
import { GATE_BLOCKED, GATE_SUSPENDED, type Session } from './session.ts';
import { timerDelay } from './timer-delay.ts';

/** A client whose command waits for a key. */
export interface BlockedClient extends Waiter {
  readonly session: Session;
  /** The command, which is run again when one of the keys is ready. */
  readonly request: Request;
  /** The argument that is the first of the keys. */
  readonly firstKey: number;
  /** How long it waits at most, in milliseconds; 0: for ever. */
  readonly timeout: number;
}

/** The clients that wait in BLPOP and its like: for which keys, until when, and what becomes of them. */
export class BlockedClients {
  /** Called when a session may go on with what it has sent meanwhile. */
  onRelease: (session: Session) => void = () => {};
  readonly keys = new WaitingKeys<BlockedClient>();
  readonly #now: () => number;
  readonly #reply = new ReplyWriter();
  readonly #clients = new Map<Session, BlockedClient>();
  readonly #timers = new Map<Session, NodeJS.Timeout>();

  /** @param now monotonic milliseconds: clients wait in real time, whatever clock the keys expire by. */
  constructor(keyspace: Keyspace, now: () => number = () => performance.now()) {
    this.#now = now;
    keyspace.waiting = this.keys;
  }

  /** Number of clients that wait. */
  get size(): number {
    return this.#clients.size;
  }

  has(session: Session): boolean {
    return this.#clients.has(session);
  }

  /** Lets a session wait. One that waits already, its command having been run again in vain, keeps its place and time. */
  add(client: BlockedClient): void {
    const { session } = client;
    if (this.#clients.has(session)) return;
    this.#clients.set(session, client);
    this.keys.add(client);
    session.shut(GATE_BLOCKED | GATE_SUSPENDED);
    if (client.timeout > 0) this.#schedule(client, this.#now() + client.timeout);
  }

  /** The session waits no more, or is gone. */
  remove(session: Session): void {
    const client = this.#clients.get(session);
    if (client === undefined) return;
    this.#clients.delete(session);
    clearTimeout(this.#timers.get(session));
    this.#timers.delete(session);
    this.keys.remove(client);
    session.open(GATE_BLOCKED);
    // What it has sent meanwhile goes first; whoever runs that opens the gate.
    if (!session.hasBacklog) session.open(GATE_SUSPENDED);
  }

  /** Ends the waiting of a session with a reply to its command. @param reply empty if it wanted none. */
  answer(session: Session, reply: Uint8Array): void {
    this.remove(session);
    session.answered++;
    session.outlet.push(session, reply);
    this.onRelease(session);
  }

  /** Ends the waiting of a session as if its time were up. */
  timeOut(session: Session): void {
    this.#answerWith(session, (reply) => reply.nullArray());
  }

  /** Ends the waiting of a session with an error (CLIENT UNBLOCK). */
  interrupt(session: Session): void {
    this.#answerWith(session, (reply) => reply.error(errors.unblocked.message));
  }

  /** Stops all timers. */
  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #answerWith(session: Session, write: (reply: ReplyWriter) => void): void {
    const reply = this.#reply;
    reply.clear();
    reply.protocol = session.protocol;
    if (session.wantsReplies) write(reply);
    this.answer(session, Buffer.from(reply.bytes.subarray(0, reply.length)));
  }

  #schedule(client: BlockedClient, deadline: number): void {
    const timer = setTimeout(() => this.#onTimer(client, deadline), timerDelay(deadline - this.#now()));
    this.#timers.set(client.session, timer);
  }

  #onTimer(client: BlockedClient, deadline: number): void {
    if (deadline > this.#now()) this.#schedule(client, deadline);
    else this.timeOut(client.session);
  }
}
