import { element, type Markup } from './element.ts';

/** The charts of the page. */
export type ChartId = 'commands' | 'latency' | 'clients' | 'bytes' | 'utilisation';

/** The charts of the last 15 minutes, in the order of the page. */
const CHARTS: ReadonlyArray<{ readonly id: ChartId; readonly title: string; readonly unit: string }> = [
  { id: 'commands', title: 'Commands', unit: 'per second, the busiest stacked' },
  { id: 'latency', title: 'Latency', unit: 'of a command, logarithmic' },
  { id: 'clients', title: 'Clients', unit: 'connected' },
  { id: 'bytes', title: 'Traffic', unit: 'bytes per second' },
  { id: 'utilisation', title: 'Event loops', unit: 'share of time busy' },
];

/** A frame for each chart, which the browser fills. */
export const chartFrames = (): Markup[] =>
  CHARTS.map(({ id, title, unit }) =>
    element(
      'figure',
      { id: `chart-${id}`, class: 'panel chart' },
      element(
        'figcaption',
        {},
        element('h3', {}, title),
        element('span', { class: 'unit' }, unit),
        element('span', { class: 'moment' }),
      ),
      element('div', { class: 'plot', role: 'img', 'aria-label': `${title} ${unit}` }),
      element('ul', { class: 'legend', 'aria-label': `${title}: values` }),
    ),
  );
