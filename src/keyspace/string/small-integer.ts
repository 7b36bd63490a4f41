import type { Arena } from '../../memory/arena.ts';
import type { ByteSlice } from '../../memory/byte-slice.ts';
import { meta, TYPE_STRING } from '../entry.ts';

const ZERO = 48;
/** More digits than this are not added in arithmetic of 32 bits. */
const MAX_DIGITS = 9;
/** The least number of so many digits; 0 counts as one digit. */
const LEAST = [0, 0, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

/**
 * Adds to an integer where it lies, in the usual case: a plain string of one to nine digits whose sum has as many. It
 * takes half of what reading, printing and storing a number takes. Digits are read and written here, in arithmetic of 32
 * bits: through `parseInteger` and `writeInteger` all of INCR takes 5 % more (measured without sockets).
 * @param view of the value of `entry`.
 * @returns false if the case is another, or the value no integer; then nothing was done.
 */
export const addInPlace = (arena: Arena, entry: number, view: ByteSlice, increment: number): boolean => {
  const { bytes, start, length } = view;
  if (length === 0 || length > MAX_DIGITS) return false;
  if (meta(arena, entry) !== TYPE_STRING) return false;
  const end = start + length;
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) return false;
    value = value * 10 + digit;
  }
  const sum = value + increment;
  if (value < LEAST[length]! || sum < LEAST[length]! || sum >= LEAST[length + 1]!) return false;
  let rest = sum;
  for (let at = end - 1; at >= start; at--) {
    const tenth = (rest / 10) | 0;
    bytes[at] = ZERO + rest - tenth * 10;
    rest = tenth;
  }
  return true;
};
