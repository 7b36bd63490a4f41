/** Readings that a rate is taken over, as many as Redis takes. */
const WINDOW = 16;

/** Totals that only grow. */
export interface RateTotals {
  readonly commands: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

interface Reading extends RateTotals {
  /** Unix milliseconds. */
  readonly at: number;
}

/** How fast things happen of late: INFO's instantaneous figures, from readings taken at regular times. */
export class Rates {
  readonly #readings: Reading[] = [];

  /** Notes how far the totals are. @param at Unix milliseconds. */
  add(at: number, { commands, bytesIn, bytesOut }: RateTotals): void {
    this.#readings.push({ at, commands, bytesIn, bytesOut });
    if (this.#readings.length > WINDOW) this.#readings.shift();
  }

  /** Begins anew: the rates are 0 until there are two readings. */
  clear(): void {
    this.#readings.length = 0;
  }

  /** Growth per second over the last readings. */
  get perSecond(): RateTotals {
    const first = this.#readings[0];
    const last = this.#readings.at(-1);
    const seconds = first === undefined || last === undefined ? 0 : (last.at - first.at) / 1000;
    if (first === undefined || last === undefined || seconds <= 0)
      return { commands: 0, bytesIn: 0, bytesOut: 0 };
    return {
      commands: (last.commands - first.commands) / seconds,
      bytesIn: (last.bytesIn - first.bytesIn) / seconds,
      bytesOut: (last.bytesOut - first.bytesOut) / seconds,
    };
  }
}
