import type { StatusView } from '../../view/status-view.ts';
import type { Markup } from './element.ts';
import { factsMarkup } from './facts.ts';
import { metersMarkup } from './meters.ts';
import { tableMarkup } from './table.ts';
import { verdictMarkup } from './verdict.ts';

/** The parts of the page that change with the status; each has its id. */
export interface Regions {
  readonly about: Markup;
  readonly verdict: Markup;
  readonly figures: Markup;
  readonly meters: Markup;
  readonly tables: readonly Markup[];
}

/** The parts as they are with this view. */
export const regionsOf = (view: StatusView): Regions => ({
  about: factsMarkup('about', view.about),
  verdict: verdictMarkup(view),
  figures: factsMarkup('figures', view.figures),
  meters: metersMarkup(view.meters),
  tables: view.tables.map(tableMarkup),
});

/** How the page is called in the browser's tab. */
export const titleOf = ({ headline }: StatusView): string => `${headline} · corespond`;
