import type { Column, Table } from '../../view/tables.ts';

/** What happened explains the charts, and stands near them. */
const TABLES: ReadonlyArray<Table['id']> = ['processes', 'events', 'commands', 'slow'];
/** Of a table that is wider than the screen the first columns are seen: what goes wrong comes before sizes. */
const EARLY: Readonly<Record<string, number>> = { restarts: 5 };

/** The tables in the order of the page. */
export const inPageOrder = (tables: readonly Table[]): Table[] =>
  tables
    .toSorted((one, other) => TABLES.indexOf(one.id) - TABLES.indexOf(other.id))
    .map((table) => {
      const places = placesOf(table.columns);
      const ordered = <T>(cells: readonly T[]): T[] => places.flatMap((at) => cells.slice(at, at + 1));
      return {
        ...table,
        columns: ordered(table.columns),
        rows: table.rows.map((row) => ({ ...row, cells: ordered(row.cells) })),
      };
    });

/** The columns by where they were. */
const placesOf = (columns: readonly Column[]): number[] => {
  const places = [...columns.keys()];
  for (const [from, { title }] of columns.entries()) {
    const to = EARLY[title];
    if (to !== undefined) places.splice(to, 0, ...places.splice(places.indexOf(from), 1));
  }
  return places;
};
