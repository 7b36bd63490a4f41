import { int32At } from '../../memory/little-endian.ts';

/** Redis's seed and multiplier of MurmurHash64A. */
const SEED_LOW = 0xadc83b19 | 0;
const FACTOR_LOW = 0x5bd1e995;
const FACTOR_HIGH = 0xc6a4a793 | 0;
/** The halves of {@link FACTOR_LOW}. */
const FACTOR_0 = FACTOR_LOW & 0xffff;
const FACTOR_1 = FACTOR_LOW >>> 16;

/** The low bits of the hash choose the register. */
export const INDEX_BITS = 14;
const INDEX_MASK = (1 << INDEX_BITS) - 1;
/** Bits of the low word behind those of the index. */
const LOW_BITS = 32 - INDEX_BITS;
/** One more than the number of hash bits behind those of the index: what a register says when all of them are zero. */
const MAX_COUNT = 64 - INDEX_BITS + 1;

/** The high word of the product of `low` and {@link FACTOR_LOW}, in arithmetic of 32 bits. */
const carried = (low: number): number => {
  const low0 = low & 0xffff;
  const low1 = low >>> 16;
  const middle = (Math.imul(low1, FACTOR_0) + (Math.imul(low0, FACTOR_0) >>> 16)) >>> 0;
  const other = (Math.imul(low0, FACTOR_1) + (middle & 0xffff)) >>> 0;
  return (Math.imul(low1, FACTOR_1) + (middle >>> 16) + (other >>> 16)) | 0;
};

/** The high word of the product of `high:low` and the factor. */
const highProduct = (high: number, low: number): number =>
  (carried(low) + Math.imul(high, FACTOR_LOW) + Math.imul(low, FACTOR_HIGH)) | 0;

/**
 * What an element says to a HyperLogLog, by the MurmurHash64A of its bytes: the index of its register (low
 * {@link INDEX_BITS} bits) and the least value of it (the bits above), which is one more than the zeros that begin the
 * rest of the hash, 1 to 51.
 */
export const observe = (bytes: Uint8Array, start: number, length: number): number => {
  let high = highProduct(0, length);
  let low = Math.imul(length, FACTOR_LOW) ^ SEED_LOW;
  const blocksEnd = start + (length & ~7);
  for (let at = start; at < blocksEnd; at += 8) {
    let blockLow = int32At(bytes, at);
    let blockHigh = highProduct(int32At(bytes, at + 4), blockLow);
    blockLow = Math.imul(blockLow, FACTOR_LOW) ^ (blockHigh >>> 15);
    blockHigh = highProduct(blockHigh, blockLow);
    low ^= Math.imul(blockLow, FACTOR_LOW);
    high = highProduct(high ^ blockHigh, low);
    low = Math.imul(low, FACTOR_LOW);
  }
  const rest = length & 7;
  if (rest > 0) {
    for (let i = 0; i < rest; i++) {
      if (i < 4) low ^= bytes[blocksEnd + i]! << (i * 8);
      else high ^= bytes[blocksEnd + i]! << (i * 8 - 32);
    }
    high = highProduct(high, low);
    low = Math.imul(low, FACTOR_LOW);
  }
  low ^= high >>> 15;
  high = highProduct(high, low);
  low = Math.imul(low, FACTOR_LOW);
  low ^= high >>> 15;
  return (low & INDEX_MASK) | (leadingCount(high, low >>> INDEX_BITS) << INDEX_BITS);
};

/** One more than the number of zeros below the lowest bit of `high` and the {@link LOW_BITS} bits of `low`. */
const leadingCount = (high: number, low: number): number => {
  if (low !== 0) return trailingZeros(low) + 1;
  return high === 0 ? MAX_COUNT : trailingZeros(high) + LOW_BITS + 1;
};

const trailingZeros = (word: number): number => 31 - Math.clz32(word & -word);
