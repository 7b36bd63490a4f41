/**
 * A double as Redis prints it in replies: the shortest text that reads back as the same number, in C's `%.17g` style
 * of exponents, `inf`, `-inf`, `nan`; integers have no point.
 */
export const formatDouble = (value: number): string => {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
};
