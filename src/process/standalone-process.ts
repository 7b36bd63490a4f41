import type { Config } from '../config/config.ts';
import type { Logger } from '../log.ts';
import { ProcessProbe } from '../metrics/process-probe.ts';
import { Observatory } from './observatory.ts';
import { checkDirectory } from './preflight.ts';
import { SoloServer } from './solo.ts';
import { codeOf, reasonOf, StartError } from './start-error.ts';
import type { Ports } from './supervisor.ts';

export interface StandaloneProcessOptions {
  readonly config: Config;
  readonly log: Logger;
  /** Ends the process. */
  readonly exit: (code: number) => void;
}

/** The server in one process (`workers = 0`), with its metrics beside it. */
export class StandaloneProcess {
  readonly #config: Config;
  readonly #solo: SoloServer;
  readonly #observatory: Observatory;
  readonly #probe = new ProcessProbe();
  #stopped: Promise<void> | undefined;

  constructor({ config, log, exit }: StandaloneProcessOptions) {
    this.#config = config;
    this.#solo = new SoloServer({
      config,
      log,
      shutdown: () => {
        log.info('a client has asked for the shutdown');
        void this.stop().then(() => exit(0));
      },
    });
    this.#observatory = new Observatory({
      config,
      log,
      mode: 'solo',
      slots: () => [0],
      refresh: () => this.#report(),
    });
  }

  /** @throws StartError */
  async start(): Promise<Ports> {
    const { dir, host, port } = this.#config;
    checkDirectory(dir);
    this.#probe.start();
    try {
      await this.#solo.listen();
    } catch (error) {
      if (codeOf(error) === '') throw error;
      throw new StartError(`cannot listen on port ${port} of ${host.join(', ')}: ${reasonOf(error)}`);
    }
    return { port: this.#solo.port, metricsPort: await this.#observatory.start() };
  }

  /** Answers what was asked, says goodbye to everybody and stops. May be called twice. */
  stop(): Promise<void> {
    this.#observatory.announceStop();
    this.#stopped ??= this.#solo
      .close()
      .then(() => this.#observatory.stop())
      .then(() => this.#probe.stop());
    return this.#stopped;
  }

  #report(): void {
    for (const report of this.#solo.reports(this.#probe)) this.#observatory.accept(report);
  }
}
