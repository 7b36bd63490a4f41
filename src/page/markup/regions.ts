import type { StatusView } from '../../view/status-view.ts';
import type { Table } from '../../view/tables.ts';
import type { Markup } from './element.ts';
import { factsMarkup } from './facts.ts';
import { metersMarkup } from './meters.ts';
import { tableMarkup } from './table.ts';
import { inPageOrder } from './table-order.ts';
import { verdictMarkup } from './verdict.ts';

/** The parts of the page that change with the status; each has its id. */
export interface Regions {
  readonly about: Markup;
  readonly verdict: Markup;
  readonly figures: Markup;
  readonly meters: Markup;
  readonly tables: readonly Markup[];
}

/**
 * The parts as they are with this view.
 * @param scrolls whether a table is larger than its room; where nobody can tell, it is taken to be.
 */
export const regionsOf = (
  view: StatusView,
  scrolls: (table: Table['id']) => boolean = () => true,
): Regions => ({
  about: factsMarkup('about', view.about),
  verdict: verdictMarkup(view),
  figures: factsMarkup('figures', view.figures),
  meters: metersMarkup(view.meters),
  tables: inPageOrder(view.tables).map((table) => tableMarkup(table, scrolls(table.id))),
});

/** How the page is called in the browser's tab. */
export const titleOf = ({ headline }: StatusView): string => `${headline} · corespond`;
