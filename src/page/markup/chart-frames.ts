import { element, type Markup } from './element.ts';

/** The charts of the page. */
export type ChartId = 'commands' | 'latency' | 'clients' | 'bytes' | 'utilisation';

interface Frame {
  readonly id: ChartId;
  readonly title: string;
  readonly unit: string;
  /** What is said where there is nothing to draw; a line at zero is something. */
  readonly blank?: string;
}

/** The charts of the last 15 minutes, in the order of the page. */
const FRAMES: readonly Frame[] = [
  {
    id: 'commands',
    title: 'Commands',
    unit: 'per second, the busiest stacked',
    blank: 'No command was called.',
  },
  { id: 'latency', title: 'Latency', unit: 'of a command, logarithmic', blank: 'Nothing was measured.' },
  { id: 'clients', title: 'Clients', unit: 'of all workers together' },
  { id: 'bytes', title: 'Traffic', unit: 'bytes per second' },
  { id: 'utilisation', title: 'Event loops', unit: 'share of time busy' },
];

/** A frame for each chart, which the browser fills. */
export const chartFrames = (): Markup[] =>
  FRAMES.map(({ id, title, unit, blank = '' }) =>
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
      ...(blank === '' ? [] : [element('p', { class: 'blank' }, blank)]),
      element('ul', { class: 'legend', 'aria-label': `${title}: values` }),
    ),
  );
