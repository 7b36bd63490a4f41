/** Where progress is shown: process.stderr, so that tables on stdout stay as they are. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface ProgressOptions {
  readonly stream: ProgressStream;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/** A terminal's line is drawn anew so often, in milliseconds, so that its time goes on. */
const REDRAW_MS = 1000;
const COLUMNS = 80;
const CLEAR_LINE = '\r\u001b[K';

type Work<T> = () => T | Promise<T>;

/**
 * Says how far a benchmark is. On a terminal that is one line, drawn over and over, which is gone whenever nothing is
 * measured, so that a table can go on there; elsewhere it is a line for each step that is finished.
 */
export class Progress {
  readonly #stream: ProgressStream;
  readonly #now: () => number;
  #planned = 0;
  #done = 0;
  #startedAt: number;
  /** Spent in steps that are finished: what is left is estimated by it. */
  #spent = 0;

  constructor({ stream, now }: ProgressOptions) {
    this.#stream = stream;
    this.#now = now;
    this.#startedAt = now();
  }

  /** So many steps will come; their time begins now. */
  plan(steps: number): void {
    this.#planned = steps;
    this.#done = 0;
    this.#spent = 0;
    this.#startedAt = this.#now();
  }

  /** Does one of the steps. @param name what is measured. */
  async step<T>(name: string, work: Work<T>): Promise<T> {
    const begun = this.#now();
    const count = `${this.#done + 1} of ${this.#planned}`;
    const result = await this.#during(`${count}: ${name}`, work);
    const took = this.#now() - begun;
    this.#done++;
    this.#spent += took;
    if (!this.#stream.isTTY) {
      this.#stream.write(`bench: ${count}: ${name}, ${durationOf(took)}${this.#times()}\n`);
    }
    return result;
  }

  /** Does what must come before a step and is none. @param name what is done. */
  prepare<T>(name: string, work: Work<T>): Promise<T> {
    return this.#during(`${this.#done} of ${this.#planned}, then: ${name}`, work);
  }

  /** Shows a text on a terminal while something is done. */
  async #during<T>(text: string, work: Work<T>): Promise<T> {
    if (!this.#stream.isTTY) return work();
    const draw = () => this.#draw(text);
    // Who is interrupted finds the prompt of the shell at the begin of a line.
    const clear = () => void this.#stream.write(CLEAR_LINE);
    draw();
    const timer = setInterval(draw, REDRAW_MS);
    process.once('exit', clear);
    try {
      return await work();
    } finally {
      clearInterval(timer);
      process.off('exit', clear);
      clear();
    }
  }

  #draw(text: string): void {
    const width = (this.#stream.columns || COLUMNS) - 1;
    const times = this.#times();
    // A line that is too long would be two, of which only one is drawn over.
    const shown = text.slice(0, Math.max(0, width - times.length));
    this.#stream.write(`${CLEAR_LINE}${`${shown}${times}`.slice(0, width)}`);
  }

  #times(): string {
    const elapsed = durationOf(this.#now() - this.#startedAt);
    if (this.#done === 0) return ` (${elapsed} so far)`;
    const left = (this.#spent / this.#done) * Math.max(0, this.#planned - this.#done);
    return ` (${elapsed} so far, about ${durationOf(left)} left)`;
  }
}

/** `4 s`, `3 min 12 s`, `1 h 20 min`. @param milliseconds how long. */
export function durationOf(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
