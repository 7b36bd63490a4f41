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
