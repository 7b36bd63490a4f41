const MINUS = 45;
const ZERO = 48;
/** Numbers of up to this many digits are exact as doubles. */
const SAFE_DIGITS = 15;
const MIN_64 = -(2n ** 63n);
const MAX_64 = 2n ** 63n - 1n;

/**
 * Reads a 64-bit signed integer as strictly as Redis does: no space, no plus sign, no leading zero, no "-0".
 * @returns the value (rounded beyond 2^53), or NaN.
 */
export const parseInteger = (bytes: Uint8Array, start: number, length: number): number => {
  if (length > SAFE_DIGITS) {
    const value = parseInteger64(bytes, start, length);
    return value === undefined ? Number.NaN : Number(value);
  }
  const negative = length > 1 && bytes[start] === MINUS;
  const end = start + length;
  let at = negative ? start + 1 : start;
  if (at === end) return Number.NaN;
  const first = bytes[at]! - ZERO;
  if (first === 0) return end - at === 1 && !negative ? 0 : Number.NaN;
  let value = 0;
  for (; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return negative ? -value : value;
};

/** As {@link parseInteger}, but exact. @returns undefined if it is not such an integer. */
export const parseInteger64 = (bytes: Uint8Array, start: number, length: number): bigint | undefined => {
  if (length > 20) return undefined;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('latin1');
  if (!/^(0|-?[1-9][0-9]*)$/.test(text)) return undefined;
  const value = BigInt(text);
  return value < MIN_64 || value > MAX_64 ? undefined : value;
};

/** Reads a double as C's strtod does in Redis: decimal, `inf`, `infinity`, hexadecimal refused. @returns NaN if it is none. */
export const parseDouble = (text: string): number => {
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number.NaN;
  return Number(text);
};
