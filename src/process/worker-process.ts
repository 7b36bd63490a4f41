import type { Socket } from 'node:net';
import type { Config } from '../config/config.ts';
import { Settings } from '../config/live.ts';
import { WorkerLink } from '../link/worker-link.ts';
import type { Logger } from '../log.ts';
import { levelFor } from '../log.ts';
import { ProcessProbe } from '../metrics/process-probe.ts';
import { WorkerCounters } from '../metrics/worker-counters.ts';
import { workerFigures, workerReport } from '../metrics/worker-report.ts';
import { ConnectionLoop } from '../net/connection-loop.ts';
import { Listener } from '../net/listener.ts';
import { readsOn } from '../net/socket-reader.ts';
import { SocketWriter } from '../net/socket-writer.ts';
import { leaveCluster } from './cluster.ts';
import { ControlClient } from './control-client.ts';
import { RunDirectory } from './run-directory.ts';
import { keepConnecting } from './sockets.ts';
import { codeOf, reasonOf } from './start-error.ts';

/** Size of the buffer that the link is read into, in bytes. */
const READ_BUFFER = 128 * 1024;
/** How often keyspace and supervisor are told what only this worker knows, in milliseconds. */
const REPORT_INTERVAL = 100;
/** For so long, in milliseconds, clients that were heard of late may ask once more; another worker serves new ones. */
const LAST_WORDS = 1000;
/** After so many milliseconds without a keyspace a worker says what it waits for. */
const PATIENCE = 2000;

export interface WorkerProcessOptions {
  readonly config: Config;
  readonly slot: number;
  readonly log: Logger;
  /** Called once, when clients can connect. */
  readonly onListening: () => void;
  /** Ends the process. */
  readonly exit: (code: number) => void;
}

/** A process that serves connections. It holds nothing that cannot be lost. */
export class WorkerProcess {
  readonly #options: WorkerProcessOptions;
  readonly #log: Logger;
  readonly #directory: RunDirectory;
  readonly #settings: Settings;
  readonly #counters = new WorkerCounters();
  readonly #probe = new ProcessProbe();
  readonly #loop: ConnectionLoop;
  readonly #link: WorkerLink;
  readonly #listener: Listener;
  readonly #control: ControlClient;
  #reports: NodeJS.Timeout | undefined;
  #patience: NodeJS.Timeout | undefined;
  #listening = false;
  #stopping = false;

  constructor(options: WorkerProcessOptions) {
    const { config, slot, log } = options;
    const settings = new Settings(config);
    const counters = this.#counters;
    this.#options = options;
    this.#log = log;
    this.#settings = settings;
    this.#directory = new RunDirectory(config.runDir);
    this.#loop = new ConnectionLoop({ settings, log, counters });
    this.#link = new WorkerLink({ settings, log, counters, onReady: () => this.#onLinked() });
    this.#listener = new Listener(this.#loop, this.#link);
    this.#control = new ControlClient({
      path: this.#directory.controlSocket,
      role: 'worker',
      slot,
      log,
      report: () => workerReport(counters, slot, this.#loop.size, this.#probe),
      hangTimeout: config.workerHangTimeout * 1000,
      onStop: () => void this.stop(),
    });
    settings.onChange('log-level', () => {
      log.level = levelFor(settings.values.logLevel);
    });
  }

  start(): void {
    this.#probe.start();
    this.#control.start();
    this.#reports = setInterval(() => this.#report(), REPORT_INTERVAL);
    this.#patience = setTimeout(() => {
      if (!this.#link.up) this.#log.info(`waiting for the keyspace in ${this.#directory.path}`);
    }, PATIENCE);
    void this.#connect();
  }

  /** Accepts no more, answers what was asked, says goodbye to everybody and exits. */
  async stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#log.debug('worker draining');
    this.#control.draining();
    clearTimeout(this.#patience);
    await this.#listener.close();
    await this.#loop.drain(this.#settings.values.shutdownTimeout * 1000, LAST_WORDS);
    clearInterval(this.#reports);
    this.#link.report();
    this.#probe.stop();
    await this.#control.close();
    await leaveCluster();
    this.#options.exit(0);
  }

  #report(): void {
    this.#link.report();
    this.#control.update(workerFigures(this.#counters, this.#loop.size));
  }

  async #connect(): Promise<void> {
    let buffer = Buffer.allocUnsafeSlow(READ_BUFFER);
    let renew = false;
    const socket: Socket | undefined = await keepConnecting(this.#directory.linkSocket, () => this.#lost, {
      buffer: () => {
        if (renew) buffer = Buffer.allocUnsafeSlow(READ_BUFFER);
        renew = false;
        return buffer;
      },
      callback: (length, bytes) => {
        renew = this.#onRead(length, bytes);
        return socket === undefined || readsOn(socket, length < READ_BUFFER);
      },
    });
    if (socket === undefined) return;
    socket.on('error', (error) => this.#log.debug({ err: error }, 'the link failed'));
    socket.on('drain', () => this.#link.onDrain());
    socket.on('close', () => {
      if (this.#link.up) this.#log.warn('the keyspace is gone: waiting for it to come back');
      this.#link.disconnect();
      this.#control.link(null);
      void this.#connect();
    });
    this.#link.connect(new SocketWriter(socket));
  }

  /** True when there is no use in a keyspace any more. */
  get #lost(): boolean {
    return this.#stopping && this.#loop.size === 0;
  }

  #onRead(length: number, bytes: Uint8Array): boolean {
    try {
      return this.#link.onRead(length, bytes);
    } catch (error) {
      this.#log.fatal({ err: error }, 'the link failed by a fault of the server');
      this.#options.exit(1);
      return true;
    }
  }

  #onLinked(): void {
    this.#control.link(this.#link.keyspace);
    void this.#listen();
  }

  async #listen(): Promise<void> {
    if (this.#listening || this.#stopping) return;
    this.#listening = true;
    const { host, port, backlog } = this.#options.config;
    try {
      await this.#listener.listen({ hosts: host, port, backlog });
    } catch (error) {
      this.#log.fatal({ code: codeOf(error), hosts: host, port }, `cannot listen: ${reasonOf(error)}`);
      this.#options.exit(1);
      return;
    }
    this.#control.ready();
    this.#options.onListening();
  }
}
