/*
 * Figures as people read them. Numbers have three digits that count; a value that nobody knows is a dash.
 */
import { DELAY_LIMIT, LATENCY_LIMIT } from './status-document.ts';

/** What stands for a value that nobody knows. */
export const UNKNOWN = '–';

const COUNT_UNITS = ['', 'k', 'M', 'G', 'T'] as const;
const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;
/** With their seconds, the largest first. */
const AGE_UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** `0`, `7.25`, `84`, `12.3k`, `1.5M`. */
export const formatNumber = (value: number | null): string => {
  if (value === null) return UNKNOWN;
  const [scaled, unit] = scale(value, 1000, COUNT_UNITS);
  return threeDigits(scaled) + unit;
};

/** Without shortening: `1,234,567`. */
export const formatCount = (value: number | null): string =>
  value === null ? UNKNOWN : String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');

/** `12.3k/s`. */
export const formatRate = (value: number | null): string =>
  value === null ? UNKNOWN : `${formatNumber(value)}/s`;

/** `0 B`, `1.5 GiB`. */
export const formatBytes = (value: number | null): string => {
  if (value === null) return UNKNOWN;
  const [scaled, unit] = scale(value, 1024, BYTE_UNITS);
  return `${threeDigits(scaled)} ${unit}`;
};

/** `1.5 MiB/s`. */
export const formatByteRate = (value: number | null): string =>
  value === null ? UNKNOWN : `${formatBytes(value)}/s`;

/** A share as `42 %`. */
export const formatShare = (value: number | null): string => {
  if (value === null) return UNKNOWN;
  const percent = value * 100;
  return `${percent > 0 && percent < 1 ? '<1' : Math.round(percent)} %`;
};

/** A short time in seconds as `250 ns`, `12.5 µs`, `3.2 ms` or `1.5 s`. */
export const formatTime = (seconds: number | null): string => {
  if (seconds === null) return UNKNOWN;
  if (seconds === 0) return '0 s';
  if (seconds < 1e-6) return `${threeDigits(seconds * 1e9)} ns`;
  if (seconds < 1e-3) return `${threeDigits(seconds * 1e6)} µs`;
  if (seconds < 1) return `${threeDigits(seconds * 1e3)} ms`;
  return `${threeDigits(seconds)} s`;
};

/** A percentile of the time that commands take; `> 2.5 s` where it is beyond what is told apart. */
export const formatLatency = (seconds: number | null): string => formatUpTo(LATENCY_LIMIT, seconds);

/** A percentile of the lateness of an event loop; `> 5 s` where it is beyond what is told apart. */
export const formatDelay = (seconds: number | null): string => formatUpTo(DELAY_LIMIT, seconds);

const formatUpTo = (limit: number, seconds: number | null): string =>
  seconds !== null && seconds >= limit ? `> ${formatTime(limit)}` : formatTime(seconds);

/** How long something has lasted, in seconds, in its two largest units: `45 s`, `3 min 20 s`, `2 d 4 h`. */
export const formatAge = (seconds: number): string => {
  let rest = Math.max(0, Math.floor(seconds));
  const counts = AGE_UNITS.map(([name, size]) => {
    const count = Math.floor(rest / size);
    rest %= size;
    return [count, name] as const;
  });
  const first = counts.findIndex(([count]) => count > 0);
  if (first === -1) return '0 s';
  return counts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, name]) => `${count} ${name}`)
    .join(' ');
};

const scale = <Unit>(value: number, base: number, units: readonly Unit[]): [number, Unit] => {
  let scaled = value;
  let power = 0;
  // What would be rounded up to the next unit belongs to it.
  while (Math.abs(scaled) >= base * 0.9995 && power < units.length - 1) {
    scaled /= base;
    power++;
  }
  return [scaled, units[power]!];
};

const threeDigits = (value: number): string => {
  const digits = Math.abs(value) >= 99.95 ? 0 : Math.abs(value) >= 9.995 ? 1 : 2;
  const text = value.toFixed(digits);
  return digits === 0 ? text : text.replace(/\.?0+$/, '');
};
