import type { Meter } from '../../view/meters.ts';
import type { Fact } from '../../view/status-view.ts';
import { element, type Markup } from './markup.ts';

/** Facts with their names. */
export const factsPart = (id: string, facts: readonly Fact[]): Markup =>
  element(
    'dl',
    { id, class: id },
    ...facts.map(({ label, value }) =>
      element('div', { 'data-key': label }, element('dt', {}, label), element('dd', {}, value)),
    ),
  );

/** How full everything is that can be full. */
export const metersPart = (meters: readonly Meter[]): Markup =>
  element('div', { id: 'meters', class: 'meters' }, ...meters.map(meterPart));

const meterPart = ({ id, label, share, text, level }: Meter): Markup => {
  const name = `meter-${id}`;
  const state = { 'data-level': share === null ? 'unknown' : level };
  return element(
    'div',
    { class: 'meter', 'data-key': id },
    element('label', { for: name }, label),
    element('span', { class: 'amount', ...state }, text),
    element('meter', { id: name, value: (share ?? 0).toFixed(4), 'aria-valuetext': text, ...state }),
  );
};
