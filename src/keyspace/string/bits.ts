/** From this many bytes on it is worth making a view of words. */
const WORDS_FROM = 64;
/** Words whose bits are summed up byte by byte: 31 times 8 fit in a byte. */
const BATCH = 31;

const BITS_OF_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0;
  for (let rest = byte; rest > 0; rest >>>= 1) count += rest & 1;
  return count;
});

/** The words of `bytes[start..end)`, which begin at the first multiple of four bytes in memory. */
const wordsIn = (bytes: Uint8Array, start: number, end: number): Int32Array =>
  new Int32Array(bytes.buffer, bytes.byteOffset + start, (end - start) >>> 2);

/** The first index from `start` on that lies at a multiple of four bytes in memory. */
const aligned = (bytes: Uint8Array, start: number): number => start + (-(bytes.byteOffset + start) & 3);

/** Number of bits set in `bytes[start..end)`. */
export const countBits = (bytes: Uint8Array, start: number, end: number): number => {
  let count = 0;
  let at = start;
  if (end - start >= WORDS_FROM) {
    const first = aligned(bytes, start);
    for (; at < first; at++) count += BITS_OF_BYTE[bytes[at]!]!;
    const words = wordsIn(bytes, at, end);
    count += countWords(words);
    at += words.length * 4;
  }
  for (; at < end; at++) count += BITS_OF_BYTE[bytes[at]!]!;
  return count;
};

/** Sums bits of a word in parallel; see "Hacker's Delight", section 5-1. */
const countWords = (words: Int32Array): number => {
  let count = 0;
  for (let from = 0; from < words.length; from += BATCH) {
    const to = Math.min(from + BATCH, words.length);
    let sums = 0;
    for (let i = from; i < to; i++) {
      let word = words[i]!;
      word = (word - ((word >>> 1) & 0x55555555)) | 0;
      word = ((word & 0x33333333) + ((word >>> 2) & 0x33333333)) | 0;
      sums = (sums + ((word + (word >>> 4)) & 0x0f0f0f0f)) | 0;
    }
    const pairs = (sums & 0x00ff00ff) + ((sums >>> 8) & 0x00ff00ff);
    count += (pairs & 0xffff) + (pairs >>> 16);
  }
  return count;
};

/**
 * The first bit of a value among its bits `first` to `last` (inclusive), counted from the highest bit of
 * `bytes[start]`; -1 if there is none.
 */
export const findBit = (
  bytes: Uint8Array,
  start: number,
  first: number,
  last: number,
  bit: 0 | 1,
): number => {
  const blank = bit === 1 ? 0 : 0xff;
  const lastByte = start + Math.floor(last / 8);
  let at = start + Math.floor(first / 8);
  let found = (bytes[at]! ^ blank) & (0xff >>> (first & 7));
  if (found === 0 && at < lastByte) {
    at = skipBytes(bytes, at + 1, lastByte, blank);
    found = bytes[at]! ^ blank;
  }
  if (at === lastByte) found &= 0xff << (7 - (last & 7));
  return found === 0 ? -1 : (at - start) * 8 + Math.clz32(found) - 24;
};

/** The first index from `start` on with a byte that is not `blank` (0 or 255); `end` if there is none before it. */
const skipBytes = (bytes: Uint8Array, start: number, end: number, blank: number): number => {
  let at = start;
  if (end - start >= WORDS_FROM) {
    const first = aligned(bytes, start);
    for (; at < first; at++) if (bytes[at] !== blank) return at;
    const i = skipWords(wordsIn(bytes, at, end), blank === 0 ? 0 : -1);
    at += i * 4;
  }
  while (at < end && bytes[at] === blank) at++;
  return at;
};

/** The first index with a word that is not `blank`, or behind the last; by fours, which takes half the time. */
const skipWords = (words: Int32Array, blank: number): number => {
  const { length } = words;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    const differing =
      (words[i]! ^ blank) | (words[i + 1]! ^ blank) | (words[i + 2]! ^ blank) | (words[i + 3]! ^ blank);
    if (differing !== 0) break;
  }
  while (i < length && words[i] === blank) i++;
  return i;
};
