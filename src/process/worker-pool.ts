import type { ChildProcess } from 'node:child_process';
import type { Logger } from '../log.ts';
import { Child } from './child.ts';
import { RestartPolicy } from './restart-policy.ts';

/** How long a new worker may take until it serves, in milliseconds. */
const START_TIMEOUT = 30_000;

export interface WorkerPoolOptions {
  readonly size: number;
  readonly log: Logger;
  readonly fork: (slot: number) => ChildProcess;
  /** How long a worker may take to say goodbye to its clients, in milliseconds. */
  readonly drainTime: () => number;
  readonly onRestart: (slot: number, reason: 'crash' | 'hang' | 'reload') => void;
  /** No worker can be started. */
  readonly onHopeless: () => void;
}

/** The workers that this supervisor has forked: one per slot, replaced when they die, rolled over on demand. */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #current = new Map<number, Child>();
  readonly #children = new Map<number, Child>();
  readonly #policies = new Map<number, RestartPolicy>();
  #stopping = false;
  #rolling = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
  }

  /** Forks all workers. @returns when all of them serve. */
  async start(): Promise<void> {
    const slots = Array.from({ length: this.#options.size }, (_, slot) => slot);
    await Promise.all(slots.map((slot) => this.#fork(slot).serving));
  }

  /** The worker has said that it serves. */
  markReady(pid: number): void {
    this.#children.get(pid)?.markReady();
  }

  /** Kills a worker that gives no sign of life; it is replaced like one that crashed. */
  killHung(pid: number): void {
    const child = this.#children.get(pid);
    if (child === undefined || child.hung) return;
    child.hung = true;
    this.#options.log.error({ worker: pid }, 'a worker gives no sign of life and is replaced');
    child.process.kill('SIGKILL');
  }

  /** Replaces the workers one by one: each old one ends when its successor serves. */
  async roll(): Promise<void> {
    if (this.#rolling || this.#stopping) return;
    this.#rolling = true;
    this.#options.log.info('replacing the workers one by one');
    for (let slot = 0; slot < this.#options.size && !this.#stopping; slot++) {
      if (!(await this.#replace(slot))) break;
    }
    this.#rolling = false;
    this.#options.log.info('workers replaced');
  }

  /** Ends all workers, each after it has said goodbye to its clients. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const time = this.#options.drainTime() + 1000;
    await Promise.all([...this.#children.values()].map((child) => child.retire(time)));
  }

  async #replace(slot: number): Promise<boolean> {
    const old = this.#current.get(slot);
    const successor = this.#fork(slot);
    const timeout = new Promise((resolve) => setTimeout(resolve, START_TIMEOUT).unref());
    await Promise.race([successor.serving, successor.gone, timeout]);
    if (!successor.ready) {
      this.#options.log.error({ slot }, 'the new worker does not start; the old ones stay');
      successor.retired = true;
      successor.process.kill('SIGKILL');
      if (old !== undefined) this.#current.set(slot, old);
      return false;
    }
    this.#options.onRestart(slot, 'reload');
    await old?.retire(this.#options.drainTime() + 1000);
    return true;
  }

  #fork(slot: number): Child {
    const child = new Child(this.#options.fork(slot), Date.now());
    this.#current.set(slot, child);
    this.#children.set(child.pid, child);
    child.process.once('exit', (code, signal) => this.#onExit(slot, child, code, signal));
    return child;
  }

  #onExit(slot: number, child: Child, code: number | null, signal: string | null): void {
    this.#children.delete(child.pid);
    if (child.retired || this.#stopping) return;
    this.#options.log.error({ worker: child.pid, slot, code, signal }, 'a worker has died');
    this.#options.onRestart(slot, child.hung ? 'hang' : 'crash');
    if (this.#current.get(slot) !== child) return;
    const policy = this.#policies.get(slot) ?? new RestartPolicy();
    this.#policies.set(slot, policy);
    const delay = policy.onExit(Date.now() - child.startedAt, child.ready);
    if (policy.hopeless && ![...this.#children.values()].some((other) => other.ready)) {
      this.#options.onHopeless();
      return;
    }
    setTimeout(() => {
      if (!this.#stopping && this.#current.get(slot) === child) this.#fork(slot);
    }, delay);
  }
}
