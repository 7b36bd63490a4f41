import { HISTORY_SPAN, type History, type StatusDocument } from '../view/status-document.ts';

/** How it was at one moment; null where nobody knows. */
export interface Point {
  readonly at: number;
  readonly commandsPerSecond: number | null;
  readonly p99: number | null;
}

/** As many as the server keeps: one a second. */
const MAX_POINTS = HISTORY_SPAN;

/** How some figures have been of late, put together from the histories of one document after the other. */
export class Trend {
  #points: Point[] = [];
  #startedAt: number | null = null;
  #interval = 1;

  /** From where on the next document has to tell; null for all that it knows. */
  get since(): number | null {
    return this.#points.at(-1)?.at ?? null;
  }

  /** Takes what is new; an instance that was started anew, or whose clock was set back, has a new history. */
  add({ now, server, history }: StatusDocument): void {
    const last = this.since;
    if (server.startedAt !== this.#startedAt || (last !== null && now < last)) this.#points = [];
    this.#startedAt = server.startedAt;
    this.#interval = history.interval;
    const from = this.since ?? Number.NEGATIVE_INFINITY;
    const fresh = history.times.map((at, i) => pointOf(history, at, i)).filter(({ at }) => at > from);
    this.#points = [...this.#points, ...fresh].slice(-MAX_POINTS);
  }

  /** The time that some points in a row stand for, in seconds. */
  span(points: readonly Point[]): number {
    return Math.round(points.length * this.#interval);
  }

  /** The newest points, the last one being now. */
  last(count: number): readonly Point[] {
    return count > 0 ? this.#points.slice(-count) : [];
  }
}

const pointOf = (history: History, at: number, i: number): Point => {
  const known = Object.values(history.commandsPerSecond).flatMap((series) => series[i] ?? []);
  return {
    at,
    commandsPerSecond: known.length === 0 ? null : known.reduce((sum, rate) => sum + rate, 0),
    p99: history.p99[i] ?? null,
  };
};
