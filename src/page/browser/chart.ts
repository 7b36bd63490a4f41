import { clockTime } from '../../view/clock-time.ts';
import type { History, StatusEvent } from '../../view/status-document.ts';
import type { ChartId } from '../markup/chart-frames.ts';
import { find, setAttribute, setText } from './dom.ts';
import { drawMarks, markedOf, pointedMark } from './event-marks.ts';
import { Legend } from './legend.ts';
import { type Line, stacked } from './line.ts';
import type { Measure } from './measure.ts';
import { optionsOf, PLOT_MARGIN } from './plot-options.ts';
import { summaryOf } from './summary.ts';
import { currentTheme, type Theme } from './theme.ts';
import { spanName, spanOf, stepOf } from './time-window.ts';
import { timelineOf } from './timeline.ts';
import uPlot from './uplot.ts';

/** What a chart shows. */
export interface Picture {
  readonly history: Pick<History, 'times' | 'interval'>;
  /** With a value for each moment of the history. */
  readonly lines: readonly Line[];
  readonly events: readonly StatusEvent[];
  /** The right edge, in Unix milliseconds. */
  readonly now: number;
}

/** A chart in its figure: drawn by uPlot, with a legend and a summary in words. */
export class Chart {
  readonly #measure: Measure;
  readonly #stacked: boolean;
  readonly #figure: HTMLElement;
  readonly #plot: HTMLElement;
  readonly #moment: HTMLElement;
  readonly #title: string;
  readonly #legend: Legend;
  #theme: Theme = currentTheme();
  #drawn: uPlot | undefined;
  #looks = '';
  #lines: readonly Line[] = [];
  /** The moments that are drawn, in seconds, and the values of each line there. */
  #seconds: readonly number[] = [];
  #values: ReadonlyArray<ReadonlyArray<number | null>> = [];
  #marked: readonly StatusEvent[] = [];
  /** In seconds, as all that uPlot is told. */
  #first = 0;
  #end = 0;

  constructor(id: ChartId, measure: Measure, isStacked: boolean) {
    this.#figure = find(`#chart-${id}`);
    this.#measure = measure;
    this.#stacked = isStacked;
    this.#plot = find('.plot', this.#figure);
    this.#moment = find('.moment', this.#figure);
    this.#title = this.#plot.getAttribute('aria-label') ?? '';
    this.#legend = new Legend(find('.legend', this.#figure), measure.format, isStacked);
    new ResizeObserver(() => this.#drawn?.setSize(this.#size())).observe(this.#plot);
  }

  show({ history, lines, events, now }: Picture): void {
    this.#lines = lines;
    this.#marked = markedOf(events);
    this.#end = now / 1000;
    this.#first = (history.times[0] ?? now) / 1000;
    this.#rebuildIfNew();
    this.#reduce(history);
    this.#drawn?.setData([[...this.#seconds], ...this.#heights()]);
    this.#readValues();
    this.#figure.classList.toggle('is-blank', lines.every(isBlank));
    const title = `${this.#title}, the ${spanName(this.#span)}`;
    setAttribute(this.#plot, 'aria-label', summaryOf(title, lines, this.#measure.format));
  }

  /** Moves the right edge. */
  moveTo(now: number): void {
    this.#end = now / 1000;
    const [min, max] = this.#range();
    this.#drawn?.setScale('x', { min, max });
  }

  /** The style sheet has other colours now. */
  recolour(): void {
    this.#theme = currentTheme();
    this.#drawn?.redraw(false, true);
  }

  #rebuildIfNew(): void {
    const looks = JSON.stringify(this.#lines.map(({ values: _, ...look }) => look));
    if (looks === this.#looks && this.#drawn !== undefined) return;
    this.#looks = looks;
    this.#drawn?.destroy();
    this.#legend.build(this.#lines);
    const options = optionsOf({
      lines: this.#lines,
      measure: this.#measure,
      stacked: this.#stacked,
      size: this.#size(),
      theme: () => this.#theme,
      range: () => this.#range(),
      onCursor: () => this.#readValues(),
      onDrawn: (plot) => drawMarks(plot, this.#marked, this.#theme),
    });
    this.#drawn = new uPlot(options, undefined, this.#plot);
  }

  /** There are fewer values than seconds where there are more seconds than pixels to tell them apart. */
  #reduce(history: Picture['history']): void {
    const step = stepOf(this.#span, Math.max(1, this.#size().width - PLOT_MARGIN));
    const timeline = timelineOf(history, step, this.#measure.reduction);
    this.#seconds = timeline.seconds;
    this.#values = this.#lines.map(({ values }) => timeline.of(values));
  }

  /** Of a stack the highest first: each covers what is below it of the one before. */
  #heights(): Array<Array<number | null>> {
    return this.#stacked ? stacked(this.#values).reverse() : this.#values.map((values) => [...values]);
  }

  get #span(): number {
    return spanOf(this.#first, this.#end);
  }

  #range(): [from: number, to: number] {
    return [this.#end - this.#span, this.#end];
  }

  /** Shows the values below the pointer, and what happened there; or the newest, as they are. */
  #readValues(): void {
    const pointed = this.#drawn?.cursor.idx ?? undefined;
    this.#legend.show(
      pointed === undefined
        ? this.#lines.map(({ values }) => values.at(-1) ?? null)
        : this.#values.map((values) => values[pointed] ?? null),
    );
    setText(this.#moment, pointed === undefined ? '' : this.#momentText());
  }

  #momentText(): string {
    const plot = this.#drawn;
    if (plot === undefined) return '';
    const event = pointedMark(plot, this.#marked);
    const at = event?.at ?? plot.posToVal(plot.cursor.left ?? 0, 'x') * 1000;
    return event === undefined ? `at ${clockTime(at)}` : `at ${clockTime(at)}: ${event.text}`;
  }

  #size(): { width: number; height: number } {
    return { width: Math.max(1, this.#plot.clientWidth), height: Math.max(1, this.#plot.clientHeight) };
  }
}

const isBlank = ({ values }: Line): boolean => values.every((value) => value === null || value === 0);
