import { closeSync, openSync, readSync } from 'node:fs';

/** The CPU time of this very thread: unlike the clock, it does not run while others have the processor. */
export class ThreadTime {
  readonly #file = openSync('/proc/thread-self/schedstat', 'r');
  readonly #bytes = Buffer.alloc(64);

  milliseconds(): number {
    const length = readSync(this.#file, this.#bytes, 0, this.#bytes.length, 0);
    return Number(this.#bytes.toString('latin1', 0, length).split(' ')[0]) / 1e6;
  }

  close(): void {
    closeSync(this.#file);
  }
}
