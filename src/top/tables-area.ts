/*
 * The tables below one another, and where it is wide enough some side by side, in the room that is left for them.
 */
import type { Row, Table } from '../view/tables.ts';
import { gridOf, gridWidth } from './grid.ts';
import { beside, fillLine, GAP, type Line, span } from './line.ts';

interface Area {
  readonly width: number;
  readonly height: number;
}

/** How many lines a block may have. */
interface Heights {
  /** Lines below which it is not worth its head. */
  readonly least: number;
  /** Lines that it is to have before others get more than that. */
  readonly decent: number;
  /** Lines at which all of it is there. */
  readonly wanted: number;
}

interface Block extends Heights {
  readonly tables: readonly Table[];
  draw(height: number): Line[];
}

/** Tables may stand side by side if the left one has so much room. */
const LEFT_WIDTH = 52;
const LEAST_ROWS = 3;
const SMALLEST = 3;
/** From so many lines on, one of them tells what there is no room for. */
const HINT_HEIGHT = 8;
/** Rows of what may be long and is newest first: that much of it is looked at. */
const RECENT_ROWS = 6;

/** Fills the area with the tables; what comes first has the right of way. @param isAiry with blank lines between them */
export const tableLines = (tables: readonly Table[], { width, height }: Area, isAiry: boolean): Line[] => {
  const blocks = blocksOf(tables, width);
  const drawn = drawBlocks(blocks, height, isAiry);
  if (height < HINT_HEIGHT || hintOf(blocks, drawn) === '') return stacked(drawn, isAiry);
  const lower = drawBlocks(blocks, height - 1, isAiry);
  return [...stacked(lower, isAiry), [span(hintOf(blocks, lower), 'faint')]];
};

/** The lines of each block; none for a block for which there is no room. */
const drawBlocks = (blocks: readonly Block[], height: number, isAiry: boolean): Line[][] => {
  const gap = isAiry ? 1 : 0;
  const heights = heightsFor(
    blocks.map(({ least, decent, wanted }) => ({
      least: least + gap,
      decent: decent + gap,
      wanted: wanted + gap,
    })),
    height + gap,
  );
  return blocks.map((block, i) => block.draw((heights[i] ?? 0) - gap));
};

const stacked = (drawn: readonly Line[][], isAiry: boolean): Line[] =>
  drawn.filter(({ length }) => length > 0).flatMap((lines, i) => (i > 0 && isAiry ? [[], ...lines] : lines));

/** What is in tables that are not drawn; empty if nothing is. */
const hintOf = (blocks: readonly Block[], drawn: readonly Line[][]): string => {
  const hidden = blocks
    .filter((_, i) => drawn[i]?.length === 0)
    .flatMap((block) => block.tables.filter(({ rows }) => rows.length > 0));
  const names = hidden.map(({ title, rows }) => `${title} (${rows.length})`);
  return names.length === 0 ? '' : `${names.join(', ')}: make the terminal higher`;
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
  const isRecent = table.id === 'slow' || table.id === 'events';
  return {
    tables: [table],
    least: 1 + Math.min(LEAST_ROWS, rows),
    decent: 1 + (isRecent ? Math.min(RECENT_ROWS, rows) : rows),
    wanted: 1 + rows,
    draw: (height) => (height < 2 ? [] : drawTable(table, width, height - 1)),
  };
};

const pairOf = (left: Block, right: Block, leftWidth: number): Block => ({
  tables: [...left.tables, ...right.tables],
  least: Math.max(left.least, right.least),
  decent: Math.max(left.decent, right.decent),
  wanted: Math.max(left.wanted, right.wanted),
  draw: (height) => beside(left.draw(height), right.draw(height), leftWidth),
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

/** So many lines for each block: first the least for each, then what is decent, then what is left; in their order. */
const heightsFor = (blocks: readonly Heights[], height: number): number[] => {
  let left = height;
  const take = (lines: number): number => {
    left -= lines;
    return lines;
  };
  const given = blocks.map(({ least }) => (left >= least ? take(least) : 0));
  // The first for which there is too little room has what there is, if that is more than a head and a row.
  const first = given.indexOf(0);
  if (first !== -1 && left >= SMALLEST) given[first] = take(left);
  for (const goal of ['decent', 'wanted'] as const) {
    for (const [i, block] of blocks.entries()) {
      const lines = given[i] ?? 0;
      if (lines > 0) given[i] = lines + take(Math.max(0, Math.min(left, block[goal] - lines)));
    }
  }
  return given;
};
