/*
 * The figures as text for a file or another program: nothing is cut, there is no blank line within, and no character
 * that only a terminal would understand.
 */
import type { Level } from '../view/status-document.ts';
import type { Fact, StatusView } from '../view/status-view.ts';
import type { Table } from '../view/tables.ts';
import { gridOf } from './grid.ts';
import { flow, type Line, span, textOf } from './line.ts';

/** Lines of facts have at most so many characters. */
const WIDTH = 120;

/**
 * A block of lines.
 * @param at when it was so, in Unix milliseconds.
 */
export const plainText = (name: string, view: StatusView, at: number): string =>
  [
    `corespond at ${name}, ${new Date(at).toISOString().replace(/\.\d+Z/, 'Z')}`,
    `${view.headline}${view.reasons.length > 0 ? ':' : ''}`,
    ...view.reasons.map(({ level, text }) => textOf([span(`  ${level}: ${text}`)])),
    ...factLines(view.about),
    ...factLines(view.figures),
    ...factLines(view.meters.map(({ label, text, level }) => ({ label, value: text, level }))),
    ...view.tables.flatMap(tableLines),
  ].join('\n');

const noteOf = (level: Level): string => (level === 'ok' ? '' : ` (${level})`);

const factLines = (facts: readonly Fact[]): string[] =>
  flow(
    facts.map(({ label, value, level }): Line => [span(`${label} ${value}${noteOf(level)}`)]),
    WIDTH,
  ).map(textOf);

const tableLines = (table: Table): string[] => {
  const title = `${table.title} (${table.caption})`;
  if (table.rows.length === 0) return [title, `  ${table.empty}`];
  const { head, rows } = gridOf(table, Number.POSITIVE_INFINITY);
  return [title, ...[head, ...rows].map((line) => `  ${textOf(line)}`)];
};
