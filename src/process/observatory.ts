import type { Config } from '../config/config.ts';
import type { Logger } from '../log.ts';
import type { UpwardMessage } from './control-message.ts';
import type { Member } from './control-server.ts';

/** Keeps the books of all processes and shows them over HTTP. */
export class Observatory {
  readonly #config: Config;
  readonly #log: Logger;

  constructor(config: Config, log: Logger) {
    this.#config = config;
    this.#log = log;
  }

  async start(): Promise<number | null> {
    void this.#log;
    return this.#config.metricsPort;
  }

  async stop(): Promise<void> {}

  onMessage(_member: Member, _message: UpwardMessage): void {}

  onGone(_member: Member): void {}

  onRestart(_slot: number, _reason: 'crash' | 'hang' | 'reload'): void {}
}
