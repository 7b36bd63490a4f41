/**
 * A `long double` of the x86 (64 bits of mantissa), as Redis computes INCRBYFLOAT: `mantissa * 2^exponent`. The same
 * text must come out bit for bit, so the arithmetic is exact and each result is rounded as the processor does.
 */
export interface LongDouble {
  /** With the sign. */
  readonly mantissa: bigint;
  /** Infinity where the number is infinite. */
  readonly exponent: number;
}

export const LONG_DOUBLE_ZERO: LongDouble = { mantissa: 0n, exponent: 0 };

const INFINITY: LongDouble = { mantissa: 1n, exponent: Infinity };
const MINUS_INFINITY: LongDouble = { mantissa: -1n, exponent: Infinity };

const MANTISSA_BITS = 64;
/** The exponent of the smallest denormal number. */
const MIN_EXPONENT = -16445;
/** Finite numbers lie below 2 to the power of this. */
const LIMIT_EXPONENT = 16384;
/** Bits by which an estimate may miss these limits. */
const SLACK = 64;
const BITS_PER_DIGIT = Math.log2(10);
/** Longer texts are not read, as in Redis. */
const MAX_TEXT = 5 * 1024 - 1;
const FRACTION_DIGITS = 17;
const FRACTION_SCALE = 10n ** BigInt(FRACTION_DIGITS);
const POWERS_OF_TEN = Array.from({ length: 40 }, (_, power) => 10n ** BigInt(power));
const ZERO = 48;

const DOUBLE = new Float64Array(1);
/** The same double, on a little-endian machine. */
const WORDS = new Uint32Array(DOUBLE.buffer);
/** The high word of an infinite double. */
const INFINITE_HIGH = 0x7ff00000;

const DECIMAL = /^[+-]?(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i;
const HEXADECIMAL = /^[+-]?0x([\da-f]*)(?:\.([\da-f]*))?(?:p([+-]?\d+))?$/i;
const INFINITE = /^[+-]?inf(?:inity)?$/i;

/**
 * Reads what C's strtold reads: decimal and hexadecimal numbers and `inf`, with nothing before or behind.
 * @returns undefined for anything else, `nan`, and what overflows or is nothing but zero for want of exponents.
 */
export const parseLongDouble = (text: string): LongDouble | undefined => {
  if (text.length > MAX_TEXT) return undefined;
  const negative = text.startsWith('-');
  const decimal = DECIMAL.exec(text);
  const match = decimal ?? HEXADECIMAL.exec(text);
  const fraction = match?.[2] ?? '';
  const digits = (match?.[1] ?? '') + fraction;
  if (digits === '') return INFINITE.test(text) ? (negative ? MINUS_INFINITY : INFINITY) : undefined;
  const mantissa = BigInt(decimal === null ? `0x${digits}` : digits);
  if (mantissa === 0n) return LONG_DOUBLE_ZERO;
  const power = Number(match?.[3] ?? 0);
  const magnitude =
    decimal === null
      ? fromBinary(mantissa, power - fraction.length * 4)
      : fromDecimal(mantissa, power - fraction.length);
  if (magnitude === undefined || magnitude.mantissa === 0n) return undefined;
  return negative ? { mantissa: -magnitude.mantissa, exponent: magnitude.exponent } : magnitude;
};

/** @returns undefined if the sum is not finite */
export const addLongDoubles = (a: LongDouble, b: LongDouble): LongDouble | undefined => {
  if (a.exponent === Infinity || b.exponent === Infinity) return undefined;
  const exponent = Math.min(a.exponent, b.exponent);
  const sum = (a.mantissa << BigInt(a.exponent - exponent)) + (b.mantissa << BigInt(b.exponent - exponent));
  const magnitude = round(sum < 0n ? -sum : sum, exponent, false);
  return magnitude === undefined || sum >= 0n
    ? magnitude
    : { mantissa: -magnitude.mantissa, exponent: magnitude.exponent };
};

/** A finite number as C's `%.17Lf` prints it, without the zeros at its end. */
export const formatLongDouble = ({ mantissa, exponent }: LongDouble): string => {
  if (exponent >= 0) return String(mantissa << BigInt(exponent));
  const magnitude = mantissa < 0n ? -mantissa : mantissa;
  const scaled = shiftToEven(magnitude * FRACTION_SCALE, -exponent, false);
  if (scaled === 0n) return '0';
  const digits = String(scaled).padStart(FRACTION_DIGITS + 1, '0');
  const point = digits.length - FRACTION_DIGITS;
  let end = digits.length;
  while (end > point && digits.charCodeAt(end - 1) === ZERO) end--;
  const text =
    end === point ? digits.slice(0, point) : `${digits.slice(0, point)}.${digits.slice(point, end)}`;
  return mantissa < 0n ? `-${text}` : text;
};

/** `digits * 10^power` for digits other than 0. */
const fromDecimal = (digits: bigint, power: number): LongDouble | undefined => {
  const bits = bitLength(digits);
  const magnitude = bits + power * BITS_PER_DIGIT;
  if (magnitude > LIMIT_EXPONENT + SLACK || magnitude < MIN_EXPONENT - SLACK) return undefined;
  if (power >= 0) return round(digits * powerOfTen(power), 0, false);
  const denominator = powerOfTen(-power);
  // Two bits more than are kept, so that what is left over only breaks ties.
  const shift = Math.max(0, MANTISSA_BITS + 2 + bitLength(denominator) - bits);
  const dividend = digits << BigInt(shift);
  const quotient = dividend / denominator;
  return round(quotient, -shift, quotient * denominator !== dividend);
};

/** `digits * 2^power` for digits other than 0. */
const fromBinary = (digits: bigint, power: number): LongDouble | undefined => {
  const magnitude = bitLength(digits) + power;
  if (magnitude > LIMIT_EXPONENT + SLACK || magnitude < MIN_EXPONENT - SLACK) return undefined;
  return round(digits, power, false);
};

/**
 * The nearest long double to `magnitude * 2^exponent`, the even one of two.
 * @param more the number is a little larger than that; then `magnitude` has more bits than are kept.
 * @returns undefined if it is too large
 */
const round = (magnitude: bigint, exponent: number, more: boolean): LongDouble | undefined => {
  const bits = bitLength(magnitude);
  const shift = Math.max(bits - MANTISSA_BITS, MIN_EXPONENT - exponent);
  if (shift <= 0) return bits + exponent > LIMIT_EXPONENT ? undefined : { mantissa: magnitude, exponent };
  const mantissa = shiftToEven(magnitude, shift, more);
  if (bitLength(mantissa) + exponent + shift > LIMIT_EXPONENT) return undefined;
  return { mantissa, exponent: exponent + shift };
};

/** `value / 2^shift`, rounded to the nearest integer, the even one of two. @param more as for {@link round} */
const shiftToEven = (value: bigint, shift: number, more: boolean): bigint => {
  const quotient = value >> BigInt(shift);
  const rest = value - (quotient << BigInt(shift));
  const half = 1n << BigInt(shift - 1);
  if (rest < half || (rest === half && !more && (quotient & 1n) === 0n)) return quotient;
  return quotient + 1n;
};

/** Number of bits of a number that is not negative. */
const bitLength = (value: bigint): number => {
  DOUBLE[0] = Number(value);
  const high = WORDS[1]!;
  // Only an ordinary double that was not rounded up to a power of two tells.
  if (high < INFINITE_HIGH && ((high & 0xfffff) !== 0 || WORDS[0] !== 0)) return (high >>> 20) - 1022;
  const hexadecimal = value.toString(16);
  return hexadecimal.length * 4 - Math.clz32(Number.parseInt(hexadecimal[0]!, 16)) + 28;
};

const powerOfTen = (power: number): bigint => POWERS_OF_TEN[power] ?? 10n ** BigInt(power);
