import type { CommandFigures } from '../metrics/counters.ts';
import type { Totals } from '../metrics/totals.ts';

/** What was counted in a span of time. */
export interface Span<Counted = Totals> {
  readonly seconds: number;
  readonly counted: Counted;
}

/** Of what was counted, all commands together. */
export const allCommandsIn = ({ seconds, counted }: Span): Span<CommandFigures> => ({
  seconds,
  counted: counted.allCommands(),
});

/** A rate over several spans: the sum of the rate of each; null if there are none. */
export const rateOf = <Counted>(
  spans: ReadonlyArray<Span<Counted>>,
  figure: (counted: Counted) => number,
): number | null =>
  spans.length === 0 ? null : spans.reduce((sum, { seconds, counted }) => sum + figure(counted) / seconds, 0);
