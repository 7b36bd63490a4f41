import { HISTORY_SPAN, type History, type Series, type StatusDocument } from '../../view/status-document.ts';

/** The history that is shown, put together from documents that each have a part of them. */
export class RecentHistory {
  #history: History | undefined;
  #startedAt = 0;

  /** The last moment that is known; undefined if everything has to be asked for. */
  get since(): number | undefined {
    return this.#history?.times.at(-1);
  }

  get history(): History | undefined {
    return this.#history;
  }

  /**
   * Takes what is new.
   * @param whole whether the document has all of the history.
   * @returns false if it does not fit what is known: the server or the names have changed, so that all has to be asked for.
   */
  add({ now, server, history }: StatusDocument, whole: boolean): boolean {
    const known = whole ? undefined : this.#history;
    const fits =
      whole || (known !== undefined && server.startedAt === this.#startedAt && isAlike(known, history));
    this.#startedAt = server.startedAt;
    this.#history = fits
      ? later(known === undefined ? history : joined(known, history), now - HISTORY_SPAN * 1000)
      : undefined;
    return fits;
  }
}

const isAlike = (one: History, other: History): boolean =>
  other.interval === one.interval &&
  (other.times[0] ?? Number.POSITIVE_INFINITY) > (one.times.at(-1) ?? 0) &&
  haveSameNames(one.commandsPerSecond, other.commandsPerSecond) &&
  haveSameNames(one.utilisation, other.utilisation);

const haveSameNames = (one: object, other: object): boolean =>
  Object.keys(one).sort().join('\n') === Object.keys(other).sort().join('\n');

const joined = (one: History, other: History): History =>
  mapped(one, (series, pick) => [...series, ...(pick(other) ?? [])]);

const later = (history: History, from: number): History => {
  const first = history.times.findIndex((time) => time > from);
  if (first === 0 || history.times.length === 0) return history;
  return mapped(history, (series) => (first === -1 ? [] : series.slice(first)));
};

/** A history like another with each of its columns replaced. */
const mapped = (
  history: History,
  change: <T>(column: readonly T[], pick: (from: History) => readonly T[] | undefined) => readonly T[],
): History => ({
  interval: history.interval,
  times: change(history.times, (from) => from.times),
  p50: change(history.p50, (from) => from.p50),
  p99: change(history.p99, (from) => from.p99),
  clients: change(history.clients, (from) => from.clients),
  bytesInPerSecond: change(history.bytesInPerSecond, (from) => from.bytesInPerSecond),
  bytesOutPerSecond: change(history.bytesOutPerSecond, (from) => from.bytesOutPerSecond),
  commandsPerSecond: byName(history.commandsPerSecond, (series, name) =>
    change(series, (from) => from.commandsPerSecond[name]),
  ),
  utilisation: byName(history.utilisation, (series, name) =>
    change(series, (from) => from.utilisation[name]),
  ),
});

const byName = (
  all: Readonly<Record<string, Series>>,
  change: (series: Series, name: string) => Series,
): Record<string, Series> =>
  Object.fromEntries(Object.entries(all).map(([name, series]) => [name, change(series, name)]));
