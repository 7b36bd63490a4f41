import type { Meter } from '../../view/meters.ts';
import { element, type Markup } from './element.ts';

/** How full everything is that can be full. */
export const metersMarkup = (meters: readonly Meter[]): Markup =>
  element('div', { id: 'meters', class: 'meters' }, ...meters.map(meterMarkup));

/** A drawing and not <meter>, which every browser draws otherwise and none as it is told. */
const meterMarkup = ({ id, label, share, text, level }: Meter): Markup => {
  const name = `meter-${id}`;
  const now = (share ?? 0).toFixed(4);
  return element(
    'div',
    { class: 'meter', 'data-key': id, 'data-level': share === null ? 'unknown' : level },
    element('span', { id: name, class: 'label' }, label),
    element('span', { class: 'amount' }, text),
    element(
      'div',
      {
        class: 'bar',
        role: 'meter',
        'aria-labelledby': name,
        'aria-valuemin': '0',
        'aria-valuemax': '1',
        'aria-valuenow': now,
        'aria-valuetext': text,
      },
      element(
        'svg',
        { 'aria-hidden': 'true' },
        element('rect', { width: `${(Number(now) * 100).toFixed(2)}%`, height: '100%', rx: '4' }),
      ),
    ),
  );
};
