import type { Line } from './line.ts';

/** So many lines are described; of more, those with the highest values. */
const DESCRIBED = 4;

/** A chart in words, for who does not see it. @param title what it shows, and of which time */
export const summaryOf = (
  title: string,
  lines: readonly Line[],
  format: (value: number | null) => string,
): string => {
  const newest = (line: Line): number => line.values.at(-1) ?? Number.NEGATIVE_INFINITY;
  const shown = lines.length > DESCRIBED ? lines.toSorted((a, b) => newest(b) - newest(a)) : lines;
  const parts = shown.slice(0, DESCRIBED).map((line) => describe(line, format));
  const more = lines.length > DESCRIBED ? [`and ${lines.length - DESCRIBED} more`] : [];
  return `${title}: ${[...parts, ...more].join('; ')}`;
};

const describe = ({ name, values }: Line, format: (value: number | null) => string): string => {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return `${name} unknown`;
  const [least, most] = known.reduce(
    ([low, high], v) => [Math.min(low, v), Math.max(high, v)],
    [known[0]!, known[0]!],
  );
  return `${name} ${format(values.at(-1) ?? null)} now, between ${format(least)} and ${format(most)}`;
};
