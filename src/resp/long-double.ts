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

const MANTISSA_BITS = 64;
/** The exponent of the smallest denormal number. */
const MIN_EXPONENT = -16445;
/** Finite numbers lie below 2 to the power of this. */
const LIMIT_EXPONENT = 16384;
/** Decimal exponents beyond these overflow, or leave nothing but zero, whatever the digits. */
const MAX_DECIMAL = 4933;
const MIN_DECIMAL = -4951;
/** Longer texts are not read, as in Redis. */
const MAX_TEXT = 5 * 1024 - 1;
const FRACTION_DIGITS = 17;

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
  const hexadecimal = decimal === null ? HEXADECIMAL.exec(text) : null;
  const [, whole = '', fraction = '', power = '0'] = decimal ?? hexadecimal ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  if (whole === '' && fraction === '') {
    return INFINITE.test(text) ? { mantissa: negative ? -1n : 1n, exponent: Infinity } : undefined;
  }
  if (digits === '') return LONG_DOUBLE_ZERO;
  const magnitude =
    decimal !== null
      ? fromDecimal(digits, Number(power) - fraction.length)
      : fromHexadecimal(digits, Number(power) - fraction.length * 4);
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
  const scaled = shiftToEven(magnitude * 10n ** BigInt(FRACTION_DIGITS), -exponent, false);
  const digits = String(scaled).padStart(FRACTION_DIGITS + 1, '0');
  const fraction = digits.slice(-FRACTION_DIGITS).replace(/0+$/, '');
  const text = digits.slice(0, -FRACTION_DIGITS) + (fraction === '' ? '' : `.${fraction}`);
  return mantissa < 0n && text !== '0' ? `-${text}` : text;
};

/** `digits * 10^power`; the digits do not begin with 0. */
const fromDecimal = (digits: string, power: number): LongDouble | undefined => {
  const decimals = digits.length + power;
  if (decimals > MAX_DECIMAL || decimals < MIN_DECIMAL) return undefined;
  const numerator = BigInt(digits);
  if (power >= 0) return round(numerator * 10n ** BigInt(power), 0, false);
  const denominator = 10n ** BigInt(-power);
  // Two bits more than are kept, so that what is left over only breaks ties.
  const shift = Math.max(0, MANTISSA_BITS + 2 + bitLength(denominator) - bitLength(numerator));
  const dividend = numerator << BigInt(shift);
  const quotient = dividend / denominator;
  return round(quotient, -shift, quotient * denominator !== dividend);
};

/** `0x<digits> * 2^power`; the digits do not begin with 0. */
const fromHexadecimal = (digits: string, power: number): LongDouble | undefined => {
  const bits = digits.length * 4 + power;
  if (bits > LIMIT_EXPONENT + 4 || bits < MIN_EXPONENT - 4) return undefined;
  return round(BigInt(`0x${digits}`), power, false);
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

const bitLength = (value: bigint): number => {
  if (value === 0n) return 0;
  const hexadecimal = value.toString(16);
  return hexadecimal.length * 4 - Math.clz32(Number.parseInt(hexadecimal[0]!, 16)) + 28;
};
