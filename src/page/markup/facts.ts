import type { Fact } from '../../view/status-view.ts';
import { element, type Markup } from './element.ts';
import { isQuiet } from './quiet.ts';

/** Facts with their names. */
export const factsMarkup = (id: string, facts: readonly Fact[]): Markup =>
  element('dl', { id, class: id }, ...facts.map(factMarkup));

const factMarkup = ({ label, value, level = 'ok' }: Fact): Markup =>
  element(
    'div',
    { 'data-key': label, ...(level === 'ok' ? {} : { 'data-level': level }) },
    element('dt', {}, label),
    element('dd', isQuiet(value) ? { class: 'quiet' } : {}, value),
  );
