import { clockTime } from '../../view/clock-time.ts';
import { HISTORY_SPAN } from '../../view/status-document.ts';
import type { ChartId } from '../markup/chart-frames.ts';
import { find, setAttribute, setText } from './dom.ts';
import { Legend } from './legend.ts';
import { type Line, stacked } from './line.ts';
import type { Measure } from './measure.ts';
import { optionsOf } from './plot-options.ts';
import { summaryOf } from './summary.ts';
import { currentTheme, type Theme } from './theme.ts';
import uPlot from './uplot.ts';

/** In seconds. */
const LEAST_SPAN = 120;

/** A chart in its figure: drawn by uPlot, with a legend and a summary in words. */
export class Chart {
  readonly #measure: Measure;
  readonly #stacked: boolean;
  readonly #plot: HTMLElement;
  readonly #moment: HTMLElement;
  readonly #title: string;
  readonly #legend: Legend;
  #theme: Theme = currentTheme();
  #drawn: uPlot | undefined;
  #looks = '';
  #lines: readonly Line[] = [];
  #seconds: readonly number[] = [];
  #end = 0;

  constructor(id: ChartId, measure: Measure, isStacked: boolean) {
    const figure = find(`#chart-${id}`);
    this.#measure = measure;
    this.#stacked = isStacked;
    this.#plot = find('.plot', figure);
    this.#moment = find('.moment', figure);
    this.#title = this.#plot.getAttribute('aria-label') ?? '';
    this.#legend = new Legend(find('.legend', figure), measure.format);
    new ResizeObserver(() => this.#drawn?.setSize(this.#size())).observe(this.#plot);
  }

  /** @param now the right edge, in Unix milliseconds. */
  show(seconds: readonly number[], lines: readonly Line[], now: number): void {
    this.#lines = lines;
    this.#seconds = seconds;
    this.#end = now / 1000;
    this.#rebuildIfNew();
    const values = this.#stacked ? stacked(lines) : lines.map((line) => [...line.values]);
    this.#drawn?.setData([[...seconds], ...values]);
    this.#readValues();
    setAttribute(this.#plot, 'aria-label', summaryOf(this.#title, lines, this.#measure.format));
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
    });
    this.#drawn = new uPlot(options, undefined, this.#plot);
  }

  /** Of a server that was started just now there is less than all: a line across the whole width says more. */
  #range(): [from: number, to: number] {
    const [first = this.#end] = this.#seconds;
    const span = Math.min(HISTORY_SPAN, Math.max(LEAST_SPAN, this.#end - first));
    return [this.#end - span, this.#end];
  }

  /** Shows the values below the cursor, or the newest. */
  #readValues(): void {
    const pointed = this.#drawn?.cursor.idx ?? undefined;
    const at = pointed ?? this.#seconds.length - 1;
    this.#legend.show(this.#lines.map(({ values }) => values[at] ?? null));
    const moment = pointed === undefined ? '' : `at ${clockTime((this.#seconds[pointed] ?? 0) * 1000)}`;
    setText(this.#moment, moment);
  }

  #size(): { width: number; height: number } {
    return { width: Math.max(1, this.#plot.clientWidth), height: Math.max(1, this.#plot.clientHeight) };
  }
}
