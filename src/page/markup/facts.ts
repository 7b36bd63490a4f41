import type { Fact } from '../../view/status-view.ts';
import { element, type Markup } from './element.ts';

/** Facts with their names. */
export const factsMarkup = (id: string, facts: readonly Fact[]): Markup =>
  element(
    'dl',
    { id, class: id },
    ...facts.map(({ label, value }) =>
      element('div', { 'data-key': label }, element('dt', {}, label), element('dd', {}, value)),
    ),
  );
