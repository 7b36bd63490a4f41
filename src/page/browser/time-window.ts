import { HISTORY_SPAN } from '../../view/status-document.ts';

/** In seconds. */
const LEAST_SPAN = 120;
const MINUTE = 60;
/** So wide is at least what stands for one value: thinner, what goes up and down by the second is a dark tangle. */
const PIXELS = 2;

/** How much is shown of the time up to a moment, in whole minutes: of a server that was started just now, less than all. */
export const spanOf = (first: number, end: number): number =>
  Math.min(HISTORY_SPAN, Math.max(LEAST_SPAN, Math.ceil((end - first) / MINUTE) * MINUTE));

/** How that is called. @param span in seconds */
export const spanName = (span: number): string => `last ${span / MINUTE} minutes`;

/** For how many seconds one value stands in a drawing. @param pixels its width */
export const stepOf = (span: number, pixels: number): number => Math.ceil((span * PIXELS) / pixels);
