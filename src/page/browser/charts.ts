import { commandName, processName } from '../../view/names.ts';
import type { History, Series } from '../../view/status-document.ts';
import type { ChartId } from '../markup/chart-frames.ts';
import { Chart } from './chart.ts';
import { Looks } from './line.ts';
import { BYTE_RATES, COUNTS, type Measure, RATES, SHARES, TIMES } from './measure.ts';
import { timelineOf } from './recent-history.ts';
import { onThemeChange } from './theme.ts';

/** What one of the charts shows. */
interface ChartSpec {
  readonly id: ChartId;
  readonly measure: Measure;
  readonly stacked?: boolean;
  /** What is drawn, by the names that people know. */
  readonly columns: (history: History) => ReadonlyArray<readonly [name: string, values: Series]>;
}

const SPECS: readonly ChartSpec[] = [
  {
    id: 'commands',
    measure: RATES,
    stacked: true,
    columns: ({ commandsPerSecond }) =>
      Object.entries(commandsPerSecond)
        .sort(([one], [other]) => Number(one === 'other') - Number(other === 'other'))
        .map(([name, values]) => [commandName(name), values]),
  },
  {
    id: 'latency',
    measure: TIMES,
    columns: ({ p50, p99 }) => [
      ['p50', p50],
      ['p99', p99],
    ],
  },
  {
    id: 'clients',
    measure: COUNTS,
    columns: ({ clients }) => [['connected', clients]],
  },
  {
    id: 'bytes',
    measure: BYTE_RATES,
    columns: ({ bytesInPerSecond, bytesOutPerSecond }) => [
      ['in', bytesInPerSecond],
      ['out', bytesOutPerSecond],
    ],
  },
  {
    id: 'utilisation',
    measure: SHARES,
    columns: ({ utilisation }) =>
      Object.entries(utilisation).map(([name, values]) => [processName(name), values]),
  },
];

/** The charts of the page, which share their cursor. */
export class Charts {
  readonly #charts = SPECS.map(({ id, measure, stacked = false, columns }) => ({
    columns,
    chart: new Chart(id, measure, stacked),
    looks: new Looks(),
  }));
  #now = 0;

  constructor() {
    onThemeChange(() => {
      for (const { chart } of this.#charts) chart.recolour();
    });
  }

  /** @param now Unix milliseconds, by the server's clock. */
  show(history: History, now: number): void {
    this.#now = now;
    const timeline = timelineOf(history);
    for (const { columns, chart, looks } of this.#charts) {
      const named = columns(history);
      const given = looks.of(named.map(([name]) => name));
      const lines = named.map(([name, values], i) => ({ name, ...given[i]!, values: timeline.of(values) }));
      chart.show(timeline.seconds, lines, now);
    }
  }

  /** Nothing new has come for so many seconds: time goes on. */
  age(seconds: number): void {
    for (const { chart } of this.#charts) chart.moveTo(this.#now + seconds * 1000);
  }
}
