/** A process that lived this long has started well; milliseconds. */
const STABLE_AFTER = 5000;
const FIRST_DELAY = 100;
const MAX_DELAY = 5000;
/** So many starts in a row that never came to serve mean that it cannot start. */
const HOPELESS_AFTER = 5;

/** When to start a process again that has died: at once after a long life, later and later after short ones. */
export class RestartPolicy {
  #shortLives = 0;
  #failedStarts = 0;

  /** @returns how long to wait before the next start, in milliseconds. */
  onExit(lifetime: number, wasReady: boolean): number {
    this.#failedStarts = wasReady ? 0 : this.#failedStarts + 1;
    this.#shortLives = wasReady && lifetime >= STABLE_AFTER ? 0 : this.#shortLives + 1;
    if (wasReady && this.#shortLives <= 1) return 0;
    return Math.min(MAX_DELAY, FIRST_DELAY * 2 ** Math.max(0, this.#shortLives - 1));
  }

  /** True when starting it has failed too often in a row. */
  get hopeless(): boolean {
    return this.#failedStarts >= HOPELESS_AFTER;
  }
}
