/** From this many bytes on it is worth making views of words. */
const WORDS_FROM = 64;

export type BitwiseOperation = 'and' | 'or' | 'xor';

/** Replaces `target[at..at + length)` by what the operation makes of it and of as many bytes of `source`. */
export const combineBits = (
  operation: BitwiseOperation,
  target: Uint8Array,
  at: number,
  source: Uint8Array,
  from: number,
  length: number,
): void => {
  let done = 0;
  if (length >= WORDS_FROM && isAligned(target, at) && isAligned(source, from)) {
    const words = wordsOf(target, at, length);
    combineWords(operation, words, wordsOf(source, from, length));
    done = words.length * 4;
  }
  for (let i = done; i < length; i++) {
    if (operation === 'and') target[at + i]! &= source[from + i]!;
    else if (operation === 'or') target[at + i]! |= source[from + i]!;
    else target[at + i]! ^= source[from + i]!;
  }
};

/** Turns every bit of `target[at..at + length)` over. */
export const invertBits = (target: Uint8Array, at: number, length: number): void => {
  let done = 0;
  if (length >= WORDS_FROM && isAligned(target, at)) {
    const words = wordsOf(target, at, length);
    for (let i = 0; i < words.length; i++) words[i] = ~words[i]!;
    done = words.length * 4;
  }
  for (let i = done; i < length; i++) target[at + i]! ^= 0xff;
};

const combineWords = (operation: BitwiseOperation, target: Int32Array, source: Int32Array): void => {
  const count = target.length;
  if (operation === 'and') for (let i = 0; i < count; i++) target[i]! &= source[i]!;
  else if (operation === 'or') for (let i = 0; i < count; i++) target[i]! |= source[i]!;
  else for (let i = 0; i < count; i++) target[i]! ^= source[i]!;
};

/** True if `bytes[start]` lies at a multiple of four bytes in memory, as long strings do. */
const isAligned = (bytes: Uint8Array, start: number): boolean => ((bytes.byteOffset + start) & 3) === 0;

const wordsOf = (bytes: Uint8Array, start: number, length: number): Int32Array =>
  new Int32Array(bytes.buffer, bytes.byteOffset + start, length >>> 2);
