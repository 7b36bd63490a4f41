import type { Config } from '../config/config.ts';
import { Settings } from '../config/live.ts';
import { WorkerLink } from '../link/worker-link.ts';
import type { Logger } from '../log.ts';
import { levelFor } from '../log.ts';
import { ProcessProbe } from '../metrics/process-probe.ts';
import { WorkerCounters } from '../metrics/worker-counters.ts';
import { workerReport } from '../metrics/worker-report.ts';
import { ConnectionLoop } from '../net/connection-loop.ts';
import { Listener } from '../net/listener.ts';
import { ControlClient } from './control-client.ts';
import { RunDirectory } from './run-directory.ts';
import { keepConnecting } from './sockets.ts';

/** Size of the buffer that the link is read into, in bytes. */
const READ_BUFFER = 256 * 1024;
/** How often the keyspace is told what only this worker knows, in milliseconds. */
const REPORT_INTERVAL = 100;

/** A process that serves connections. It holds nothing that cannot be lost. */
export class WorkerProcess {
  readonly #config: Config;
  readonly #log: Logger;
  readonly #exit: (code: number) => void;
  readonly #onListening: () => void;
  readonly #directory: RunDirectory;
  readonly #counters = new WorkerCounters();
  readonly #probe = new ProcessProbe();
  readonly #loop: ConnectionLoop;
  readonly #link: WorkerLink;
  readonly #listener: Listener;
  readonly #control: ControlClient;
  #reports: NodeJS.Timeout | undefined;
  #listening = false;
  #stopping = false;

  /**
   * @param onListening called once, when clients can connect.
   * @param exit ends the process.
   */
  constructor(config: Config, slot: number, log: Logger, onListening: () => void, exit: (code: number) => void) {
    const settings = new Settings(config);
    this.#config = config;
    this.#log = log;
    this.#exit = exit;
    this.#onListening = onListening;
    this.#directory = new RunDirectory(config.runDir);
    this.#loop = new ConnectionLoop({ settings, log, counters: this.#counters });
    this.#link = new WorkerLink({ settings, log, counters: this.#counters, onReady: () => void this.#listen() });
    this.#listener = new Listener(this.#loop, this.#link);
    this.#control = new ControlClient({
      path: this.#directory.controlSocket,
      role: 'worker',
      slot,
      log,
      report: () => workerReport(this.#counters, slot, this.#loop.size, this.#probe),
      onStop: () => void this.stop(),
    });
    settings.onChange('log-level', () => {
      log.level = levelFor(settings.values.logLevel);
    });
  }

  start(): void {
    this.#probe.start();
    this.#control.start();
    this.#reports = setInterval(() => this.#link.report(), REPORT_INTERVAL);
    void this.#connect();
  }

  /** Accepts no more, answers what was asked, says goodbye to everybody and exits. */
  async stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#log.debug('worker draining');
    await this.#listener.close();
    await this.#loop.drain(this.#config.shutdownTimeout * 1000);
    clearInterval(this.#reports);
    this.#link.report();
    await new Promise((resolve) => setImmediate(resolve));
    this.#probe.stop();
    await this.#control.close();
    this.#exit(0);
  }

  async #connect(): Promise<void> {
    let buffer = Buffer.allocUnsafeSlow(READ_BUFFER);
    let renew = false;
    const socket = await keepConnecting(this.#directory.linkSocket, () => this.#stopping, {
      buffer: () => {
        if (renew) buffer = Buffer.allocUnsafeSlow(READ_BUFFER);
        renew = false;
        return buffer;
      },
      callback: (length, bytes) => {
        renew = this.#onRead(length, bytes);
        return true;
      },
    });
    if (socket === undefined) return;
    socket.on('error', (error) => this.#log.debug({ err: error }, 'the link failed'));
    socket.on('drain', () => this.#link.onDrain());
    socket.on('close', () => {
      this.#link.disconnect();
      if (!this.#stopping) void this.#connect();
    });
    this.#link.connect(socket);
  }

  #onRead(length: number, bytes: Uint8Array): boolean {
    try {
      return this.#link.onRead(length, bytes);
    } catch (error) {
      this.#log.fatal({ err: error }, 'the link failed by a fault of the server');
      this.#exit(1);
      return true;
    }
  }

  async #listen(): Promise<void> {
    if (this.#listening || this.#stopping) return;
    this.#listening = true;
    const { host, port, backlog } = this.#config;
    try {
      await this.#listener.listen({ hosts: host, port, backlog });
    } catch (error) {
      this.#log.fatal({ err: error }, 'cannot listen');
      this.#exit(1);
      return;
    }
    this.#control.ready();
    this.#onListening();
  }
}
