import { REGISTERS } from './hyperloglog-layout.ts';

/** Values that a register can have after at least one element: 1 to this, and one more if its hash was all zeros. */
const MAX_PLAIN = 50;
/** 1 / (2 ln 2) */
const ALPHA = 0.5 / Math.LN2;

/**
 * The number of different elements that a sketch has seen, from how many registers have each value.
 * Infinite if every register is out of bounds.
 *
 * Source: Otmar Ertl, "New cardinality estimation algorithms for HyperLogLog sketches", arXiv:1702.01284
 */
export const estimate = (histogram: Int32Array): number => {
  let sum = REGISTERS * tau((REGISTERS - histogram[MAX_PLAIN + 1]!) / REGISTERS);
  for (let value = MAX_PLAIN; value >= 1; value--) sum = (sum + histogram[value]!) * 0.5;
  sum += REGISTERS * sigma(histogram[0]! / REGISTERS);
  return Math.round((ALPHA * REGISTERS * REGISTERS) / sum);
};

const sigma = (share: number): number => {
  if (share === 1) return Infinity;
  let x = share;
  let y = 1;
  let sum = x;
  for (let before = Number.NaN; before !== sum; ) {
    x *= x;
    before = sum;
    sum += x * y;
    y += y;
  }
  return sum;
};

const tau = (share: number): number => {
  if (share === 0 || share === 1) return 0;
  let x = share;
  let y = 1;
  let sum = 1 - x;
  for (let before = Number.NaN; before !== sum; ) {
    x = Math.sqrt(x);
    before = sum;
    y *= 0.5;
    sum -= (1 - x) * (1 - x) * y;
  }
  return sum / 3;
};
