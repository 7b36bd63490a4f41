import { errors } from '../errors.ts';
import { parseLongDouble } from '../resp/long-double.ts';
import type { Call } from './command.ts';

const LONG_MAX = 2 ** 63;

/**
 * The timeout in seconds that argument `index` tells, in milliseconds; 0 is for ever. What does not fit 64 bits
 * is negative, as it is to Redis.
 * @throws errors.timeoutNotFloat, errors.timeoutNegative
 */
export const timeoutAt = ({ args }: Call, index: number): number => {
  const seconds = parseLongDouble(args.latin1(index));
  if (seconds === undefined) throw errors.timeoutNotFloat;
  const milliseconds = Math.ceil(Number(seconds.mantissa) * 2 ** seconds.exponent * 1000);
  if (milliseconds < 0 || milliseconds >= LONG_MAX) throw errors.timeoutNegative;
  return milliseconds === 0 && seconds.mantissa > 0n ? 1 : milliseconds;
};
