/*
 * Beyond which figures something is not well. The bounds are those of the alert rules in grafana/prometheus/rules.
 */
import type { Level } from './status-document.ts';

/** Shares at which a limit is near, and all but reached. */
const NEAR_LIMIT = 0.85;
const AT_LIMIT = 0.95;
/** Beyond this share of its time an event loop has no room left. */
const BUSY_LOOP = 0.9;
/** Beyond this lateness of an event loop, in seconds, its clients notice. */
const LATE_LOOP = 0.25;

/** Beyond this p99, in seconds, commands are slow; of no more commands a second than these, it says nothing. */
const SLOW_P99 = 0.05;
const FEW_COMMANDS = 10;
/** Beyond this share, too many commands fail; no more errors a second than these are somebody's typing. */
const MANY_ERRORS = 0.05;
const FEW_ERRORS = 1;

/** How well it is that so much of a limit is used. What nobody knows is well. @param share from 0 to 1 */
export const levelOfShare = (share: number | null): Level => {
  if (share === null || share <= NEAR_LIMIT) return 'ok';
  return share <= AT_LIMIT ? 'warning' : 'critical';
};

/** The same for the share of the time that an event loop is busy. */
export const levelOfUtilisation = (share: number | null): Level =>
  share !== null && share > BUSY_LOOP ? 'warning' : 'ok';

/** The same for the lateness of an event loop, in seconds. */
export const levelOfDelay = (seconds: number | null): Level =>
  seconds !== null && seconds > LATE_LOOP ? 'warning' : 'ok';

/** The same for the 99th percentile of the time that commands take, in seconds. @param rate commands a second. */
export const levelOfLatency = (p99: number | null, rate: number | null): Level =>
  p99 !== null && rate !== null && p99 > SLOW_P99 && rate > FEW_COMMANDS ? 'warning' : 'ok';

/** The same for all commands that fail. @param errors a second. @param calls a second. */
export const levelOfErrors = (errors: number | null, calls: number | null): Level =>
  errors !== null && errors > FEW_ERRORS ? levelOfFailing(errors, calls) : 'ok';

/** The same for the calls of one command, however few they are. */
export const levelOfFailing = (errors: number | null, calls: number | null): Level =>
  errors !== null && calls !== null && errors > calls * MANY_ERRORS ? 'warning' : 'ok';
