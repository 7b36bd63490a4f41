import { isUp, type PlaceBooks } from '../metrics/books.ts';
import type { ProcessReport } from '../metrics/snapshot.ts';
import { Totals } from '../metrics/totals.ts';
import type { Span } from './span.ts';

/** Two reports that are closer than this, in milliseconds, are no measure of a rate. */
const SHORTEST = 500;

interface Known {
  readonly report: ProcessReport;
  readonly at: number;
  readonly span: Span | undefined;
}

/**
 * How fast each process counts: what lies between its last two reports. Reports come once a second, but not in step with
 * whoever looks once a second; counting by his clock would show twice the rate in one second and none in the next.
 */
export class LastSecond {
  readonly #known = new Map<string, Known>();

  /** Takes a report. @param at Unix milliseconds at which it came. */
  accept(report: ProcessReport, at: number): void {
    const key = keyOf(report);
    const before = this.#known.get(key);
    if (before === undefined) {
      this.#known.set(key, { report, at, span: undefined });
      return;
    }
    if (at - before.at < SHORTEST) return;
    const counted = new Totals();
    counted.add(report);
    counted.add(before.report, -1);
    this.#known.set(key, { report, at, span: { seconds: (at - before.at) / 1000, counted } });
  }

  /** What a process has counted between its last two reports; undefined before there are two. */
  of(process: Pick<ProcessReport, 'role' | 'pid' | 'startedAt'>): Span | undefined {
    return this.#known.get(keyOf(process))?.span;
  }

  /** What the processes of one place that are up have counted of late, one span for each. */
  spansOf(place: PlaceBooks, now: number): Span[] {
    if (!isUp(place, now)) return [];
    return place.live.map(({ report }) => this.of(report)).filter((span) => span !== undefined);
  }

  /** Forgets the processes that are not among those. */
  keep(living: Iterable<ProcessReport>): void {
    const keys = new Set([...living].map(keyOf));
    for (const key of this.#known.keys()) if (!keys.has(key)) this.#known.delete(key);
  }
}

const keyOf = ({ role, pid, startedAt }: Pick<ProcessReport, 'role' | 'pid' | 'startedAt'>): string =>
  `${role} ${pid} ${startedAt}`;
