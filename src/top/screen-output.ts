import type { ReadStream, WriteStream } from 'node:tty';
import { clockTime } from '../view/clock-time.ts';
import { frameOf } from './frame.ts';
import { faultText, flushed, type Outcome, type Output, PATIENCE } from './output.ts';
import { Screen } from './screen.ts';
import { NoStatus, type Status } from './status-client.ts';
import { Trend } from './trend.ts';

export interface ScreenOutputOptions {
  readonly name: string;
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly hasColours: boolean;
  readonly onEnd: () => void;
}

/** Figures that are drawn again and again in the same place of a terminal. */
export class ScreenOutput implements Output {
  /** A terminal that is gone ends it, and there is nobody to be told. */
  readonly hasFailed = false;
  readonly #name: string;
  readonly #stdout: WriteStream;
  readonly #screen: Screen;
  readonly #trend = new Trend();
  #isOpen = false;
  #status: Status | null = null;
  #fault: Error | null = null;
  #trouble: string | null = null;

  constructor({ name, stdin, stdout, hasColours, onEnd }: ScreenOutputOptions) {
    this.#name = name;
    this.#stdout = stdout;
    const onResize = (): void => this.#draw();
    this.#screen = new Screen({ input: stdin, output: stdout, hasColours, onEnd, onResize });
  }

  get since(): number | null {
    return this.#trend.since;
  }

  show(outcome: Outcome | null, silence: number): void {
    if (outcome instanceof Error) this.#fault = outcome;
    else if (outcome !== null) {
      this.#fault = null;
      this.#status = outcome;
      this.#trend.add(outcome.document);
    }
    const isLate = outcome === null && silence >= PATIENCE;
    this.#trouble = this.#fault === null && !isLate ? null : faultText(this.#name, this.#fault, silence);
    if (!this.#isOpen) this.#screen.enter();
    this.#isOpen = true;
    this.#draw();
  }

  /** One that is not up yet may come up, but what is something else stays that. */
  isHopeless(first: Outcome): boolean {
    return first instanceof NoStatus;
  }

  async close(isComplete: boolean): Promise<void> {
    this.#screen.leave();
    if (isComplete && this.#isOpen) {
      const { width } = this.#screen.size;
      this.#screen.print(this.#frame(width, Number.POSITIVE_INFINITY));
    }
    await flushed(this.#stdout);
  }

  #draw(): void {
    const { width, height } = this.#screen.size;
    this.#screen.draw(this.#frame(width, height));
  }

  #frame(width: number, height: number) {
    const scene = {
      name: this.#name,
      view: this.#status?.view ?? null,
      clock: this.#status === null ? '' : clockTime(this.#status.document.now),
      trend: this.#trend,
      trouble: this.#trouble,
    };
    return frameOf(scene, { width, height });
  }
}
