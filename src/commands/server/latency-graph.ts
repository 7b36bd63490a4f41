import type { LatencyEvent } from '../../instance/latency-monitor.ts';

const WIDTH = 80;
const ROWS = 4;
/** A third, two thirds and the whole of a row. */
const TIPS = ['_', 'o', '#'];
const UNITS: ReadonlyArray<readonly [seconds: number, letter: string]> = [
  [86400, 'd'],
  [3600, 'h'],
  [60, 'm'],
];

/** The spikes of an event as columns, oldest left, each with its age below it (read downwards). */
export const latencyGraph = (name: string, { samples, max }: LatencyEvent, now: number): string => {
  const shown = samples.slice(-WIDTH);
  const heights = shown.map(({ milliseconds }) => milliseconds);
  const low = Math.min(...heights);
  const high = Math.max(...heights);
  const title = `${name} - high ${high} ms, low ${low} ms (all time high ${max} ms)\n`;
  const steps = heights.map((value) =>
    Math.round(((value - low) / Math.max(1, high - low)) * (ROWS * TIPS.length - 1)),
  );
  let graph = `${title}${'-'.repeat(WIDTH)}\n`;
  for (let row = ROWS - 1; row >= 0; row--) graph += `${steps.map((step) => cell(step, row)).join('')}\n`;
  const ages = shown.map(({ at }) => age(Math.max(0, Math.floor(now / 1000) - at)));
  const longest = Math.max(...ages.map((text) => text.length));
  graph += '\n';
  for (let line = 0; line < longest; line++) graph += `${ages.map((text) => text[line] ?? ' ').join('')}\n`;
  return graph;
};

/** What a column that is `step` thirds of a row high shows in a row. */
const cell = (step: number, row: number): string => {
  const rest = step - row * TIPS.length;
  if (rest < 0) return ' ';
  return rest >= TIPS.length ? '|' : TIPS[rest]!;
};

const age = (seconds: number): string => {
  const [length, letter] = UNITS.find(([unit]) => seconds >= unit) ?? [1, 's'];
  return `${Math.floor(seconds / length)}${letter}`;
};
