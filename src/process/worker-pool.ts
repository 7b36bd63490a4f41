import type { ChildProcess } from 'node:child_process';
import type { Logger } from '../log.ts';
import type { RestartReason } from '../metrics/catalogue.ts';
import { ProcessSlot } from './process-slot.ts';

/** What a worker may take to end beyond the time for its clients, in milliseconds. */
const EXIT_TIME = 2000;

export interface WorkerPoolOptions {
  readonly size: number;
  readonly log: Logger;
  readonly fork: (slot: number) => ChildProcess;
  /** How long a worker may take to say goodbye to its clients, in milliseconds. */
  readonly drainTime: () => number;
  readonly onRestart: (slot: number, reason: RestartReason) => void;
  /** No worker serves and none can be started. */
  readonly onHopeless: () => void;
}

/** The workers that this supervisor has forked: one per slot, replaced when they die, rolled over on demand. */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #slots: readonly ProcessSlot[];
  #stopping = false;
  #rolling = false;
  #rollAgain = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#slots = Array.from({ length: options.size }, (_, slot) => this.#slotFor(slot));
  }

  /** Forks all workers. @returns when all of them serve. */
  async start(): Promise<void> {
    await Promise.all(this.#slots.map((slot) => slot.start()));
  }

  /** The worker has said that it serves. */
  markReady(pid: number): void {
    for (const slot of this.#slots) slot.markReady(pid);
  }

  /** Kills a worker that gives no sign of life; it is replaced like one that crashed. */
  killHung(pid: number): void {
    for (const slot of this.#slots) slot.killHung(pid);
  }

  /** Replaces the workers one by one: each old one ends when its successor serves. Once more if asked meanwhile. */
  async roll(): Promise<void> {
    this.#rollAgain = true;
    if (this.#rolling) return;
    this.#rolling = true;
    while (this.#rollAgain && !this.#stopping) {
      this.#rollAgain = false;
      await this.#rollOnce();
    }
    this.#rolling = false;
  }

  /** Ends all workers, each after it has said goodbye to its clients. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const time = this.#options.drainTime() + EXIT_TIME;
    await Promise.all(this.#slots.map((slot) => slot.stop((child) => child.retire(time))));
  }

  async #rollOnce(): Promise<void> {
    const { log, drainTime } = this.#options;
    log.info('replacing the workers one by one');
    for (const slot of this.#slots) {
      if (this.#stopping || !(await slot.replace(drainTime() + EXIT_TIME))) return;
    }
    log.info('workers replaced');
  }

  #slotFor(slot: number): ProcessSlot {
    const { log, fork, onRestart, onHopeless } = this.#options;
    return new ProcessSlot({
      name: `worker ${slot}`,
      log,
      fork: () => fork(slot),
      onRestart: (reason) => onRestart(slot, reason),
      onHopeless: () => {
        if (!this.#slots.some(({ ready }) => ready)) onHopeless();
      },
    });
  }
}
