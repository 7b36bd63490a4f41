import type { Config } from '../config/config.ts';
import { HttpServer } from '../http/http-server.ts';
import type { TrafficFigures } from '../instance/traffic.ts';
import type { Logger } from '../log.ts';
import { type InstanceBooks, missingProcesses, readBooks } from '../metrics/books.ts';
import type { KEYSPACE, RestartReason } from '../metrics/catalogue.ts';
import { Exporter } from '../metrics/exporter.ts';
import { trafficIn } from '../metrics/instance-traffic.ts';
import { Ledger, type ProcessIdentity } from '../metrics/ledger.ts';
import { RestartCounters } from '../metrics/restart-counters.ts';
import { metricsRoutes } from '../metrics/routes.ts';
import type { InterimReport, ProcessReport } from '../metrics/snapshot.ts';
import { pageRoutes } from '../page/routes.ts';
import { critical, warning } from '../status/reason.ts';
import { Recorder } from '../status/recorder.ts';
import { statusRoutes } from '../status/routes.ts';
import type { Reason, ServerStatus } from '../view/status-document.ts';
import { StartError } from './start-error.ts';

export interface ObservatoryOptions {
  readonly config: Pick<Config, 'metricsHost' | 'metricsPort'>;
  readonly log: Logger;
  readonly mode: ServerStatus['mode'];
  /** Slots in which a worker should be. */
  readonly slots: () => readonly number[];
  /** What else keeps clients from being served. */
  readonly problems?: () => readonly Reason[];
  /** Called before anything is shown, to bring the books up to date. */
  readonly refresh?: () => void;
}

const STOPPING = warning('the server is being stopped');

/** Keeps the books of all processes and shows them over HTTP. */
export class Observatory {
  readonly #ledger: Ledger;
  readonly #restarts = new RestartCounters();
  /** Nobody records what nobody can see. */
  readonly #recorder: Recorder | undefined;
  readonly #server: HttpServer | undefined;
  #isStopping = false;

  constructor({ config, log, mode, slots, problems, refresh }: ObservatoryOptions) {
    const startedAt = Math.round(performance.timeOrigin);
    this.#ledger = new Ledger(startedAt);
    const { metricsHost: host, metricsPort: port } = config;
    if (port === null) return;
    const now = Date.now;
    const expected = () => (this.#isStopping ? slots().filter((slot) => this.#lives(slot)) : slots());
    const books = { ledger: this.#ledger, restarts: this.#restarts, slots: expected, startedAt, now };
    const read = () => {
      refresh?.();
      return readBooks(books);
    };
    const problemsIn = (known: InstanceBooks) =>
      this.#isStopping ? [STOPPING] : [...missingProcesses(known).map(critical), ...(problems?.() ?? [])];
    const recorder = new Recorder({ mode, read, now, problemsIn });
    const routes = {
      ...pageRoutes({ document: () => recorder.status(now()) }),
      ...statusRoutes(recorder),
      ...metricsRoutes({
        exporter: new Exporter(read),
        problems: () => problemsIn(read()).map(({ text }) => text),
      }),
    };
    this.#recorder = recorder;
    this.#server = new HttpServer({ host, port, routes, log });
  }

  /**
   * Begins to show the books.
   * @returns the port, or null if they are shown nowhere.
   * @throws StartError
   */
  async start(): Promise<number | null> {
    if (this.#server === undefined) return null;
    try {
      const port = await this.#server.start();
      this.#recorder?.start();
      return port;
    } catch (error) {
      throw new StartError(error instanceof Error ? error.message : String(error));
    }
  }

  /** From now on one process after the other ends, and none of them is missed. */
  announceStop(): void {
    this.#isStopping = true;
  }

  async stop(): Promise<void> {
    this.#recorder?.stop();
    await this.#server?.stop();
  }

  /** A process has reported. */
  accept(report: ProcessReport): void {
    this.#ledger.accept(report, Date.now());
    this.#recorder?.accept(report);
  }

  /** A process tells more after its latest report. */
  update(process: ProcessIdentity, figures: InterimReport): void {
    this.#ledger.update(process, figures);
  }

  /** What all workers that there ever were have counted, as /metrics shows it. */
  get traffic(): TrafficFigures {
    return trafficIn(this.#ledger);
  }

  /** A process is gone; what it last reported stays counted. */
  retire({ role, slot, pid }: ProcessIdentity): void {
    this.#ledger.retire(role, slot, pid);
  }

  /** A worker was started by whoever runs it, in nobody's place. */
  onStart(worker: number): void {
    this.#recorder?.started(String(worker));
  }

  /** A worker was stopped by whoever runs it. */
  onStop(worker: number): void {
    if (!this.#isStopping) this.#recorder?.stopped(String(worker));
  }

  /** A process was replaced. */
  onRestart(worker: number | typeof KEYSPACE, reason: RestartReason): void {
    this.#restarts.add(worker, reason);
    this.#recorder?.restarted(String(worker), reason);
  }

  #lives(worker: number): boolean {
    return this.#ledger.live('worker', worker).length > 0;
  }
}
