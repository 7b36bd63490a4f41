import { integerLength, parseInteger, writeInteger } from '../resp/number.ts';

const MINUS = 45;
const ZERO = 48;
/** Integers of so many characters are exact as doubles. */
const SAFE_DIGITS = 15;
/** The longest decimal form of a 64-bit integer, its sign included. */
export const MAX_INT64_DIGITS = 20;
const WORD = 2 ** 32;
const SIGN_BIT = 2 ** 31;

/** A signed integer of 64 bits in two words, so that none need be allocated. One of these is reused for every value. */
export class Int64 {
  /** The upper half, signed. */
  high = 0;
  /** The lower half, as a signed word. */
  low = 0;

  /** Bytes that Redis's intset takes for the value: 2, 4 or 8. */
  get width(): number {
    const { high, low } = this;
    if (high !== low >> 31) return 8;
    return (low << 16) >> 16 === low ? 2 : 4;
  }

  set(high: number, low: number): void {
    this.high = high | 0;
    this.low = low | 0;
  }

  /**
   * Takes the integer that `bytes[start..start + length)` is in its shortest decimal form.
   * @returns false if it is none of 64 bits; the value is arbitrary then.
   */
  parse(bytes: Uint8Array, start: number, length: number): boolean {
    if (length === 0 || length > MAX_INT64_DIGITS) return false;
    const first = bytes[start]!;
    if (first > ZERO + 9 || (first < ZERO && first !== MINUS)) return false;
    if (length > SAFE_DIGITS) return this.#parseLong(bytes, start, length);
    const value = parseInteger(bytes, start, length);
    if (Number.isNaN(value)) return false;
    this.set(Math.floor(value / WORD), value);
    return true;
  }

  /** Writes the decimal form to `bytes[at..)`, where {@link MAX_INT64_DIGITS} must have room. @returns its length */
  write(bytes: Uint8Array, at: number): number {
    const value = this.high * WORD + (this.low >>> 0);
    if (Number.isSafeInteger(value)) {
      const length = integerLength(value);
      writeInteger(value, length, bytes, at);
      return length;
    }
    const text = String((BigInt(this.high) << 32n) | BigInt(this.low >>> 0));
    for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
    return text.length;
  }

  /** More digits than a double holds: magnitude in two words, a digit at a time. */
  #parseLong(bytes: Uint8Array, start: number, length: number): boolean {
    const negative = bytes[start] === MINUS;
    let at = negative ? start + 1 : start;
    if (bytes[at] === ZERO) return false;
    let high = 0;
    let low = 0;
    for (; at < start + length; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) return false;
      const sum = low * 10 + digit;
      low = sum % WORD;
      high = high * 10 + Math.floor(sum / WORD);
    }
    if (high > SIGN_BIT || (high === SIGN_BIT && (low !== 0 || !negative))) return false;
    if (negative) this.set(low === 0 ? -high : -high - 1, -low);
    else this.set(high, low);
    return true;
  }
}
