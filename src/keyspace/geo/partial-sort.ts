/** Less than 0, 0 or more than 0: as two items are to be ordered. */
export type Compare = (one: number, other: number) => number;

/** Shorter ranges are sorted by insertion. */
const SHORT = 7;
/** The pivot of longer ranges is the median of medians. */
const LONG = 40;

/**
 * Sorts `items[first..end)` as far as it takes for the items up to index `last` to be those that belong there, in their
 * order. Equal items come in the order in which Redis has them, as it takes the same steps.
 *
 * Source: Bentley and McIlroy, "Engineering a Sort Function", 1993
 */
export const sortFirst = (
  items: Uint32Array,
  first: number,
  end: number,
  last: number,
  compare: Compare,
): void => {
  let from = first;
  let to = end;
  while (to - from >= SHORT) {
    swap(items, from, pivotOf(items, from, to, compare));
    const { less, greater } = partition(items, from, to, compare);
    const low = from + less;
    const high = to - greater;
    const sortsHigh = greater > 1 && last >= high;
    // The parts do not depend on each other; the smaller one first, so that no input nests the calls deeply.
    if (less <= greater) {
      if (less > 1) sortFirst(items, from, low, last, compare);
      if (!sortsHigh) return;
      from = high;
    } else {
      if (sortsHigh) sortFirst(items, high, to, last, compare);
      if (less <= 1) return;
      to = low;
    }
  }
  for (let i = from + 1; i < to; i++) {
    for (let j = i; j > from && compare(items[j - 1]!, items[j]!) > 0; j--) swap(items, j, j - 1);
  }
};

/** The index of an item that is probably somewhere in the middle. */
const pivotOf = (items: Uint32Array, from: number, end: number, compare: Compare): number => {
  const count = end - from;
  let low = from;
  let middle = from + (count >>> 1);
  let high = end - 1;
  if (count === SHORT) return middle;
  if (count > LONG) {
    const eighth = count >>> 3;
    low = median(items, low, low + eighth, low + 2 * eighth, compare);
    middle = median(items, middle - eighth, middle, middle + eighth, compare);
    high = median(items, high - 2 * eighth, high - eighth, high, compare);
  }
  return median(items, low, middle, high, compare);
};

const median = (items: Uint32Array, a: number, b: number, c: number, compare: Compare): number => {
  if (compare(items[a]!, items[b]!) < 0) {
    if (compare(items[b]!, items[c]!) < 0) return b;
    return compare(items[a]!, items[c]!) < 0 ? c : a;
  }
  if (compare(items[b]!, items[c]!) > 0) return b;
  return compare(items[a]!, items[c]!) < 0 ? a : c;
};

/** Reused: how many items are less than the pivot, and how many greater. */
const parts = { less: 0, greater: 0 };

/** Puts the items that are less than the first one before it and the greater ones behind it, with the equal ones between. */
const partition = (items: Uint32Array, from: number, end: number, compare: Compare): typeof parts => {
  let equalBelow = from + 1;
  let low = from + 1;
  let high = end - 1;
  let equalAbove = end - 1;
  for (;;) {
    for (; low <= high; low++) {
      const order = compare(items[low]!, items[from]!);
      if (order > 0) break;
      if (order === 0) swap(items, equalBelow++, low);
    }
    for (; low <= high; high--) {
      const order = compare(items[high]!, items[from]!);
      if (order < 0) break;
      if (order === 0) swap(items, high, equalAbove--);
    }
    if (low > high) break;
    swap(items, low++, high--);
  }
  parts.less = low - equalBelow;
  parts.greater = equalAbove - high;
  swapRanges(items, from, low, Math.min(equalBelow - from, parts.less));
  swapRanges(items, low, end, Math.min(parts.greater, end - equalAbove - 1));
  return parts;
};

/** Exchanges the `count` items from `start` on with those before `end`. */
const swapRanges = (items: Uint32Array, start: number, end: number, count: number): void => {
  for (let i = 0; i < count; i++) swap(items, start + i, end - count + i);
};

const swap = (items: Uint32Array, one: number, other: number): void => {
  const item = items[one]!;
  items[one] = items[other]!;
  items[other] = item;
};
