import { invalidExpireTime } from '../errors.ts';
import { MAX_INT64, MIN_INT64 } from '../resp/number.ts';
import type { Call } from './command.ts';

/** The greatest time that Redis can hold. */
/** Times up to this many units cannot overflow, whatever the unit. */
const SMALL = 1e12;

/**
 * The time that an argument says, as Unix milliseconds.
 * @param index the argument that holds it, in units of `unit` milliseconds from `base` on.
 * @throws errors.notInteger, or invalidExpireTime if it does not fit into 64 bits.
 */
export const timeAt = ({ args, command }: Call, index: number, unit: number, base: number): number => {
  const value = args.integer(index);
  if (value < SMALL && value > -SMALL) return value * unit + base;
  const at = args.integer64(index) * BigInt(unit);
  if (at > MAX_INT64 - BigInt(base) || at < MIN_INT64) throw invalidExpireTime(command.name);
  return Number(at + BigInt(base));
};

/** As {@link timeAt}, for a time that must lie behind 0. @throws errors.notInteger, or invalidExpireTime */
export const expiryAt = (call: Call, index: number, unit: number, base: number): number => {
  if (call.args.integer(index) <= 0) throw invalidExpireTime(call.command.name);
  return timeAt(call, index, unit, base);
};
