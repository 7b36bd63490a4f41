import type { Settings } from '../../../config/live.ts';
import type { Instance } from '../../../instance/instance.ts';
import type { CountedFigures } from '../../../instance/statistics.ts';
import type { CommandTable } from '../../table.ts';

/** What the sections of INFO are made from. */
export interface InfoSource {
  readonly instance: Instance;
  readonly values: Settings['values'];
  readonly table: CommandTable;
  /** Counted since the last CONFIG RESETSTAT. */
  readonly figures: CountedFigures;
  /** Unix milliseconds. */
  readonly now: number;
}

/** One line of INFO, `name:value`. */
export type Field = readonly [name: string, value: string | number];

/** A section of INFO: its lines, in Redis's order. */
export type Section = (source: InfoSource) => readonly Field[];

const UNITS = ['K', 'M', 'G', 'T', 'P'];

/** Bytes as Redis prints them for people: `0B`, `894.98K`. */
export const humanBytes = (bytes: number): string => {
  if (bytes < 1024) return `${bytes}B`;
  let value = bytes / 1024;
  let unit = 0;
  for (; value >= 1024 && unit < UNITS.length - 1; unit++) value /= 1024;
  return `${value.toFixed(2)}${UNITS[unit]}`;
};

/** A quotient, or 0 where there is nothing to divide by. */
export const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

export const sum = (numbers: Iterable<number>): number => {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
};
