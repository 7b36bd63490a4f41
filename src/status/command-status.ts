import type { Totals } from '../metrics/totals.ts';
import type { CommandStatus } from '../view/status-document.ts';
import { callsOf, errorsOf, latencyOf, meanOf } from './calls.ts';
import type { Span } from './span.ts';

/** So many commands are shown. */
const SHOWN = 20;

/** The commands that were called in a span of time, the busiest first. @param totals what was counted since the start. */
export const commandsOf = ({ seconds, counted }: Span, totals: Totals): CommandStatus[] =>
  [...counted.commands]
    .filter(([, figures]) => callsOf(figures) > 0)
    .sort(([, a], [, b]) => callsOf(b) - callsOf(a))
    .slice(0, SHOWN)
    .map(([command, figures]) => {
      const all = totals.commands.get(command) ?? figures;
      return {
        command,
        callsPerSecond: callsOf(figures) / seconds,
        mean: meanOf(figures),
        p99: latencyOf(figures, 0.99),
        errorsPerSecond: errorsOf(figures) / seconds,
        calls: callsOf(all),
        errors: errorsOf(all),
      };
    });
