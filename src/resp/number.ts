import { latin1 } from './latin1.ts';

const MINUS = 45;
const ZERO = 48;
/** Numbers of up to this many digits are exact as doubles. */
const SAFE_DIGITS = 15;
/** Digits that are written at a time, in arithmetic of 32 bits. */
const GROUP_DIGITS = 9;
const GROUP = 10 ** GROUP_DIGITS;
/** The limits of 64-bit signed integers. */
export const MIN_INT64: bigint = -(2n ** 63n);
export const MAX_INT64: bigint = 2n ** 63n - 1n;

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
  const text = latin1(bytes, start, length);
  if (!/^(0|-?[1-9][0-9]*)$/.test(text)) return undefined;
  const value = BigInt(text);
  return value < MIN_INT64 || value > MAX_INT64 ? undefined : value;
};

/** Bytes that a safe integer takes in decimal, its sign included. */
export const integerLength = (value: number): number => {
  const magnitude = Math.abs(value);
  let length = value < 0 ? 2 : 1;
  for (let power = 10; power <= magnitude; power *= 10) length++;
  return length;
};

/** Writes a safe integer in decimal to `bytes[at..at + length)`. @param length what {@link integerLength} says. */
export const writeInteger = (value: number, length: number, bytes: Uint8Array, at: number): void => {
  let rest = Math.abs(value);
  let end = at + length;
  if (rest >= GROUP) {
    const high = Math.floor(rest / GROUP);
    writeDigits(rest - high * GROUP, bytes, end - GROUP_DIGITS, end);
    rest = high;
    end -= GROUP_DIGITS;
  }
  if (value < 0) bytes[at] = MINUS;
  writeDigits(rest, bytes, value < 0 ? at + 1 : at, end);
};

/** Fills `bytes[from..to)` with the digits of a number below 2^31. */
const writeDigits = (value: number, bytes: Uint8Array, from: number, to: number): void => {
  let rest = value | 0;
  for (let i = to - 1; i >= from; i--) {
    const tenth = (rest / 10) | 0;
    bytes[i] = ZERO + rest - tenth * 10;
    rest = tenth;
  }
};

const INFINITE = /^[+-]?inf(inity)?$/i;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const HEXADECIMAL = /^([+-]?)0x(?=\.?[0-9a-f])([0-9a-f]*)\.?([0-9a-f]*)(?:p([+-]?\d+))?$/i;

/**
 * Reads a double as C's strtod does in Redis: decimal, hexadecimal, `inf`, `infinity`.
 * @returns NaN if it is none, too large or too small.
 */
export const parseDouble = (text: string): number => {
  if (INFINITE.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (!DECIMAL.test(text)) return parseHexadecimal(text);
  const value = Number(text);
  const vanished = value === 0 && /[1-9]/.test(text.replace(/e.*/i, ''));
  return Number.isFinite(value) && !vanished ? value : Number.NaN;
};

const parseHexadecimal = (text: string): number => {
  const [, sign, whole, fraction = '', exponent = '0'] = HEXADECIMAL.exec(text) ?? [];
  if (whole === undefined) return Number.NaN;
  const value = Number(`0x0${whole}${fraction}`) * 2 ** (Number(exponent) - 4 * fraction.length);
  if (!Number.isFinite(value)) return Number.NaN;
  return sign === '-' ? -value : value;
};
