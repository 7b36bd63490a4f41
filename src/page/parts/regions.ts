import type { StatusView } from '../../view/status-view.ts';
import { factsPart } from './facts.ts';
import type { Markup } from './markup.ts';
import { metersPart } from './meters.ts';
import { tablePart } from './table.ts';
import { verdictPart } from './verdict.ts';

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
  about: factsPart('about', view.about),
  verdict: verdictPart(view),
  figures: factsPart('figures', view.figures),
  meters: metersPart(view.meters),
  tables: view.tables.map(tablePart),
});

/** How the page is called in the browser's tab. */
export const titleOf = ({ headline }: StatusView): string => `${headline} · corespond`;
