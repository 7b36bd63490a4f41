import type { ChildProcess } from 'node:child_process';

/** A process that the supervisor has forked. */
export class Child {
  readonly process: ChildProcess;
  /** Milliseconds of the supervisor's clock. */
  readonly startedAt: number;
  /** It has said that it serves. */
  ready = false;
  /** It was asked to end, so its end is no accident. */
  retired = false;
  /** It was killed because it gave no sign of life. */
  hung = false;
  /** Settles when the process is gone. */
  readonly gone: Promise<void>;
  #onReady: () => void = () => {};
  /** Settles when it serves. */
  readonly serving = new Promise<void>((resolve) => {
    this.#onReady = resolve;
  });

  constructor(process: ChildProcess, now: number) {
    this.process = process;
    this.startedAt = now;
    this.gone = new Promise((resolve) => this.onGone(() => resolve()));
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** Calls `listener` when the process has ended, or when the system has refused to start it. */
  onGone(listener: (code: number | null, signal: NodeJS.Signals | null) => void): void {
    this.process.once('exit', listener);
    this.process.once('error', () => {
      if (this.process.pid === undefined) listener(null, null);
    });
  }

  markReady(): void {
    this.ready = true;
    this.#onReady();
  }

  /**
   * Asks the process to end, and kills it if it has not after `milliseconds`.
   * @param ask how it is asked; SIGTERM by default.
   */
  async retire(milliseconds: number, ask?: () => void): Promise<void> {
    this.retired = true;
    if (ask === undefined) this.process.kill('SIGTERM');
    else ask();
    const timer = setTimeout(() => this.process.kill('SIGKILL'), milliseconds);
    await this.gone;
    clearTimeout(timer);
  }
}
