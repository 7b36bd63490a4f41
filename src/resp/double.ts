/** Below this, `%.17g` writes no exponent: so many digits are enough for the number itself. */
const EXPONENT_FROM = 1e17;
/** From this on neither. */
const PLAIN_FROM = 1e-4;
const DIGITS = 17;
/** Fractions of such a power of two have at most 8 digits, and below this 15 with those before the point. */
const EASY_FRACTION = 256;
const EASY_BELOW = 1e7;
const ZERO = 48;
const POINT = 46;

/**
 * A double as Redis 7.0 prints it in replies: C's `%.17g`, which is the number to 17 digits without zeros at the end;
 * `inf`, `-inf`, `nan`; integers have no point.
 */
export const formatDouble = (value: number): string => {
  const magnitude = Math.abs(value);
  if (Number.isInteger(value) && magnitude < EXPONENT_FROM) return formatInteger(value);
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  // So few digits are all there are, and the shortest text has them, too: it costs less.
  if (magnitude < EASY_BELOW && Number.isInteger(value * EASY_FRACTION)) return String(value);
  if (magnitude >= PLAIN_FROM && magnitude < EXPONENT_FROM) return withoutZeros(value.toPrecision(DIGITS));
  const [digits = '', exponent = ''] = value.toExponential(DIGITS - 1).split('e');
  return `${withoutZeros(digits)}e${exponent.replace(/^([+-])(\d)$/, '$10$2')}`;
};

const formatInteger = (value: number): string => {
  if (Number.isSafeInteger(value)) return Object.is(value, -0) ? '-0' : String(value);
  return String(BigInt(value));
};

/** The digits of a number with a point, without zeros at the end, and without a point there. */
const withoutZeros = (text: string): string => {
  let end = text.length;
  while (text.charCodeAt(end - 1) === ZERO) end--;
  return text.slice(0, text.charCodeAt(end - 1) === POINT ? end - 1 : end);
};
