import { integerLength, writeInteger } from '../../resp/number.ts';

const HALF = 2 ** 32;
const MAX_HALF = HALF - 1;
/** High halves below this make numbers that a double holds exactly. */
const SAFE_HIGH = 2 ** 21;
const DASH = 45;

/** Words that an id takes. */
export const ID_WORDS = 4;
/** Bytes of an id in big-endian order, by which ids sort as bytes. */
export const ID_BYTES = 16;
/** The longest id in text: two numbers of twenty digits and the dash between. */
export const ID_TEXT_BYTES = 41;

/**
 * The id of a stream's entry: two unsigned 64-bit numbers, milliseconds and sequence number, each in two halves of
 * 32 bits, so that no arithmetic on ids allocates. Mutable: whoever keeps one copies it.
 */
export class StreamId {
  msHigh = 0;
  msLow = 0;
  sequenceHigh = 0;
  sequenceLow = 0;

  set(msHigh: number, msLow: number, sequenceHigh: number, sequenceLow: number): this {
    this.msHigh = msHigh;
    this.msLow = msLow;
    this.sequenceHigh = sequenceHigh;
    this.sequenceLow = sequenceLow;
    return this;
  }

  copy(other: StreamId): this {
    return this.set(other.msHigh, other.msLow, other.sequenceHigh, other.sequenceLow);
  }

  /** The least id, 0-0. */
  setLeast(): this {
    return this.set(0, 0, 0, 0);
  }

  setGreatest(): this {
    return this.set(MAX_HALF, MAX_HALF, MAX_HALF, MAX_HALF);
  }

  /** Sets the milliseconds; a number must be a safe integer that is not negative. */
  setMs(ms: number | bigint): this {
    this.msHigh = highHalf(ms);
    this.msLow = lowHalf(ms);
    return this;
  }

  /** As {@link setMs}. */
  setSequence(sequence: number | bigint): this {
    this.sequenceHigh = highHalf(sequence);
    this.sequenceLow = lowHalf(sequence);
    return this;
  }

  /** Sets the milliseconds to those of another id and so many more, modulo 2^64. */
  offsetMs(from: StreamId, difference: number | bigint): void {
    if (typeof difference === 'bigint') {
      this.setMs(BigInt.asUintN(64, join(from.msHigh, from.msLow) + difference));
      return;
    }
    const low = from.msLow + difference;
    this.msLow = low >>> 0;
    this.msHigh = (from.msHigh + Math.floor(low / HALF)) >>> 0;
  }

  /** As {@link offsetMs}. */
  offsetSequence(from: StreamId, difference: number | bigint): void {
    if (typeof difference === 'bigint') {
      this.setSequence(BigInt.asUintN(64, join(from.sequenceHigh, from.sequenceLow) + difference));
      return;
    }
    const low = from.sequenceLow + difference;
    this.sequenceLow = low >>> 0;
    this.sequenceHigh = (from.sequenceHigh + Math.floor(low / HALF)) >>> 0;
  }

  /** Milliseconds by which this id is behind another, modulo 2^64, as a signed number of 64 bits. */
  msBehind(from: StreamId): number | bigint {
    return difference(this.msHigh, this.msLow, from.msHigh, from.msLow);
  }

  /** As {@link msBehind}. */
  sequenceBehind(from: StreamId): number | bigint {
    return difference(this.sequenceHigh, this.sequenceLow, from.sequenceHigh, from.sequenceLow);
  }

  /** Milliseconds, rounded beyond 2^53. */
  get ms(): number {
    return this.msHigh * HALF + this.msLow;
  }

  get isLeast(): boolean {
    return (this.msHigh | this.msLow | this.sequenceHigh | this.sequenceLow) === 0;
  }

  get isGreatest(): boolean {
    return (this.msHigh & this.msLow & this.sequenceHigh & this.sequenceLow) === -1;
  }

  /** Below zero, zero or above it, as this id is less than, the same as or greater than the other. */
  compare(other: StreamId): number {
    return (
      this.msHigh - other.msHigh ||
      this.msLow - other.msLow ||
      this.sequenceHigh - other.sequenceHigh ||
      this.sequenceLow - other.sequenceLow
    );
  }

  /** Becomes the next id. @returns false, the id being the least now, if it was the greatest. */
  increment(): boolean {
    if (this.incrementSequence()) return true;
    this.msLow = this.msLow === MAX_HALF ? 0 : this.msLow + 1;
    if (this.msLow > 0) return true;
    this.msHigh = this.msHigh === MAX_HALF ? 0 : this.msHigh + 1;
    return this.msHigh > 0;
  }

  /** Becomes the next id of the same millisecond. @returns false, the sequence number being 0 now, if it was the last. */
  incrementSequence(): boolean {
    this.sequenceLow = this.sequenceLow === MAX_HALF ? 0 : this.sequenceLow + 1;
    if (this.sequenceLow > 0) return true;
    this.sequenceHigh = this.sequenceHigh === MAX_HALF ? 0 : this.sequenceHigh + 1;
    return this.sequenceHigh > 0;
  }

  /** Becomes the id before. @returns false, the id being the greatest now, if it was the least. */
  decrement(): boolean {
    if (this.sequenceLow-- > 0) return true;
    this.sequenceLow = MAX_HALF;
    if (this.sequenceHigh-- > 0) return true;
    this.sequenceHigh = MAX_HALF;
    if (this.msLow-- > 0) return true;
    this.msLow = MAX_HALF;
    if (this.msHigh-- > 0) return true;
    this.msHigh = MAX_HALF;
    return false;
  }

  /** Takes the id that lies in four words, the most significant first. */
  read(words: Uint32Array, at: number): this {
    return this.set(words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!);
  }

  write(words: Uint32Array, at: number): void {
    words[at] = this.msHigh;
    words[at + 1] = this.msLow;
    words[at + 2] = this.sequenceHigh;
    words[at + 3] = this.sequenceLow;
  }

  /** Compares with an id as {@link write} has left it; as {@link compare}. */
  compareWords(words: Uint32Array, at: number): number {
    return (
      this.msHigh - words[at]! ||
      this.msLow - words[at + 1]! ||
      this.sequenceHigh - words[at + 2]! ||
      this.sequenceLow - words[at + 3]!
    );
  }

  /** Number of big-endian bytes at the beginning that are those of an id in words. */
  commonBytes(words: Uint32Array, at: number): number {
    if (this.msHigh !== words[at]) return equalBytes(this.msHigh, words[at]!);
    if (this.msLow !== words[at + 1]) return 4 + equalBytes(this.msLow, words[at + 1]!);
    if (this.sequenceHigh !== words[at + 2]) return 8 + equalBytes(this.sequenceHigh, words[at + 2]!);
    return 12 + equalBytes(this.sequenceLow, words[at + 3]!);
  }

  /** Makes all but the first `count` big-endian bytes zero. */
  clearFrom(count: number): this {
    return this.set(
      cleared(this.msHigh, count),
      cleared(this.msLow, count - 4),
      cleared(this.sequenceHigh, count - 8),
      cleared(this.sequenceLow, count - 12),
    );
  }

  /** As {@link clearFrom}, but makes them 255. */
  fillFrom(count: number): this {
    return this.set(
      filled(this.msHigh, count),
      filled(this.msLow, count - 4),
      filled(this.sequenceHigh, count - 8),
      filled(this.sequenceLow, count - 12),
    );
  }

  /** Takes the id that lies in {@link ID_BYTES} big-endian bytes. */
  readBytes(bytes: Uint8Array, at: number): this {
    return this.set(halfAt(bytes, at), halfAt(bytes, at + 4), halfAt(bytes, at + 8), halfAt(bytes, at + 12));
  }

  writeBytes(bytes: Uint8Array, at: number): void {
    putHalf(this.msHigh, bytes, at);
    putHalf(this.msLow, bytes, at + 4);
    putHalf(this.sequenceHigh, bytes, at + 8);
    putHalf(this.sequenceLow, bytes, at + 12);
  }

  /** Writes `<ms>-<sequence>` to `bytes[at..]`, {@link ID_TEXT_BYTES} at the most. @returns where it ends. */
  writeText(bytes: Uint8Array, at: number): number {
    const dash = writeUnsigned(this.msHigh, this.msLow, bytes, at);
    bytes[dash] = DASH;
    return writeUnsigned(this.sequenceHigh, this.sequenceLow, bytes, dash + 1);
  }
}

const highHalf = (value: number | bigint): number =>
  typeof value === 'bigint' ? Number(value >> 32n) : Math.floor(value / HALF);

const lowHalf = (value: number | bigint): number =>
  typeof value === 'bigint' ? Number(value & 0xffffffffn) : value % HALF;

const join = (high: number, low: number): bigint => (BigInt(high) << 32n) | BigInt(low);

const difference = (high: number, low: number, fromHigh: number, fromLow: number): number | bigint => {
  const value = (high - fromHigh) * HALF + (low - fromLow);
  if (Number.isSafeInteger(value)) return value;
  return BigInt.asIntN(64, join(high, low) - join(fromHigh, fromLow));
};

/** Bytes at the beginning of two halves that are the same. */
const equalBytes = (half: number, other: number): number => Math.clz32(half ^ other) >>> 3;

/** Bits of a half behind its first `count` bytes. */
const bitsBehind = (count: number): number => (count >= 4 ? 0 : MAX_HALF >>> (8 * Math.max(count, 0)));

const cleared = (half: number, count: number): number => (half & ~bitsBehind(count)) >>> 0;

const filled = (half: number, count: number): number => (half | bitsBehind(count)) >>> 0;

const halfAt = (bytes: Uint8Array, at: number): number =>
  ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;

const putHalf = (half: number, bytes: Uint8Array, at: number): void => {
  bytes[at] = half >>> 24;
  bytes[at + 1] = half >>> 16;
  bytes[at + 2] = half >>> 8;
  bytes[at + 3] = half;
};

const writeUnsigned = (high: number, low: number, bytes: Uint8Array, at: number): number => {
  if (high < SAFE_HIGH) {
    const value = high * HALF + low;
    const length = integerLength(value);
    writeInteger(value, length, bytes, at);
    return at + length;
  }
  const text = join(high, low).toString();
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
  return at + text.length;
};
