import type { Config } from '../config/config.ts';
import type { Logger } from '../log.ts';
import { Observatory } from './observatory.ts';
import { preflight } from './preflight.ts';
import { SoloServer } from './solo.ts';

/** The server in one process (`workers = 0`), with its metrics beside it. */
export class StandaloneProcess {
  readonly #config: Config;
  readonly #solo: SoloServer;
  readonly #observatory: Observatory;
  #stopped: Promise<void> | undefined;

  constructor(config: Config, log: Logger, exit: (code: number) => void) {
    this.#config = config;
    this.#observatory = new Observatory(config, log);
    this.#solo = new SoloServer({ config, log, shutdown: () => void this.stop().then(() => exit(0)) });
  }

  /** @throws Error whose message is one line for the user. */
  async start(): Promise<{ port: number; metricsPort: number | null }> {
    await preflight({ ...this.#config, metricsPort: null });
    await this.#solo.listen();
    const metricsPort = await this.#observatory.start();
    return { port: this.#solo.port, metricsPort };
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#solo.close().then(() => this.#observatory.stop());
    return this.#stopped;
  }
}
