import type { Config } from '../config/config.ts';
import type { TrafficFigures } from '../instance/traffic.ts';
import type { Logger } from '../log.ts';
import type { InterimReport, ProcessReport, ProcessRole } from '../metrics/snapshot.ts';
import type { DownwardMessage, UpwardMessage } from './control-message.ts';
import { MessageStream } from './message-stream.ts';
import { keepConnecting } from './sockets.ts';

/** How often a process reports to the supervisor, in milliseconds; more often if silence is taken amiss sooner. */
const REPORT_INTERVAL = 1000;
const REPORTS_PER_TIMEOUT = 4;

export interface ControlClientOptions {
  readonly path: string;
  readonly role: ProcessRole;
  readonly slot: number;
  readonly log: Logger;
  readonly report: () => ProcessReport;
  /** Silence for which the supervisor kills a process, in milliseconds; 0 for never. */
  readonly hangTimeout: number;
  /** The supervisor wants this process to end in an orderly way. */
  readonly onStop: () => void;
  /** The supervisor tells what all workers have counted. */
  readonly onTraffic?: (traffic: TrafficFigures) => void;
}

/** A process's line to the supervisor: it says who it is, reports once a second and listens for the order to stop. */
export class ControlClient {
  readonly #options: ControlClientOptions;
  #stream: MessageStream<DownwardMessage, UpwardMessage> | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** The latest message of each kind that says how things are: what a supervisor that comes back must hear. */
  readonly #standing = new Map<string, UpwardMessage>();
  /** The latest update, as text. */
  #updated = '';
  #closed = false;

  constructor(options: ControlClientOptions) {
    this.#options = options;
  }

  /** Connects, and again whenever the supervisor comes back. */
  start(): void {
    void this.#connect();
    const longest = this.#options.hangTimeout / REPORTS_PER_TIMEOUT || REPORT_INTERVAL;
    this.#timer = setInterval(() => this.#report(), Math.min(REPORT_INTERVAL, longest));
  }

  /** Tells the supervisor that this process serves now. */
  ready(): void {
    this.#state({ type: 'ready' });
    this.#report();
  }

  /** Tells the supervisor to which keyspace this worker is linked, by its pid; null for none. */
  link(keyspace: number | null): void {
    this.#state({ type: 'link', keyspace });
  }

  /** Tells the supervisor that this process is about to end. */
  draining(): void {
    this.#state({ type: 'draining' });
  }

  /** Tells the supervisor that settings have changed by which it goes. */
  settings({ shutdownTimeout, logLevel }: Pick<Config, 'shutdownTimeout' | 'logLevel'>): void {
    this.#state({ type: 'settings', shutdownTimeout, logLevel });
  }

  /** Tells the supervisor figures between two reports, if they are news. */
  update(figures: InterimReport): void {
    const text = JSON.stringify(figures);
    if (text === this.#updated) return;
    if (this.#stream?.offer({ type: 'update', figures })) this.#updated = text;
  }

  /** Tells the supervisor that a client has sent SHUTDOWN. */
  shutdown(): void {
    this.#state({ type: 'shutdown' });
  }

  /** Sends the last report and hangs up. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#report();
    await this.#stream?.end();
  }

  async #connect(): Promise<void> {
    const { path, role, slot, onStop, onTraffic, log } = this.#options;
    const socket = await keepConnecting(path, () => this.#closed);
    if (socket === undefined) return;
    const stream = new MessageStream<DownwardMessage, UpwardMessage>(socket, (message) => {
      if (message.type === 'stop') onStop();
      else onTraffic?.(message.traffic);
    });
    socket.on('error', (error) => log.debug({ err: error }, 'the line to the supervisor failed'));
    socket.on('close', () => {
      this.#stream = undefined;
      if (!this.#closed) void this.#connect();
    });
    const startedAt = Math.round(performance.timeOrigin);
    // In one piece: between hello and report it would be known, and not up.
    socket.cork();
    stream.send({ type: 'hello', role, slot, pid: process.pid, startedAt });
    for (const message of this.#standing.values()) stream.send(message);
    this.#stream = stream;
    this.#report();
    socket.uncork();
  }

  #state(message: UpwardMessage): void {
    this.#standing.set(message.type, message);
    this.#stream?.send(message);
  }

  #report(): void {
    this.#stream?.send({ type: 'report', report: this.#options.report() });
  }
}
