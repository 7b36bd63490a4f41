import { type CommandFigures, LATENCY_BOUNDS } from '../../../metrics/counters.ts';
import { quantile } from '../../../metrics/quantile.ts';
import type { Command } from '../../command.ts';
import { type Field, type InfoSource, ratio, type Section } from './section.ts';

/** INFO commandstats: of every command that was called. */
export const commandStatsSection: Section = (source) =>
  called(source).map(([{ name }, { ok, error, rejected, microseconds }]) => {
    const calls = ok + error;
    const perCall = ratio(microseconds, calls).toFixed(2);
    return [
      `cmdstat_${name}`,
      `calls=${calls},usec=${Math.round(microseconds)},usec_per_call=${perCall},` +
        `rejected_calls=${rejected},failed_calls=${error}`,
    ];
  });

/** INFO errorstats: of every code of which there was an error reply. */
export const errorStatsSection: Section = ({ figures }) =>
  [...figures.errors]
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, count]): Field => [`errorstat_${code}`, `count=${count}`]);

const PERCENTILES = [50, 99, 99.9];

/** INFO latencystats: how long commands take, in microseconds. */
export const latencyStatsSection: Section = (source) =>
  called(source)
    .filter(([, { ok, error }]) => ok + error > 0)
    .map(([{ name }, { buckets }]) => {
      const shares = PERCENTILES.map((percent) => `p${percent}=${percentile(buckets, percent).toFixed(3)}`);
      return [`latency_percentiles_usec_${name}`, shares.join(',')];
    });

const called = ({ table, figures }: InfoSource): Array<readonly [Command, CommandFigures]> =>
  table.commands.flatMap((command) => {
    const found = figures.commands[command.index];
    return found === undefined ? [] : [[command, found] as const];
  });

/** Below how many microseconds so many percent of the calls stayed, as exact as the buckets are. */
export const percentile = (buckets: readonly number[], percent: number): number =>
  quantile(percent / 100, LATENCY_BOUNDS, buckets) ?? 0;
