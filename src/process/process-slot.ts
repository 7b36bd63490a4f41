import { ChildProcess } from 'node:child_process';
import type { Logger } from '../log.ts';
import type { RestartReason } from '../metrics/catalogue.ts';
import { Child } from './child.ts';
import { RestartPolicy } from './restart-policy.ts';

/** How long a new process may take until it serves, in milliseconds. */
const START_TIMEOUT = 30_000;

export interface ProcessSlotOptions {
  /** What the process is called in the log: `worker 3`. */
  readonly name: string;
  readonly log: Logger;
  readonly fork: () => ChildProcess;
  /** A process has ended that was not asked to, or another has taken its place. */
  readonly onRestart: (reason: RestartReason) => void;
  /** It cannot be started: this many failures in a row. */
  readonly onHopeless: () => void;
}

/** A place for one process, which is started again when it dies and can be replaced while it serves. */
export class ProcessSlot {
  readonly #options: ProcessSlotOptions;
  readonly #policy = new RestartPolicy();
  /** All that live: the current one, its successor, predecessors that are still saying goodbye. */
  readonly #children = new Set<Child>();
  #current: Child | undefined;
  #successor: Child | undefined;
  #stopped = false;
  #onServing: () => void = () => {};
  readonly #serving = new Promise<void>((resolve) => {
    this.#onServing = resolve;
  });

  constructor(options: ProcessSlotOptions) {
    this.#options = options;
  }

  /** Starts the process. @returns when it, or the one that had to follow it, serves for the first time. */
  start(): Promise<void> {
    this.#current = this.#fork();
    return this.#serving;
  }

  /** True if a process of this place serves. */
  get ready(): boolean {
    return [...this.#children].some((child) => child.ready && !child.retired);
  }

  /** The process has said that it serves. */
  markReady(pid: number): void {
    const child = this.#find(pid);
    if (child === undefined) return;
    child.markReady();
    this.#onServing();
  }

  /** Kills a process that gives no sign of life; it is replaced like one that crashed. */
  killHung(pid: number): void {
    const child = this.#find(pid);
    if (child !== undefined) this.#kill(child, 'gives no sign of life');
  }

  /**
   * Starts a second process and asks the first to end when that serves.
   * @param milliseconds how long the old one may take.
   * @returns false if the new one does not start: then the old one stays.
   */
  async replace(milliseconds: number): Promise<boolean> {
    const successor = this.#fork();
    this.#successor = successor;
    await Promise.race([successor.serving, successor.gone]);
    this.#successor = undefined;
    if (this.#stopped) return false;
    if (!successor.ready) return false;
    const old = this.#current;
    this.#current = successor;
    this.#options.onRestart('reload');
    await old?.retire(milliseconds);
    return true;
  }

  /** Starts no more. @param end is asked to end each process that there is. */
  async stop(end: (child: Child) => Promise<void>): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#children].map(end));
  }

  #find(pid: number): Child | undefined {
    return [...this.#children].find((child) => child.pid === pid);
  }

  #kill(child: Child, why: string): void {
    if (child.hung || child.retired) return;
    child.hung = true;
    this.#options.log.error({ process: child.pid }, `${this.#options.name} ${why} and is replaced`);
    child.process.kill('SIGKILL');
  }

  #fork(): Child {
    const child = new Child(this.#born(), performance.now());
    this.#children.add(child);
    const timer = setTimeout(() => {
      if (!child.ready) this.#kill(child, 'does not come to serve');
    }, START_TIMEOUT);
    child.process.on('error', (error) =>
      this.#options.log.error({ err: error }, `${this.#options.name} failed`),
    );
    child.onGone((code, signal) => {
      clearTimeout(timer);
      this.#children.delete(child);
      this.#onExit(child, code, signal);
    });
    return child;
  }

  /** Forks; where the system refuses at once, it is a process that has never lived. */
  #born(): ChildProcess {
    try {
      return this.#options.fork();
    } catch (error) {
      const stillborn = new ChildProcess();
      process.nextTick(() => stillborn.emit('error', error));
      return stillborn;
    }
  }

  #onExit(child: Child, code: number | null, signal: string | null): void {
    if (child.retired || this.#stopped) return;
    const { log, name, onRestart, onHopeless } = this.#options;
    const facts = { process: child.pid, code, signal };
    if (child === this.#successor) {
      log.error(facts, `the new ${name} does not start; the old one stays`);
      return;
    }
    if (code === 0) log.info(facts, `${name} has ended and is started again`);
    else log.error(facts, `${name} has died and is started again`);
    onRestart(restartReasonOf(child, code));
    const delay = this.#policy.onExit(performance.now() - child.startedAt, child.ready);
    if (this.#policy.hopeless) onHopeless();
    setTimeout(() => {
      if (!this.#stopped && this.#current === child) this.#current = this.#fork();
    }, delay);
  }
}

/** Why a process has ended that we did not ask to. Who ends with 0 was asked to by somebody else. */
const restartReasonOf = ({ hung }: Child, code: number | null): RestartReason => {
  if (hung) return 'hang';
  return code === 0 ? 'reload' : 'crash';
};
