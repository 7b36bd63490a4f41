/** The time, passed in wherever it is needed. */
export interface Clock {
  /** Unix time in milliseconds, with fractions where the clock has them. */
  now(): number;
}

/** How long the monotonic clock is believed before it is set by the wall clock again, in milliseconds. */
const RESYNC_AFTER = 1000;

/** The machine's clock: monotonic readings (45 ns each) that follow the wall clock once a second. */
export class SystemClock implements Clock {
  #offset = performance.timeOrigin;
  #syncedAt = 0;

  now(): number {
    const elapsed = performance.now();
    if (elapsed - this.#syncedAt > RESYNC_AFTER) this.#sync(elapsed);
    return this.#offset + elapsed;
  }

  #sync(elapsed: number): void {
    this.#syncedAt = elapsed;
    const drift = Date.now() - (this.#offset + elapsed);
    if (Math.abs(drift) > 2) this.#offset += drift;
  }
}
