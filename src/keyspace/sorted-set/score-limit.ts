import { parseShortDecimal } from '../../resp/decimal.ts';
import { latin1 } from '../../resp/latin1.ts';
import { parseDouble } from '../../resp/number.ts';

const DECIMAL = /^[+-]?[\d.]+(?:e[+-]?\d+)?$/i;
const LEADING_BLANKS = /^[ \t\n\v\f\r]+/;

/**
 * Reads a limit of scores as Redis does, with C's strtod on a C string: blanks before are skipped, nothing at all is 0,
 * what follows a zero byte does not count, and what is too large or too small for a double is infinite or 0.
 * @returns NaN if it is no number.
 */
export const parseLimit = (bytes: Uint8Array, start: number, length: number): number => {
  const short = parseShortDecimal(bytes, start, length);
  if (!Number.isNaN(short)) return short;
  const [text = ''] = latin1(bytes, start, length).split('\0', 1);
  if (text === '') return 0;
  const trimmed = text.replace(LEADING_BLANKS, '');
  const value = parseDouble(trimmed);
  return Number.isNaN(value) && DECIMAL.test(trimmed) ? Number(trimmed) : value;
};
