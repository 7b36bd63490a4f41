import {
  type ConnectionFacts,
  type EndReason,
  GATE_MONITOR,
  GATE_SUSPENDED,
  type Outlet,
  type Session,
} from '../instance/session.ts';
import type { RequestParser } from '../resp/request-parser.ts';
import { type Engine, LARGE_BATCH, Refusal } from './engine.ts';
import type { Client, Conversation, Executor } from './executor.ts';

/** Whoever counts the requests that clients send. */
export interface RequestCounter {
  commands: number;
}

/** Runs requests in this process: the solo server. */
export class LocalExecutor implements Executor {
  readonly #engine: Engine;
  readonly #counters: RequestCounter;

  constructor(engine: Engine, counters: RequestCounter) {
    this.#engine = engine;
    this.#counters = counters;
  }

  open(client: Client): Conversation {
    const outlet = new ClientOutlet(client);
    const session = this.#engine.open(client.address, client.localAddress, outlet);
    if (!(session instanceof Refusal))
      return new LocalConversation(this.#engine, this.#counters, client, session);
    client.send(Buffer.from(`-${session.text}\r\n`));
    client.close(session.reason, false);
    return REFUSED;
  }
}

/** Sends what comes outside of a running batch. */
class ClientOutlet implements Outlet {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  push(session: Session, bytes: Uint8Array): void {
    session.answered = 0;
    if (bytes.length > 0) this.#client.send(bytes);
    if (session.closing !== undefined) this.#client.close(session.closing, session.cut);
    else if (session.backlog.length === 0) this.#client.idle();
  }

  close(_session: Session, reason: EndReason, immediately: boolean): void {
    this.#client.close(reason, immediately);
  }

  get facts(): ConnectionFacts {
    return { queryBuffer: this.#client.queryBytes, outputBuffer: this.#client.outputBytes };
  }
}

class LocalConversation implements Conversation {
  readonly #engine: Engine;
  readonly #counters: RequestCounter;
  readonly #client: Client;
  readonly #session: Session;

  constructor(engine: Engine, counters: RequestCounter, client: Client, session: Session) {
    this.#engine = engine;
    this.#counters = counters;
    this.#client = client;
    this.#session = session;
  }

  get authenticated(): boolean {
    return this.#session.authenticated;
  }

  /** What is not answered at once waits, and who waits may leave. */
  get busy(): boolean {
    return false;
  }

  get listening(): boolean {
    return (this.#session.gate & (GATE_MONITOR | GATE_SUSPENDED)) !== 0;
  }

  begin(): void {
    this.#engine.begin();
    this.#engine.beginSession(this.#session);
  }

  execute(request: RequestParser): void {
    this.#counters.commands++;
    const { reply } = this.#engine;
    this.#engine.execute(this.#session, request);
    if (reply.length > LARGE_BATCH) this.#engine.sendPart(() => this.#client.sendFrom(reply));
  }

  finish(): boolean {
    this.#engine.end();
    this.#session.answered = 0;
    const { reply } = this.#engine;
    if (reply.length > 0) this.#client.sendFrom(reply);
    const { closing, cut } = this.#session;
    if (closing !== undefined) this.#client.close(closing, cut);
    return true;
  }

  fail(message: string): void {
    this.begin();
    this.#engine.fail(this.#session, message);
    this.finish();
  }

  close(): void {
    this.#engine.close(this.#session);
  }
}

/** The conversation of a client that was turned away: whatever it still says is ignored. */
const REFUSED: Conversation = {
  authenticated: false,
  busy: false,
  listening: false,
  begin() {},
  execute() {},
  finish: () => true,
  fail() {},
  close() {},
};
