import type { Logger } from '../log.ts';
import type { RestartReason } from '../metrics/catalogue.ts';
import type { Member } from './control-server.ts';

export interface ForeignWorkersOptions {
  readonly log: Logger;
  readonly onRestart: (slot: number, reason: RestartReason) => void;
}

/**
 * Workers that somebody else starts and replaces (pm2). All that is known of them is when they say hello and when they
 * fall silent.
 */
export class ForeignWorkers {
  readonly #options: ForeignWorkersOptions;
  /** The latest to come of each slot, and why it will have been replaced when another comes. */
  readonly #latest = new Map<number, { readonly pid: number; reason: RestartReason }>();

  /** Slots whose worker has said goodbye and has no successor: there need be none. */
  readonly #left = new Set<number>();

  constructor(options: ForeignWorkersOptions) {
    this.#options = options;
  }

  /** Slots in which there should be a worker. */
  get slots(): number[] {
    return [...this.#latest.keys()].filter((slot) => !this.#left.has(slot));
  }

  /** A worker has said hello: for the first time, or again because its line was cut. */
  onHello({ slot, pid }: Member): void {
    const before = this.#latest.get(slot);
    this.#left.delete(slot);
    if (before?.pid === pid) return;
    if (before !== undefined) this.#options.onRestart(slot, before.reason);
    this.#latest.set(slot, { pid, reason: 'reload' });
  }

  /** A worker's line has ended. */
  onGone({ slot, pid, draining }: Member): void {
    const latest = this.#latest.get(slot);
    if (latest?.pid !== pid) return;
    if (draining) this.#left.add(slot);
    else if (latest.reason === 'reload') latest.reason = 'crash';
  }

  /** Kills a worker that gives no sign of life; whoever has started it will see to a successor. */
  kill({ slot, pid }: Member): void {
    this.#options.log.error({ process: pid }, `worker ${slot} gives no sign of life and is killed`);
    const latest = this.#latest.get(slot);
    if (latest?.pid === pid) latest.reason = 'hang';
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      this.#options.log.debug({ err: error }, 'it was gone already');
    }
  }
}
