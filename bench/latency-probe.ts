import { Connection } from './connection.ts';
import { quantile } from './statistics.ts';

const INTERVAL_MS = 1;

/** How long a client waited, in milliseconds. */
export interface Latencies {
  readonly worst: number;
  /** Of a thousand answers the slowest. */
  readonly p999: number;
  readonly answers: number;
  /** How late the probe itself was at worst: what the machine alone does to such figures. */
  readonly ownDelay: number;
}

/**
 * A client that asks for one key about every millisecond, and times the answers. It asks GET and not PING, because
 * workers answer PING themselves and would hide a keyspace that stands still.
 */
export class LatencyProbe {
  readonly #connection: Connection;
  #latencies: number[] = [];
  #ownDelay = 0;
  #stopped = false;
  #error: unknown;
  readonly #done: Promise<void>;

  private constructor(connection: Connection) {
    this.#connection = connection;
    this.#done = this.#run().catch((error: unknown) => {
      this.#error = error;
    });
  }

  static async start(port: number): Promise<LatencyProbe> {
    return new LatencyProbe(await Connection.open(port));
  }

  /** What was measured since the last call. @throws BenchError if the server did not answer. */
  take(): Latencies {
    if (this.#error !== undefined) throw this.#error;
    const all = this.#latencies;
    const result = {
      worst: quantile(all, 1),
      p999: quantile(all, 0.999),
      answers: all.length,
      ownDelay: this.#ownDelay,
    };
    this.#latencies = [];
    this.#ownDelay = 0;
    return result;
  }

  /** Waits for the answer that is still due. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#done;
    this.#connection.close();
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const askedAt = performance.now();
      await this.#connection.line('GET no:such:key');
      const answeredAt = performance.now();
      this.#latencies.push(answeredAt - askedAt);
      await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
      this.#ownDelay = Math.max(this.#ownDelay, performance.now() - answeredAt - INTERVAL_MS);
    }
  }
}
