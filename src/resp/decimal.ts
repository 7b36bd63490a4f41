const MINUS = 45;
const PLUS = 43;
const POINT = 46;
const ZERO = 48;
/** So many decimal digits are exact as an integer, and so are the powers of ten up to this. */
const EXACT_DIGITS = 15;
const POWERS_OF_TEN = Array.from({ length: EXACT_DIGITS + 1 }, (_, power) => 10 ** power);

/**
 * Reads a number of up to 15 characters after the sign, digits and perhaps a point, exactly and without making a string.
 * @returns NaN for everything else, be it a number or not.
 */
export const parseShortDecimal = (bytes: Uint8Array, start: number, length: number): number => {
  const end = start + length;
  const first = bytes[start];
  const digitsAt = length > 0 && (first === MINUS || first === PLUS) ? start + 1 : start;
  if (end - digitsAt > EXACT_DIGITS) return Number.NaN;
  let mantissa = 0;
  let pointAt = -1;
  for (let at = digitsAt; at < end; at++) {
    const byte = bytes[at]!;
    const digit = byte - ZERO;
    if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit;
    else if (byte === POINT && pointAt < 0) pointAt = at;
    else return Number.NaN;
  }
  const digits = end - digitsAt - (pointAt < 0 ? 0 : 1);
  if (digits === 0) return Number.NaN;
  // Both are exact, so that the quotient is the number nearest to what was written.
  const magnitude = pointAt < 0 ? mantissa : mantissa / POWERS_OF_TEN[end - pointAt - 1]!;
  return digitsAt > start && first === MINUS ? -magnitude : magnitude;
};
