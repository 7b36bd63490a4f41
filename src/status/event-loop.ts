import { inSeconds } from '../metrics/microseconds.ts';
import { LOOP_DELAY_BUCKETS } from '../metrics/process-probe.ts';
import { quantile } from '../metrics/quantile.ts';
import type { Totals } from '../metrics/totals.ts';
import { sumOfCounter } from './counters.ts';

/** Quantile of the lateness of an event loop, in seconds. */
export const delayOf = ({ histograms }: Totals, share: number): number | null =>
  quantile(share, LOOP_DELAY_BUCKETS, histograms.get('eventloop_delay_seconds')?.buckets ?? []);

/** What the longest lateness of an event loop was more than, in seconds; 0 if it never was late. */
export const longestDelayOf = ({ histograms }: Totals): number => {
  const counts = histograms.get('eventloop_delay_seconds')?.buckets ?? [];
  return LOOP_DELAY_BUCKETS[counts.findLastIndex((count) => count > 0) - 1] ?? 0;
};

/** How long an event loop was watched, in seconds. */
export const watchedFor = (totals: Totals): number =>
  inSeconds(sumOfCounter(totals, 'eventloop_seconds_total'));

/** Share of the time that an event loop was busy. */
export const utilisationOf = (totals: Totals): number | null => {
  const active = totals.counter('eventloop_seconds_total', 'active');
  const idle = totals.counter('eventloop_seconds_total', 'idle');
  return active + idle <= 0 ? null : active / (active + idle);
};
