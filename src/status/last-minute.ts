import type { InstanceBooks } from '../metrics/books.ts';
import { Totals } from '../metrics/totals.ts';
import type { Span } from './span.ts';

/** A reading of the totals every so many milliseconds, as far back as the window reaches. */
const STEP = 5000;
const WINDOW = 60_000;

interface Reading {
  readonly at: number;
  readonly totals: ReadonlyMap<string, Totals>;
}

const NOTHING = new Totals();

/** What was counted in the last minute, by place. Totals do not fall when a process dies, and so neither does this. */
export class LastMinute {
  readonly #readings: Reading[];
  /** Those that were asked for since the latest reading. */
  readonly #spans = new Map<string, Span>();
  #latest: Reading;

  /** @param at when the totals were nothing yet, Unix milliseconds. */
  constructor(at: number) {
    this.#latest = { at, totals: new Map() };
    this.#readings = [this.#latest];
  }

  /** Takes the totals as they are now. */
  read({ now, workers, keyspace }: InstanceBooks): void {
    this.#spans.clear();
    this.#latest = {
      at: now,
      totals: new Map([...workers, keyspace].map(({ worker, totals }) => [worker, totals])),
    };
    const { at: last = 0 } = this.#readings.at(-1) ?? {};
    if (now - last >= STEP) this.#readings.push(this.#latest);
    // The newest one that is old enough stays: what came after it is the last minute.
    while (this.#readings[1] !== undefined && now - this.#readings[1].at >= WINDOW) this.#readings.shift();
  }

  /** What was counted in one place. */
  of(worker: string): Span {
    const span = this.#spans.get(worker) ?? this.#measure(worker);
    this.#spans.set(worker, span);
    return span;
  }

  #measure(worker: string): Span {
    const first = this.#readings[0] ?? this.#latest;
    const now = this.#latest.totals.get(worker) ?? NOTHING;
    return {
      seconds: Math.max(1, (this.#latest.at - first.at) / 1000),
      counted: now.since(first.totals.get(worker) ?? NOTHING),
    };
  }
}
