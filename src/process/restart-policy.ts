/** A process that lived this long has started well; milliseconds. */
const STABLE_AFTER = 5000;
const FIRST_DELAY = 100;
const MAX_DELAY = 5000;
/** So many failed starts in a row mean that it cannot start. */
const HOPELESS_AFTER = 6;

/** When to start a process again that has died: at once after a long life, later and later after short ones. */
export class RestartPolicy {
  #failures = 0;

  /** @returns how long to wait before the next start, in milliseconds. */
  onExit(lifetime: number, wasReady: boolean): number {
    if (wasReady && lifetime >= STABLE_AFTER) this.#failures = 0;
    else this.#failures++;
    if (wasReady && this.#failures <= 1) return 0;
    return Math.min(MAX_DELAY, FIRST_DELAY * 2 ** Math.max(0, this.#failures - 1));
  }

  /** True when starting it has failed too often in a row. */
  get hopeless(): boolean {
    return this.#failures >= HOPELESS_AFTER;
  }
}
