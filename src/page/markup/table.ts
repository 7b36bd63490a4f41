import type { Cell, Column, Row, Table } from '../../view/tables.ts';
import { element, type Markup } from './element.ts';

/** A table with its title. It scrolls by itself if it is wider than the screen, so it can be focused. */
export const tableMarkup = (table: Table): Markup => {
  const title = `${table.id}-title`;
  return element(
    'section',
    { id: table.id, class: 'panel' },
    element('h2', { id: title }, table.title),
    element('p', { class: 'gist' }, table.caption),
    element(
      'div',
      { class: 'scroll', role: 'region', tabindex: '0', 'aria-labelledby': title },
      element(
        'table',
        {},
        element('caption', { class: 'unseen' }, `${table.title}: ${table.caption}`),
        element('thead', {}, element('tr', {}, ...table.columns.map(headMarkup))),
        element('tbody', {}, ...bodyOf(table)),
      ),
    ),
  );
};

const headMarkup = ({ title, align }: Column): Markup => element('th', { scope: 'col', class: align }, title);

const bodyOf = ({ rows, columns, empty, id }: Table): Markup[] => {
  if (rows.length > 0) return rows.map((row) => rowMarkup(row, columns, id !== 'events'));
  const said = element('td', { colspan: String(columns.length), class: 'empty' }, empty);
  return [element('tr', { 'data-key': '' }, said)];
};

/** @param named whether the first cell says what the others are about. */
const rowMarkup = ({ key, cells }: Row, columns: readonly Column[], named: boolean): Markup =>
  element(
    'tr',
    { 'data-key': key },
    ...cells.map((cell, i) => cellMarkup(cell, columns[i]?.align ?? 'left', named && i === 0)),
  );

const cellMarkup = ({ text, level }: Cell, align: string, heads: boolean): Markup => {
  const attributes = level === 'ok' ? { class: align } : { class: align, 'data-level': level };
  return heads
    ? element('th', { scope: 'row', ...attributes }, text)
    : element('td', attributes, element('span', {}, text));
};
