import { inMicroseconds } from './microseconds.ts';

/** Upper bounds of the latency buckets in seconds; the last bucket is everything above. */
export const LATENCY_BUCKETS = [
  1e-6, 2e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 1e-2, 2.5e-2, 5e-2, 0.1, 0.25,
  0.5, 1, 2.5,
] as const;

/** The same in microseconds, as latencies are counted. */
export const LATENCY_BOUNDS: readonly number[] = LATENCY_BUCKETS.map(inMicroseconds);

/** Upper bounds of the buckets for how many commands share a turn. */
export const TURN_COMMANDS_BUCKETS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096] as const;

const BOUNDS = Float64Array.from(LATENCY_BOUNDS);

const OK = 0;
const ERROR = 1;
const REJECTED = 2;
const MICROSECONDS = 3;
const FIRST_BUCKET = 4;
const STRIDE = FIRST_BUCKET + LATENCY_BUCKETS.length + 1;

/** What has been counted of one command. `buckets` are not cumulative; the last one has no upper bound. */
export interface CommandFigures {
  ok: number;
  error: number;
  rejected: number;
  microseconds: number;
  buckets: number[];
}

/** Calls that ran; refused ones take no time. */
export const ranOf = (figures: CommandFigures | undefined): number =>
  figures === undefined ? 0 : figures.ok + figures.error;

/**
 * Calls, outcomes and latency per command, in one typed array: counting costs 2 to 6 ns, where a labelled
 * prom-client counter costs 200.
 */
export class CommandCounters {
  readonly #cells: Float64Array;
  readonly #size: number;

  /** @param size number of commands; a command is known by its index below that. */
  constructor(size: number) {
    this.#size = size;
    this.#cells = new Float64Array(size * STRIDE);
  }

  /** Counts `calls` calls that took `microseconds` together. */
  record(index: number, calls: number, microseconds: number): void {
    const cells = this.#cells;
    const at = index * STRIDE;
    cells[at + OK]! += calls;
    cells[at + MICROSECONDS]! += microseconds;
    cells[at + FIRST_BUCKET + bucketOf(microseconds / calls)]! += calls;
  }

  /** One of the recorded calls was answered by an error. */
  fail(index: number): void {
    this.#cells[index * STRIDE + OK]! -= 1;
    this.#cells[index * STRIDE + ERROR]! += 1;
  }

  /** A call was refused before it ran (arity, authentication, memory). */
  reject(index: number): void {
    this.#cells[index * STRIDE + REJECTED]! += 1;
  }

  /** The figures of one command, or undefined if it was never called. */
  figures(index: number): CommandFigures | undefined {
    const at = index * STRIDE;
    const cells = this.#cells.subarray(at, at + STRIDE);
    if (cells[OK] === 0 && cells[ERROR] === 0 && cells[REJECTED] === 0) return undefined;
    return {
      ok: cells[OK]!,
      error: cells[ERROR]!,
      rejected: cells[REJECTED]!,
      microseconds: cells[MICROSECONDS]!,
      buckets: [...cells.subarray(FIRST_BUCKET)],
    };
  }

  /** Calls that ran, all commands together. */
  get total(): number {
    let total = 0;
    for (let i = 0; i < this.#size; i++) total += this.#cells[i * STRIDE]! + this.#cells[i * STRIDE + ERROR]!;
    return total;
  }
}

const bucketOf = (microseconds: number) => {
  let bucket = 0;
  while (bucket < BOUNDS.length && microseconds > BOUNDS[bucket]!) bucket++;
  return bucket;
};

/** A distribution: the sum of the values and how many lie in each bucket; the last one has no upper bound. */
export interface HistogramFigures {
  readonly sum: number;
  readonly buckets: readonly number[];
}

/** Counts values by the buckets they lie in. */
export class Histogram {
  readonly #bounds: Float64Array;
  readonly #counts: Float64Array;
  #sum = 0;

  /** @param bounds upper bounds (inclusive), ascending, in the unit of the values. */
  constructor(bounds: readonly number[]) {
    this.#bounds = Float64Array.from(bounds);
    this.#counts = new Float64Array(bounds.length + 1);
  }

  observe(value: number): void {
    const bounds = this.#bounds;
    let bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]!) bucket++;
    this.#counts[bucket]! += 1;
    this.#sum += value;
  }

  /** A copy; the sum is rounded to a whole number. */
  figures(): HistogramFigures {
    return { sum: Math.round(this.#sum), buckets: [...this.#counts] };
  }
}

/** How the keyspace works: in turns, each for the requests of one read of a link (or of one client, in solo). */
export class TurnCounters {
  readonly commands = new Histogram(TURN_COMMANDS_BUCKETS);
  readonly microseconds = new Histogram(LATENCY_BOUNDS);

  /** A turn is over that ran `commands` commands. */
  record(commands: number, microseconds: number): void {
    this.commands.observe(commands);
    this.microseconds.observe(microseconds);
  }
}
