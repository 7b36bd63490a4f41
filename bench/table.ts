/** A column: its title, and the least number of characters its cells take. */
export interface Column {
  readonly title: string;
  readonly width?: number;
  readonly left?: boolean;
}

/** Prints a Markdown table line by line, so that a long run shows what it has. */
export class Table {
  readonly #columns: readonly Column[];
  readonly #print: (line: string) => void;

  constructor(columns: readonly Column[], print: (line: string) => void = console.log) {
    this.#columns = columns;
    this.#print = print;
    this.row(columns.map(({ title }) => title));
    this.#print(`|${columns.map((column) => this.#rule(column)).join('|')}|`);
  }

  /** One cell per column; missing ones stay empty. */
  row(cells: readonly string[]): void {
    const padded = this.#columns.map((column, i) => pad(column, cells[i] ?? ''));
    this.#print(`| ${padded.join(' | ')} |`);
  }

  #rule(column: Column): string {
    const dashes = '-'.repeat(widthOf(column));
    return column.left ? `-${dashes}-` : `-${dashes}:`;
  }
}

const widthOf = ({ title, width = 0 }: Column): number => Math.max(title.length, width);

const pad = (column: Column, cell: string): string =>
  column.left ? cell.padEnd(widthOf(column)) : cell.padStart(widthOf(column));

/** `12,345`. */
export const grouped = (n: number): string => Math.round(n).toLocaleString('en-US');

/** Bytes as mebibytes. */
export const mebibytes = (bytes: number): string => `${grouped(bytes / 2 ** 20)} MiB`;
