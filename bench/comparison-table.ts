import type { Pair } from './duel.ts';
import { keyspaceTarget, type Row, ratioTarget } from './row.ts';
import type { Score } from './score.ts';
import { type Mode, nameOf } from './server.ts';
import { median, type Spread, spreadOf } from './statistics.ts';
import { type Column, grouped, Table } from './table.ts';

const COMMON: readonly Column[] = [
  { title: 'row', width: 22, left: true },
  { title: 'req/s', width: 9 },
  { title: 'redis req/s', width: 11 },
  { title: 'µs/op', width: 6 },
  { title: 'redis µs/op', width: 6 },
  { title: 'ratio (min..max)', width: 17 },
  { title: 'target', width: 11 },
];
const SPLIT: readonly Column[] = [
  { title: 'workers µs', width: 6 },
  { title: 'keyspace µs', width: 6 },
  { title: 'target', width: 11 },
  { title: 'feeds', width: 5 },
];

/** Below this a keyspace has practically nothing to do with a row: workers answer it themselves. */
const NEXT_TO_NOTHING = 0.05;

/** The table of one mode of our server, row by row; CPU is what the kernel charged to all processes of a server. */
export class ComparisonTable {
  readonly #table: Table;
  readonly #mode: Mode;
  readonly #score: Score;

  constructor(mode: Mode, score: Score) {
    this.#mode = mode;
    this.#score = score;
    this.#table = new Table(mode === 0 ? COMMON : [...COMMON, ...SPLIT]);
  }

  add(row: Row, pairs: readonly Pair[]): void {
    const ratio = spreadOf(pairs.map(({ ours, theirs }) => ours.cpu.total / theirs.cpu.total));
    const of = (pick: (pair: Pair) => number) => median(pairs.map(pick));
    const name = `${nameOf(this.#mode)}, ${row.name}`;
    this.#table.row([
      row.name,
      grouped(of(({ ours }) => ours.requestsPerSecond)),
      grouped(of(({ theirs }) => theirs.requestsPerSecond)),
      of(({ ours }) => ours.cpu.total).toFixed(2),
      of(({ theirs }) => theirs.cpu.total).toFixed(2),
      spreadText(ratio),
      this.#score.mark(name, ratio.median, ratioTarget(row, this.#mode)),
      ...(this.#mode === 0 ? [] : this.#split(row, name, of)),
    ]);
  }

  #split(row: Row, name: string, of: (pick: (pair: Pair) => number) => number): string[] {
    const workers = of(({ ours }) => ours.cpu.worker);
    const keyspace = of(({ ours }) => ours.cpu.keyspace);
    const feeds = keyspace < NEXT_TO_NOTHING ? 'any' : (workers / keyspace).toFixed(1);
    const mark = this.#score.mark(`${name}, keyspace µs`, keyspace, keyspaceTarget(row, this.#mode));
    return [workers.toFixed(2), keyspace.toFixed(2), mark, feeds];
  }
}

const spreadText = ({ median: middle, min, max }: Spread): string =>
  `${middle.toFixed(2)} (${min.toFixed(2)}..${max.toFixed(2)})`;
