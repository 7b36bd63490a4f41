import type { Cell, Column, Row, Table } from '../../view/tables.ts';
import { element, type Markup } from './element.ts';
import { isQuiet } from './quiet.ts';

/**
 * A table with its title.
 * @param isStop whether the keyboard stops there: it has to where the table is larger than its room and scrolls.
 */
export const tableMarkup = (table: Table, isStop: boolean): Markup => {
  const title = `${table.id}-title`;
  return element(
    'section',
    { id: table.id, class: 'panel' },
    element('h2', { id: title }, table.title),
    element('p', { class: 'gist' }, table.caption),
    element(
      'div',
      { class: 'scroll', role: 'region', 'aria-labelledby': title, ...(isStop ? { tabindex: '0' } : {}) },
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

const cellMarkup = ({ text, level }: Cell, align: Column['align'], heads: boolean): Markup => {
  const quiet = align === 'right' && level === 'ok' && isQuiet(text);
  const attributes = {
    class: quiet ? `${align} quiet` : align,
    ...(level === 'ok' ? {} : { 'data-level': level }),
  };
  return heads
    ? element('th', { scope: 'row', ...attributes }, text)
    : element('td', attributes, element('span', {}, text));
};
