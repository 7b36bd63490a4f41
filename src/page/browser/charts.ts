import { commandName } from '../../view/names.ts';
import type { History, Series, StatusEvent } from '../../view/status-document.ts';
import type { ChartId } from '../markup/chart-frames.ts';
import { Chart } from './chart.ts';
import { find, setText } from './dom.ts';
import { Looks } from './line.ts';
import { loopLines } from './loop-lines.ts';
import { BYTE_RATES, COUNTS, type Measure, RATES, SHARES, TIMES } from './measure.ts';
import { onThemeChange } from './theme.ts';
import { spanName, spanOf } from './time-window.ts';

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
    columns: loopLines,
  },
];

/** The charts of the page, which share their cursor. */
export class Charts {
  readonly #charts = SPECS.map(({ id, measure, stacked = false, columns }) => ({
    columns,
    chart: new Chart(id, measure, stacked),
    looks: new Looks(),
  }));
  readonly #title = find('#past-title');
  #now = 0;

  constructor() {
    onThemeChange(() => {
      for (const { chart } of this.#charts) chart.recolour();
    });
  }

  /** @param now Unix milliseconds, by the server's clock. */
  show(history: History, events: readonly StatusEvent[], now: number): void {
    this.#now = now;
    setText(this.#title, titleOf(history, now));
    for (const { columns, chart, looks } of this.#charts) {
      const named = columns(history);
      const given = looks.of(named.map(([name]) => name));
      const lines = named.map(([name, values], i) => ({ name, ...given[i]!, values }));
      chart.show({ history, lines, events, now });
    }
  }

  /** Nothing new has come for so many seconds: time goes on. */
  age(seconds: number): void {
    for (const { chart } of this.#charts) chart.moveTo(this.#now + seconds * 1000);
  }
}

/** `Last 15 minutes`, or fewer after a start. */
const titleOf = ({ times }: History, now: number): string => {
  const [first = now] = times;
  const name = spanName(spanOf(first / 1000, now / 1000));
  return name.charAt(0).toUpperCase() + name.slice(1);
};
