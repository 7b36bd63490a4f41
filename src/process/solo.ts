import type { Config } from '../config/config.ts';
import { Settings } from '../config/live.ts';
import { Housekeeping } from '../instance/housekeeping.ts';
import type { Clock } from '../keyspace/clock.ts';
import { type Logger, levelFor } from '../log.ts';
import type { ProcessProbe } from '../metrics/process-probe.ts';
import type { ProcessReport } from '../metrics/snapshot.ts';
import { soloReports } from '../metrics/solo-reports.ts';
import { WorkerCounters } from '../metrics/worker-counters.ts';
import { ConnectionLoop } from '../net/connection-loop.ts';
import { Listener } from '../net/listener.ts';
import { Engine } from '../server/engine.ts';
import { LocalExecutor } from '../server/local-executor.ts';

export interface SoloOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly clock?: Clock;
  readonly random?: () => number;
  /** What SHUTDOWN does. */
  readonly shutdown: () => void;
}

/** Listener, connection loop and keyspace in this one process. */
export class SoloServer {
  readonly #engine: Engine;
  readonly #counters = new WorkerCounters();
  readonly #settings: Settings;
  readonly #loop: ConnectionLoop;
  readonly #listener: Listener;
  readonly #housekeeping: Housekeeping;
  #port = 0;

  constructor(options: SoloOptions) {
    const { config, log } = options;
    const settings = new Settings(config);
    const counters = this.#counters;
    this.#settings = settings;
    this.#engine = new Engine({ ...options, settings });
    this.#engine.instance.followTraffic(counters.traffic);
    this.#loop = new ConnectionLoop({ settings, log, counters });
    this.#listener = new Listener(this.#loop, new LocalExecutor(this.#engine, counters));
    this.#housekeeping = new Housekeeping(this.#engine.instance);
    settings.onChange('log-level', () => {
      log.level = levelFor(settings.values.logLevel);
    });
  }

  /** The port it listens on. */
  get port(): number {
    return this.#port;
  }

  /** @throws the system's error if an address cannot be listened on. */
  async listen(): Promise<void> {
    const { host, port, backlog } = this.#settings.values;
    this.#port = await this.#listener.listen({ hosts: host, port, backlog });
    this.#engine.instance.port = this.#port;
    this.#housekeeping.start();
  }

  /** Its figures, as a worker and as a keyspace. */
  reports(probe: ProcessProbe): ProcessReport[] {
    const { instance, table, turns } = this.#engine;
    return soloReports({
      counters: this.#counters,
      connected: this.#loop.size,
      instance,
      table,
      probe,
      turns,
    });
  }

  /** Accepts no more, answers what was asked, and stops: at the latest after `milliseconds`. */
  async close(milliseconds = this.#settings.values.shutdownTimeout * 1000): Promise<void> {
    await this.#listener.close();
    await this.#loop.drain(milliseconds);
    this.#housekeeping.stop();
    this.#engine.stop();
  }
}
