import { HISTORY_SPAN, type History, type Series } from '../view/status-document.ts';
import { Leaders } from './leaders.ts';
import type { Moment } from './moment.ts';

/** Seconds between two moments. */
const INTERVAL = 1;
const KEPT = HISTORY_SPAN / INTERVAL;
/** So many commands have a column of their own. */
const NAMED = 6;
const OTHER = 'other';

/** The figures of the last 15 minutes, second by second. */
export class MomentHistory {
  #kept: Moment[] = [];
  /** Over all moments that are kept: calls by command, and in how many of them a process was heard of. */
  readonly #calls = new Map<string, number>();
  readonly #heard = new Map<string, number>();
  /** The commands that have a column of their own. */
  readonly #named = new Leaders(NAMED);

  add(moment: Moment): void {
    this.#kept.push(moment);
    this.#count(moment, 1);
    const dropped = this.#kept.length > KEPT ? this.#kept.shift() : undefined;
    if (dropped !== undefined) this.#count(dropped, -1);
  }

  get newest(): Moment | undefined {
    return this.#kept.at(-1);
  }

  /** What is later than a moment, as columns. @param time Unix milliseconds. */
  after(time: number): History {
    const moments = this.#kept.filter(({ at }) => at > time);
    const column = (value: (moment: Moment) => number | null): Series => moments.map(value);
    return {
      interval: INTERVAL,
      times: moments.map(({ at }) => at),
      commandsPerSecond: this.#commandColumns(moments),
      p50: column(({ p50 }) => p50),
      p99: column(({ p99 }) => p99),
      clients: column(({ clients }) => clients),
      bytesInPerSecond: column(({ bytesIn }) => bytesIn),
      bytesOutPerSecond: column(({ bytesOut }) => bytesOut),
      utilisation: this.#utilisationColumns(moments),
    };
  }

  #count({ commands, utilisation }: Moment, sign: 1 | -1): void {
    for (const [name, rate] of commands ?? []) addTo(this.#calls, name, sign * rate);
    for (const name of utilisation.keys()) addTo(this.#heard, name, sign);
  }

  #commandColumns(moments: readonly Moment[]): Record<string, Series> {
    const named = this.#named.among(this.#calls);
    const columns = columnsOf(named, moments, ({ commands }, name) =>
      commands === null ? null : (commands.get(name) ?? 0),
    );
    if (this.#calls.size <= NAMED) return columns;
    return { ...columns, [OTHER]: moments.map(({ commands }) => sumExcept(commands, named)) };
  }

  #utilisationColumns(moments: readonly Moment[]): Record<string, Series> {
    const ordered = [...this.#heard.keys()].sort((a, b) => Number(a) - Number(b) || a.length - b.length);
    return columnsOf(ordered, moments, ({ utilisation }, name) => utilisation.get(name) ?? null);
  }
}

const columnsOf = (
  names: readonly string[],
  moments: readonly Moment[],
  figure: (moment: Moment, name: string) => number | null,
): Record<string, Series> =>
  Object.fromEntries(names.map((name) => [name, moments.map((moment) => figure(moment, name))]));

/** What is left of something that is not there any more is a rounding error. */
const addTo = (sums: Map<string, number>, name: string, amount: number): void => {
  const sum = (sums.get(name) ?? 0) + amount;
  if (sum > 1e-6) sums.set(name, sum);
  else sums.delete(name);
};

const sumExcept = (commands: Moment['commands'], named: readonly string[]): number | null => {
  if (commands === null) return null;
  let sum = 0;
  for (const [name, rate] of commands) if (!named.includes(name)) sum += rate;
  return sum;
};
