import { faultText, flushed, type Outcome, type Output } from './output.ts';
import { plainText } from './plain-text.ts';

export interface PlainOutputOptions {
  readonly name: string;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  /** Nobody reads any more. */
  readonly onEnd: () => void;
}

/** Text for a pipe or a file: a block for each answer, a blank line between two of them. */
export class PlainOutput implements Output {
  readonly #options: PlainOutputOptions;
  #hasWritten = false;
  hasFailed = false;

  constructor(options: PlainOutputOptions) {
    this.#options = options;
    const { stdout, stderr, onEnd } = options;
    stdout.on('error', (error: NodeJS.ErrnoException) => {
      this.hasFailed = error.code !== 'EPIPE';
      if (this.hasFailed) stderr.write(`corespond: cannot write: ${error.message}\n`);
      onEnd();
    });
  }

  /** There are no trends here, so no history is wanted. */
  get since(): number {
    return Date.now();
  }

  show(outcome: Outcome | null, silence: number): void {
    if (outcome === null) return;
    const { name, stdout, stderr } = this.#options;
    if (outcome instanceof Error) {
      stderr.write(`corespond: ${faultText(name, outcome, silence)}\n`);
      return;
    }
    const { view, document } = outcome;
    stdout.write(`${this.#hasWritten ? '\n' : ''}${plainText(name, view, document.now)}\n`);
    this.#hasWritten = true;
  }

  isHopeless(first: Outcome): boolean {
    return first instanceof Error;
  }

  close(): Promise<void> {
    return flushed(this.#options.stdout);
  }
}
