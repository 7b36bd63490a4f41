/*
 * What is on the screen: the figures of the status view for the room that a terminal has.
 */
import { formatAge, formatLatency, formatRate } from '../view/format.ts';
import type { Meter } from '../view/meters.ts';
import type { Level } from '../view/status-document.ts';
import type { Fact, StatusView } from '../view/status-view.ts';
import { barOf, maximum, sparkline } from './charts.ts';
import { marked, styleOf } from './grid.ts';
import { beside, cutLine, fillLine, flow, GAP, type Line, type Style, span, widthOf } from './line.ts';
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

/** Cells of a terminal. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Below this height there are no meters. */
const METER_HEIGHT = 12;
/** Below this height only the first lines of facts and of figures and the worst reason are shown. */
const DETAIL_HEIGHT = 16;
/** Below this height there are no trends. */
const TREND_HEIGHT = 20;
/** Below this height there are no blank lines. */
const AIRY_HEIGHT = 32;
/** From this width on, meters and trends stand side by side. */
const BROAD_WIDTH = 140;
/** Cells of a meter's bar; where there is no room for the least, there is none. */
const MIN_BAR = 5;
const MAX_BAR = 40;
const BADGE_OF_SILENCE = 'No answer';

/** The lines of a frame, at most as many as the terminal has and none longer than it is wide. */
export const frameOf = (scene: Scene, size: Size): Line[] => {
  const { view, trend } = scene;
  const { width, height } = size;
  const isAiry = height >= AIRY_HEIGHT;
  const blank: Line[] = isAiry ? [[]] : [];
  const top = [titleLine(scene, width), ...verdictLines(scene, size)];
  if (view === null) return fitted(top, size);
  const figures = flow(
    view.figures.map((fact) => factLine(fact, 'strong')),
    width,
  );
  const head = [
    ...top,
    ...blank,
    ...(height < DETAIL_HEIGHT ? figures.slice(0, 1) : figures),
    ...blank,
    ...pictureLines(view, trend, size),
    ...blank,
  ];
  const room = height - head.length;
  return fitted([...head, ...tableLines(view.tables, { width, height: room }, isAiry)], size);
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
const verdictLines = ({ view, trouble }: Scene, { width, height }: Size): Line[] => {
  if (trouble !== null) return [badge(BADGE_OF_SILENCE, 'critical'), [span(trouble, 'mark-critical')]];
  if (view === null) return [[span('asking …', 'faint')]];
  const facts = view.about.map((fact) => factLine(fact, 'text'));
  const about = flow([badge(view.headline, view.level), ...facts], width);
  const reasons = view.reasons.map(
    ({ level, text }): Line => [span(marked({ level, text }), styleOf(level))],
  );
  const most = height >= AIRY_HEIGHT ? 4 : height >= DETAIL_HEIGHT ? 2 : 1;
  return [...(height < DETAIL_HEIGHT ? about.slice(0, 1) : about), ...firstOf(reasons, most)];
};

/** So many lines; the last one tells how many more there are. */
const firstOf = (lines: readonly Line[], most: number): readonly Line[] => {
  if (lines.length <= most) return lines;
  const [last = []] = lines.slice(most - 1);
  const more = span(`  … ${lines.length - most} more`, 'faint');
  return [...lines.slice(0, most - 1), [...last, more]];
};

const badge = (text: string, level: Level): Line => [span(` ${text} `, `badge-${level}`)];

/** @param style how its value looks if it is well. */
const factLine = ({ label, value, level }: Fact, style: Style): Line => [
  span(`${label} `, 'faint'),
  span(marked({ text: value, level }), level === 'ok' ? style : styleOf(level)),
];

/** Meters, and the trends of the last minutes. */
const pictureLines = ({ meters }: StatusView, trend: Trend, { width, height }: Size): Line[] => {
  if (height < METER_HEIGHT) return [];
  const names = [...meters.map(({ label }) => label), TRENDS.rate, TRENDS.p99];
  const label = Math.max(...names.map((name) => name.length));
  if (height < TREND_HEIGHT) return meterLines(meters, label, width);
  if (width < BROAD_WIDTH) {
    return [...meterLines(meters, label, width), ...trendLines(trend, label, width)];
  }
  const half = Math.floor((width - GAP) / 2);
  return beside(meterLines(meters, label, half), trendLines(trend, label, width - half - GAP), half);
};

const meterLines = (meters: readonly Meter[], label: number, width: number): Line[] => {
  const texts = meters.map(marked);
  const longest = Math.max(0, ...texts.map((text) => text.length));
  const room = Math.min(MAX_BAR, width - label - longest - 4);
  return meters.map((meter, i) => [
    span(`${meter.label.padEnd(label)}  `, 'faint'),
    ...(room < MIN_BAR ? [] : barSpans(meter, room)),
    span(texts[i] ?? '', styleOf(meter.level)),
  ]);
};

const barSpans = ({ share, level }: Meter, width: number): Line => {
  const filled = barOf(share ?? 0, width);
  return [span(filled, `mark-${level}`), span('░'.repeat(width - filled.length), 'faint'), span('  ')];
};

const TRENDS = { rate: 'commands/s', p99: 'p99' } as const;
/** Cells of `at most 12.3k/s in 14 min 59 s`. */
const TREND_NOTE = 31;

const trendLines = (trend: Trend, label: number, width: number): Line[] => {
  const points = trend.last(width - label - TREND_NOTE - 4);
  const line = (name: string, values: Array<number | null>, format: (value: number | null) => string) => {
    const note =
      values.length === 0 ? '' : `  at most ${format(maximum(values))} in ${formatAge(trend.span(points))}`;
    return [span(`${name.padEnd(label)}  `, 'faint'), span(sparkline(values), 'mark-ok'), span(note)];
  };
  const rates = points.map(({ commandsPerSecond }) => commandsPerSecond);
  const latencies = points.map(({ p99 }) => p99);
  return [line(TRENDS.rate, rates, formatRate), line(TRENDS.p99, latencies, formatLatency)];
};
