/** The longest delay that a timer of Node takes, in milliseconds: 24 days. */
const MAX_DELAY = 2 ** 31 - 1;

/**
 * What a timer is to be given that is due in so many milliseconds. It may come early, by a fraction of a millisecond, or
 * by more where it could not wait so long: whoever is called looks whether it is time, and if not, waits again.
 */
export const timerDelay = (milliseconds: number): number =>
  Math.min(Math.max(0, Math.ceil(milliseconds)), MAX_DELAY);
