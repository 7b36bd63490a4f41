import type { Level } from '../view/status-document.ts';
import type { Cell, Column, Row, Table } from '../view/tables.ts';
import { cutText, type Line, type Span, type Style, span } from './line.ts';

/** A table that is laid out. */
export interface Grid {
  readonly head: Line;
  /** One line for each row. */
  readonly rows: readonly Line[];
}

/** What stands before something that is not well: it must be seen without colours, too. */
const MARKS: Readonly<Record<Level, string>> = { ok: '', warning: '! ', critical: '!! ' };
const GAP = '  ';
const MIN_TEXT = 8;

/** The columns that go first where there is no room for all, by table. */
export const DISPENSABLE: Readonly<Record<string, readonly string[]>> = {
  processes: ['pid', 'heap', 'CPU', 'restarts', 'up for', 'delay p99', 'clients', 'memory'],
  commands: ['total errors', 'total calls', 'mean', 'errors'],
  slow: ['arguments'],
};

interface Placed {
  readonly column: Column;
  /** Its place in the table. */
  readonly index: number;
  readonly width: number;
}

/**
 * Lays a table out in columns.
 * @param width cells there are; columns that can be spared are dropped, then texts are cut. Infinity: nothing is.
 * @param title stands for the title of the first column.
 */
export const gridOf = (table: Table, width: number, title?: string): Grid => {
  const titles = table.columns.map(({ title: own }, i) => (i === 0 ? (title ?? own) : own));
  const placed = place(table, titles, width);
  const lineOf = (spans: (one: Placed) => Span): Line =>
    placed.flatMap((one, i) => (i === 0 ? [spans(one)] : [span(GAP), spans(one)]));
  const head = lineOf((one) => span(fit(titles[one.index] ?? '', one)));
  return {
    head: head.map(({ text }) => span(text, 'head')),
    rows: table.rows.map((row) => lineOf((one) => cellSpan(row, one))),
  };
};

/** Cells that a table takes if nothing is left out. */
export const gridWidth = (table: Table, title: string): number =>
  total(place(table, [title, ...table.columns.slice(1).map((column) => column.title)], Infinity));

/** A text with the mark of its level; an instance of another release may have levels that are not known here. */
export const marked = ({ text, level }: Cell): string => `${MARKS[level] ?? ''}${text}`;

/** How something of a level looks; all is plain that is well. */
export const styleOf = (level: Level): Style => (level === 'ok' ? 'text' : `mark-${level}`);

const place = ({ id, columns, rows }: Table, titles: readonly string[], width: number): Placed[] => {
  const widest = (index: number): number =>
    Math.max(titles[index]?.length ?? 0, ...rows.map(({ cells }) => textAt(cells, index).length));
  let placed: Placed[] = columns.map((column, index) => ({ column, index, width: widest(index) }));
  for (const title of DISPENSABLE[id] ?? []) {
    if (total(placed) <= width) return placed;
    placed = placed.filter(({ column }) => column.title !== title);
  }
  // What is still too wide is the text in the first column: a name, or what has happened.
  const excess = Math.max(0, total(placed) - width);
  return placed.map((one, i) =>
    i === 0 ? { ...one, width: Math.max(Math.min(one.width, MIN_TEXT), one.width - excess) } : one,
  );
};

const total = (placed: readonly Placed[]): number =>
  placed.reduce((sum, { width }) => sum + width, 0) + GAP.length * (placed.length - 1);

const textAt = (cells: readonly Cell[], index: number): string => {
  const cell = cells[index];
  return cell === undefined ? '' : marked(cell);
};

const cellSpan = ({ cells }: Row, one: Placed): Span =>
  span(fit(textAt(cells, one.index), one), styleOf(cells[one.index]?.level ?? 'ok'));

const fit = (text: string, { column, width }: Placed): string => {
  const cut = cutText(text, width);
  return column.align === 'right' ? cut.padStart(width) : cut.padEnd(width);
};
