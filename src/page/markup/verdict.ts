import type { Level, Reason } from '../../view/status-document.ts';
import type { StatusView } from '../../view/status-view.ts';
import { element, type Markup } from './element.ts';

/** A tick in a circle, a triangle and an octagon with their marks: told apart by shape as well as by colour. */
const SHAPES: Readonly<Record<Level, readonly [outline: string, mark: string]>> = {
  ok: ['M12 1.5a10.5 10.5 0 1 0 0 21a10.5 10.5 0 1 0 0-21z', 'M7 12.4l3.4 3.4l6.8-7.2'],
  warning: ['M12 2.2L23 21.5H1z', 'M12 9.2v5.6M12 17.9v.2'],
  critical: ['M7.6 1.5h8.8l6.1 6.1v8.8l-6.1 6.1H7.6l-6.1-6.1V7.6z', 'M12 6.6v6.6M12 16.9v.2'],
};

/** The verdict with its reasons. Only its headline is announced when it changes: reasons may count by the second. */
export const verdictMarkup = ({ level, headline, reasons, assurance }: StatusView): Markup =>
  element(
    'section',
    { id: 'verdict', class: 'verdict', 'data-level': level, 'aria-labelledby': 'headline' },
    icon(level),
    element('div', { role: 'status' }, element('h2', { id: 'headline' }, headline)),
    reasons.length === 0
      ? element('p', { class: 'assurance' }, assurance)
      : element('ul', { class: 'reasons' }, ...reasons.map(reasonMarkup)),
  );

const reasonMarkup = ({ level, text }: Reason): Markup => element('li', { 'data-level': level }, text);

const icon = (level: Level): Markup => {
  const [outline, mark] = SHAPES[level];
  return element(
    'svg',
    { class: 'shape', viewBox: '0 0 24 24', 'aria-hidden': 'true' },
    element('path', { class: 'outline', d: outline }),
    element('path', { class: 'mark', d: mark }),
  );
};
