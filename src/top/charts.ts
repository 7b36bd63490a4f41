/*
 * Figures as pictures out of block characters.
 */

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;
const HEIGHTS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** The part of a bar that is filled: what is more than nothing is seen. */
export const barOf = (share: number, width: number): string => {
  const eighths = Math.min(width * 8, Math.max(share > 0 ? 1 : 0, Math.round(share * width * 8)));
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
};

/** A column for each value, from nothing to the largest of them; a blank where nobody knows. */
export const sparkline = (values: ReadonlyArray<number | null>): string => {
  const most = maximum(values) ?? 0;
  return values
    .map((value) => {
      if (value === null) return ' ';
      const step = most === 0 ? 0 : Math.ceil((value / most) * HEIGHTS.length) - 1;
      return HEIGHTS[Math.min(HEIGHTS.length - 1, Math.max(0, step))] ?? ' ';
    })
    .join('');
};

/** The largest value that is known; null if none is. */
export const maximum = (values: ReadonlyArray<number | null>): number | null =>
  values.reduce<number | null>(
    (most, value) => (value !== null && (most === null || value > most) ? value : most),
    null,
  );
