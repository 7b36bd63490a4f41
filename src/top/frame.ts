/*
 * What is on the screen: the figures of the status view for the room that a terminal has.
 */
import { formatRate, formatTime } from '../view/format.ts';
import type { Meter } from '../view/meters.ts';
import type { Level } from '../view/status-document.ts';
import type { Fact, StatusView } from '../view/status-view.ts';
import { barOf, maximum, sparkline } from './charts.ts';
import { marked, styleOf } from './grid.ts';
import { beside, cutLine, fillLine, flow, type Line, span, widthOf } from './line.ts';
import { tableLines } from './tables-area.ts';
import type { Trend } from './trend.ts';

/** What is known at the moment of a drawing. */
export interface Scene {
  /** The instance, as it is shown. */
  readonly name: string;
  /** The newest figures; null before the first answer. */
  readonly view: StatusView | null;
  /** The time of the figures, `20:15:00`. */
  readonly clock: string;
  readonly trend: Trend;
  /** Why there are no newer figures; null if these are new. */
  readonly trouble: string | null;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** From this height on there is room for blank lines. */
const AIRY_HEIGHT = 32;
/** From this width on, meters and courses stand side by side. */
const BROAD_WIDTH = 140;
const MAX_BAR = 40;
const MAX_REASONS = 4;
const BADGE_OF_SILENCE = 'No answer';

/** The lines of a frame, at most as many as the terminal has and none longer than it is wide. */
export const frameOf = (scene: Scene, { width, height }: Size): Line[] => {
  const { view } = scene;
  const isAiry = height >= AIRY_HEIGHT;
  const blank: Line[] = isAiry ? [[]] : [];
  const top = [titleLine(scene, width), ...verdictLines(scene, width, isAiry ? MAX_REASONS : 2)];
  if (view === null) return fitted(top, { width, height });
  const head = [
    ...top,
    ...blank,
    ...flow(view.figures.map(factLine), width),
    ...blank,
    ...pictureLines(view, scene.trend, width),
    ...blank,
  ];
  const room = height - head.length;
  return fitted([...head, ...tableLines(view.tables, { width, height: room }, isAiry)], { width, height });
};

const fitted = (lines: readonly Line[], { width, height }: Size): Line[] =>
  lines.slice(0, height).map((line) => cutLine(line, width));

const titleLine = ({ name, clock }: Scene, width: number): Line => {
  const right = clock === '' ? 'q ends' : `${clock}   q ends`;
  const left: Line = [span('corespond', 'strong'), span(` at ${name}`)];
  if (width < widthOf(left) + right.length + 2) return left;
  return [...fillLine(left, width - right.length), span(right, 'faint')];
};

/** How the instance is, what it is, and why it is not well. */
const verdictLines = ({ view, trouble }: Scene, width: number, most: number): Line[] => {
  if (trouble !== null) return [badge(BADGE_OF_SILENCE, 'critical'), [span(trouble, 'mark-critical')]];
  if (view === null) return [[span('asking …', 'faint')]];
  const facts = view.about.map(({ label, value }): Line => [span(`${label} `, 'faint'), span(value)]);
  const reasons = view.reasons.map(
    ({ level, text }): Line => [span(marked({ level, text }), styleOf(level))],
  );
  const shown = reasons.length > most ? reasons.slice(0, most - 1) : reasons;
  const left = reasons.length - shown.length;
  const more: Line[] = left > 0 ? [[span(`… ${left} more`, 'faint')]] : [];
  return [...flow([badge(view.headline, view.level), ...facts], width), ...shown, ...more];
};

const badge = (text: string, level: Level): Line => [span(` ${text} `, `badge-${level}`)];

const factLine = ({ label, value }: Fact): Line => [span(`${label} `, 'faint'), span(value, 'strong')];

/** Meters, and the course of the last minutes. */
const pictureLines = ({ meters }: StatusView, trend: Trend, width: number): Line[] => {
  const names = [...meters.map(({ label }) => label), COURSES.rate, COURSES.p99];
  const label = Math.max(...names.map((name) => name.length));
  if (width < BROAD_WIDTH) {
    return [...meterLines(meters, label, width), ...courseLines(trend, label, width)];
  }
  const half = Math.floor((width - 3) / 2);
  return beside(meterLines(meters, label, half), courseLines(trend, label, width - half - 3), half);
};

const meterLines = (meters: readonly Meter[], label: number, width: number): Line[] => {
  const texts = meters.map(marked);
  const longest = Math.max(0, ...texts.map((text) => text.length));
  const room = Math.max(0, Math.min(MAX_BAR, width - label - longest - 4));
  return meters.map((meter, i) => {
    const filled = barOf(meter.share ?? 0, room);
    return [
      span(`${meter.label.padEnd(label)}  `, 'faint'),
      span(filled, `mark-${meter.level}`),
      span(' '.repeat(room - filled.length), 'bar'),
      span('  '),
      span(texts[i] ?? '', styleOf(meter.level)),
    ];
  });
};

const COURSES = { rate: 'commands/s', p99: 'p99' } as const;

const courseLines = (trend: Trend, label: number, width: number): Line[] => {
  const note = 22;
  const points = trend.last(width - label - note - 4);
  const course = (name: string, values: Array<number | null>, format: (value: number | null) => string) => {
    const most = `at most ${format(maximum(values))}`;
    return [span(`${name.padEnd(label)}  `, 'faint'), span(sparkline(values), 'mark-ok'), span(`  ${most}`)];
  };
  return [
    course(
      COURSES.rate,
      points.map(({ commandsPerSecond }) => commandsPerSecond),
      formatRate,
    ),
    course(
      COURSES.p99,
      points.map(({ p99 }) => p99),
      formatTime,
    ),
  ];
};
