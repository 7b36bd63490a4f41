/** A span is the piece of a chunk that serves one size class. */
export const SPAN_BYTES = 64 * 1024;
/** The largest block that a span serves: two of them fill it. */
export const MAX_SMALL_BYTES = SPAN_BYTES / 2;

const STEPS_PER_DOUBLING = 8;

/**
 * Every multiple of 8 from 16 to 128; above that eight steps to each power of two, each stretched to what a span
 * divides into, so that a span's tail is never wasted (16384 fits 4 times, 13104 fits 5 times).
 */
const buildSizes = (): number[] => {
  const sizes: number[] = [];
  for (let size = 16; size <= 128; size += 8) sizes.push(size);
  for (let power = 128; power < MAX_SMALL_BYTES; power *= 2) {
    for (let step = 1; step <= STEPS_PER_DOUBLING; step++) {
      const blocks = Math.floor(SPAN_BYTES / (power + (power * step) / STEPS_PER_DOUBLING));
      const size = Math.floor(SPAN_BYTES / blocks / 8) * 8;
      if (size > sizes[sizes.length - 1]!) sizes.push(size);
    }
  }
  return sizes;
};

/** Block sizes in bytes by class, ascending. */
export const CLASS_BYTES: Uint16Array = Uint16Array.from(buildSizes());
export const CLASS_COUNT = CLASS_BYTES.length;

const buildIndex = (): Uint8Array => {
  const index = new Uint8Array(MAX_SMALL_BYTES / 8 + 1);
  let sizeClass = 0;
  for (let units = 0; units < index.length; units++) {
    if (units * 8 > CLASS_BYTES[sizeClass]!) sizeClass++;
    index[units] = sizeClass;
  }
  return index;
};

const CLASS_BY_UNITS = buildIndex();

/** The smallest class that holds `bytes` (at most {@link MAX_SMALL_BYTES}). */
export const sizeClassOf = (bytes: number): number => CLASS_BY_UNITS[(bytes + 7) >>> 3]!;
