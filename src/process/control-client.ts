import type { Logger } from '../log.ts';
import type { ProcessReport } from '../metrics/snapshot.ts';
import type { DownwardMessage, UpwardMessage } from './control-message.ts';
import { MessageStream } from './message-stream.ts';
import { keepConnecting } from './sockets.ts';

/** How often a process reports to the supervisor, in milliseconds. */
const REPORT_INTERVAL = 1000;

export interface ControlClientOptions {
  readonly path: string;
  readonly role: 'worker' | 'keyspace';
  readonly slot: number;
  readonly log: Logger;
  readonly report: () => ProcessReport;
  /** The supervisor wants this process to end in an orderly way. */
  readonly onStop: () => void;
}

/** A process's line to the supervisor: it says who it is, reports once a second and listens for the order to stop. */
export class ControlClient {
  readonly #options: ControlClientOptions;
  #stream: MessageStream<DownwardMessage, UpwardMessage> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #ready = false;
  #closed = false;

  constructor(options: ControlClientOptions) {
    this.#options = options;
  }

  /** Connects, and again whenever the supervisor comes back. */
  start(): void {
    void this.#connect();
    this.#timer = setInterval(() => this.#report(), REPORT_INTERVAL);
  }

  /** Tells the supervisor that this process serves now. */
  ready(): void {
    this.#ready = true;
    this.#stream?.send({ type: 'ready' });
    this.#report();
  }

  /** Tells the supervisor that a client has sent SHUTDOWN. */
  shutdown(): void {
    this.#stream?.send({ type: 'shutdown' });
  }

  /** Sends the last report and hangs up. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#report();
    await this.#stream?.end();
  }

  async #connect(): Promise<void> {
    const { path, role, slot, onStop, log } = this.#options;
    const socket = await keepConnecting(path, () => this.#closed);
    if (socket === undefined) return;
    const stream = new MessageStream<DownwardMessage, UpwardMessage>(socket, (message) => {
      if (message.type === 'stop') onStop();
    });
    socket.on('error', (error) => log.warn({ err: error }, 'the line to the supervisor failed'));
    socket.on('close', () => {
      this.#stream = undefined;
      if (!this.#closed) void this.#connect();
    });
    stream.send({ type: 'hello', role, slot, pid: process.pid });
    if (this.#ready) stream.send({ type: 'ready' });
    this.#stream = stream;
    this.#report();
  }

  #report(): void {
    this.#stream?.send({ type: 'report', report: this.#options.report() });
  }
}
