const ZERO = 48;
const POINT = 46;
/** From here on `toFixed` writes an exponent, and all doubles are integers. */
const EXPONENTS_FROM = 1e21;

/** A double with so many digits behind the point, as C's `printf("%.*f")`: exact, and ties go to the even digit. */
export const formatFixed = (value: number, digits: number): string => {
  if (Number.isNaN(value)) return '-nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const magnitude = Math.abs(value);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (magnitude >= EXPONENTS_FROM) return `${sign}${BigInt(magnitude)}.${'0'.repeat(digits)}`;
  return sign + evenTie(magnitude, digits, magnitude.toFixed(digits));
};

/** Rounds down what `toFixed` has rounded up though it lies right between two texts of which the lower one is even. */
const evenTie = (value: number, digits: number, text: string): string => {
  const isTie = (value * 2 ** (digits + 1)) % 2 === 1;
  const isOdd = (text.charCodeAt(text.length - 1) & 1) === 1;
  return isTie && isOdd ? text.slice(0, -1) + String(Number(text.at(-1)) - 1) : text;
};

/** As {@link formatFixed} with 17 digits, of which zeros at the end are left away: how Redis writes coordinates. */
export const formatDecimal = (value: number): string => {
  const text = formatFixed(value, 17);
  let end = text.length;
  while (text.charCodeAt(end - 1) === ZERO) end--;
  return text.slice(0, text.charCodeAt(end - 1) === POINT ? end - 1 : end);
};
