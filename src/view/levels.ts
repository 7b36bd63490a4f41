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
