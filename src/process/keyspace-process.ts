import type { Server, Socket } from 'node:net';
import type { Config } from '../config/config.ts';
import { Settings } from '../config/live.ts';
import { Housekeeping } from '../instance/housekeeping.ts';
import { KeyspaceServer } from '../link/keyspace-server.ts';
import type { Logger } from '../log.ts';
import { levelFor } from '../log.ts';
import { keyspaceReport } from '../metrics/keyspace-report.ts';
import { ProcessProbe } from '../metrics/process-probe.ts';
import { readInto } from '../net/socket-reader.ts';
import { SocketWriter } from '../net/socket-writer.ts';
import { Engine } from '../server/engine.ts';
import { ControlClient } from './control-client.ts';
import { RunDirectory } from './run-directory.ts';
import { listenUnix } from './sockets.ts';
import { reasonOf, StartError } from './start-error.ts';

/** Size of the buffer that all links are read into, in bytes. */
const READ_BUFFER = 128 * 1024;
/** How long workers that have lost their supervisor too may still need this process, in milliseconds. */
const ORPHAN_TIME = 1000;

/** The process that holds the data and runs the commands. It never sees a client's socket. */
export class KeyspaceProcess {
  readonly #directory: RunDirectory;
  readonly #log: Logger;
  readonly #engine: Engine;
  readonly #links: KeyspaceServer;
  readonly #housekeeping: Housekeeping;
  readonly #control: ControlClient;
  readonly #probe = new ProcessProbe();
  readonly #readBuffer = Buffer.allocUnsafeSlow(READ_BUFFER);
  readonly #exit: (code: number) => void;
  #server: Server | undefined;
  #stopping = false;
  #onLastLinkGone: () => void = () => {};

  constructor(config: Config, log: Logger, exit: (code: number) => void) {
    const settings = new Settings(config);
    this.#directory = new RunDirectory(config.runDir);
    this.#log = log;
    this.#exit = exit;
    this.#engine = new Engine({ settings, log, shutdown: () => this.#control.shutdown() });
    this.#links = new KeyspaceServer(this.#engine);
    this.#housekeeping = new Housekeeping(this.#engine.instance);
    this.#control = new ControlClient({
      path: this.#directory.controlSocket,
      role: 'keyspace',
      slot: 0,
      log,
      report: () =>
        keyspaceReport(this.#engine.instance, this.#engine.table, this.#probe, this.#engine.turns),
      hangTimeout: 0,
      onStop: () => void this.stop(),
      onTraffic: (traffic) => this.#engine.instance.followTraffic(traffic),
    });
    settings.onChange('log-level', () => {
      log.level = levelFor(settings.values.logLevel);
      this.#control.settings(settings.values);
    });
    settings.onChange('shutdown-timeout', () => this.#control.settings(settings.values));
  }

  /** @throws StartError */
  async start(): Promise<void> {
    const { linkSocket } = this.#directory;
    this.#probe.start();
    try {
      this.#server = await listenUnix(linkSocket, (socket) => this.#onWorker(socket));
    } catch (error) {
      throw new StartError(`the keyspace cannot listen on ${linkSocket}: ${reasonOf(error)}`);
    }
    this.#housekeeping.start();
    this.#control.start();
    this.#control.settings(this.#engine.instance.settings.values);
    this.#control.ready();
    this.#log.debug('keyspace ready');
  }

  /** Hands in the last figures and ends; workers that are still there lose their link. */
  async stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#housekeeping.stop();
    this.#engine.stop();
    this.#probe.stop();
    await this.#control.close();
    this.#exit(0);
  }

  /** The supervisor is gone, and so this process must go: when the workers have said goodbye to their clients. */
  async stopOrphaned(): Promise<void> {
    this.#log.warn('the supervisor is gone');
    if (this.#links.size > 0) {
      await new Promise<void>((resolve) => {
        this.#onLastLinkGone = resolve;
        setTimeout(resolve, ORPHAN_TIME);
      });
    }
    this.#server?.close();
    await this.stop();
  }

  #onWorker(accepted: Socket): void {
    const socket = readInto(accepted, this.#readBuffer, (length, bytes) => {
      try {
        link.onRead(length, bytes);
      } catch (error) {
        this.#log.error({ err: error }, 'a link failed by a fault of the server');
        socket.destroy();
      }
    });
    socket.on('error', (error) => this.#log.debug({ err: error }, 'a link failed'));
    socket.on('end', () => socket.destroy());
    socket.on('close', () => {
      this.#links.remove(link);
      if (this.#links.size === 0) this.#onLastLinkGone();
    });
    const link = this.#links.add(socket, new SocketWriter(socket));
  }
}
