import type { Instance } from './instance.ts';

/** Background work. */
export class Housekeeping {
  readonly #instance: Instance;

  constructor(instance: Instance) {
    this.#instance = instance;
  }

  start(): void {
    void this.#instance;
  }

  stop(): void {}
}
