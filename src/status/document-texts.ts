import type { Recorder } from './recorder.ts';

/** So many milliseconds one text serves all who ask the same: reports come once a second, so it is as new as any. */
const SHELF_LIFE = 250;
/** So many are kept: those who look ask for the same few seconds. */
const KEPT = 8;

/** The status document as text. With all its history it takes milliseconds to write, so it is not written for each one. */
export class DocumentTexts {
  readonly #recorder: Pick<Recorder, 'status'>;
  readonly #now: () => number;
  /** By the moment after which the history begins. */
  readonly #kept = new Map<number, Buffer>();
  #keptFrom = Number.NEGATIVE_INFINITY;

  /** @param now milliseconds of a clock that is never set back. */
  constructor(recorder: Pick<Recorder, 'status'>, now: () => number) {
    this.#recorder = recorder;
    this.#now = now;
  }

  /** @param moment the history begins after it, Unix milliseconds. */
  since(moment: number): Buffer {
    const now = this.#now();
    if (now - this.#keptFrom >= SHELF_LIFE) {
      this.#kept.clear();
      this.#keptFrom = now;
    }
    const kept = this.#kept.get(moment);
    if (kept !== undefined) return kept;
    const text = Buffer.from(`${JSON.stringify(this.#recorder.status(moment), rounded)}\n`);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size === KEPT && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(moment, text);
    return text;
  }
}

/** Five digits are more than anybody reads off a chart, and a third of the bytes. */
const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value;
