/*
 * The tables below one another, and where it is wide enough some side by side, in the room that is left for them.
 */
import type { Row, Table } from '../view/tables.ts';
import { gridOf, gridWidth } from './grid.ts';
import { beside, fillLine, type Line, span } from './line.ts';

interface Area {
  readonly width: number;
  readonly height: number;
}

/** A block of lines that can be higher or lower. */
interface Block {
  /** Lines at which all of it is there. */
  readonly wanted: number;
  /** Lines below which it is not worth its head. */
  readonly least: number;
  draw(height: number): Line[];
}

/** Tables may stand side by side if the left one has so much room. */
const LEFT_WIDTH = 52;
const GAP = 3;
const LEAST_ROWS = 3;

/** Fills the area with the tables; what comes first has the right of way. @param isAiry with blank lines between them */
export const tableLines = (tables: readonly Table[], { width, height }: Area, isAiry: boolean): Line[] => {
  const gap = isAiry ? 1 : 0;
  const blocks = blocksOf(tables, width);
  const heights = share(
    blocks.map(({ wanted, least }) => ({ wanted: wanted + gap, least: least + gap })),
    height + gap,
  );
  const drawn = blocks
    .map((block, i) => block.draw((heights[i] ?? 0) - gap))
    .filter(({ length }) => length > 0);
  return drawn.flatMap((lines, i) => (i > 0 && isAiry ? [[], ...lines] : lines));
};

/** The busiest commands and the slow log are of a kind; what has happened needs the whole width. */
const blocksOf = (tables: readonly Table[], width: number): Block[] => {
  const of = (id: Table['id']): Table[] => tables.filter((table) => table.id === id);
  const [commands] = of('commands');
  const [slow] = of('slow');
  const right = slow === undefined ? 0 : gridWidth(slow, slow.title);
  const areSideBySide = commands !== undefined && slow !== undefined && width >= LEFT_WIDTH + GAP + right;
  if (!areSideBySide) {
    return [...of('processes'), ...of('commands'), ...of('events'), ...of('slow')].map((one) =>
      blockOf(one, width),
    );
  }
  const left = Math.min(width - GAP - right, Math.max(LEFT_WIDTH, gridWidth(commands, commands.title)));
  const pair = pairOf(blockOf(commands, left), blockOf(slow, width - GAP - left), left);
  const whole = (one: Table): Block => blockOf(one, width);
  return [...of('processes').map(whole), pair, ...of('events').map(whole)];
};

const blockOf = (table: Table, width: number): Block => {
  const rows = Math.max(1, table.rows.length);
  return {
    wanted: 1 + rows,
    least: 1 + Math.min(LEAST_ROWS, rows),
    draw: (height) => (height < 2 ? [] : drawTable(table, width, height - 1)),
  };
};

const pairOf = (left: Block, right: Block, at: number): Block => ({
  wanted: Math.max(left.wanted, right.wanted),
  least: Math.max(left.least, right.least),
  draw: (height) => beside(left.draw(height), right.draw(height), at, GAP),
});

const drawTable = (table: Table, width: number, room: number): Line[] => {
  const shown = chosen(table, room);
  const { head, rows } = gridOf(table, width, table.title);
  const lines = [fillLine(head, width)];
  if (table.rows.length === 0) lines.push([span(table.empty, 'faint')]);
  lines.push(...rows.filter((_, i) => shown.has(i)));
  const left = table.rows.length - shown.size;
  if (left > 0) lines.push([span(`… ${left} more`, 'faint')]);
  return lines;
};

/** The rows for which there is room: of processes those that are not well and the keyspace, before others. */
const chosen = ({ id, rows }: Table, room: number): Set<number> => {
  if (rows.length <= room) return new Set(rows.keys());
  const places = [...rows.keys()];
  if (id === 'processes') places.sort((a, b) => urgency(rows[b]) - urgency(rows[a]));
  return new Set(places.slice(0, room - 1));
};

const urgency = (row: Row | undefined): number => {
  const levels = row?.cells.map(({ level }) => level) ?? [];
  if (levels.includes('critical')) return 3;
  if (row?.key === 'keyspace') return 2;
  return levels.includes('warning') ? 1 : 0;
};

/** So many lines for each block: what each needs at least, in their order, then one by one until all have enough. */
const share = (blocks: ReadonlyArray<Pick<Block, 'wanted' | 'least'>>, height: number): number[] => {
  let left = height;
  const given = blocks.map(({ least }) => {
    const lines = left >= least ? least : 0;
    left -= lines;
    return lines;
  });
  // The last one that has none yet may take what is left, if that is a head and a row.
  const next = given.indexOf(0);
  if (next !== -1 && left >= 2) {
    given[next] = left;
    return given;
  }
  while (left > 0 && blocks.some(({ wanted }, i) => given[i] !== 0 && given[i]! < wanted)) {
    for (const [i, { wanted }] of blocks.entries()) {
      if (left === 0 || given[i] === 0 || given[i]! >= wanted) continue;
      given[i]!++;
      left--;
    }
  }
  return given;
};
