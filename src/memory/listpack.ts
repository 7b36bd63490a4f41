import { integerLength, writeInteger } from '../resp/number.ts';
import type { ByteSlice } from './byte-slice.ts';
import { int32At, uint32At } from './little-endian.ts';

/**
 * Elements one behind the other in Redis's listpack encoding: a header that says what follows, the content, and the
 * length of both once more, so that they can be walked backwards. Text that is a 64-bit integer in its shortest decimal
 * form is kept as that integer, in 1 to 9 bytes. One text has one encoding, so elements are compared without decoding.
 *
 *     0vvvvvvv                        integer 0 to 127
 *     10llllll text                   text of up to 63 bytes
 *     110vvvvv vvvvvvvv               integer of 13 bits, signed
 *     1110llll llllllll text          text of up to 4095 bytes
 *     11110000 l×4 (little-endian)    text of up to 2^32 - 1 bytes
 *     11110001 … 11110100 v×2,3,4,8   integer of 16, 24, 32 or 64 bits, little-endian
 *
 * Source: https://github.com/antirez/listpack/blob/master/listpack.md
 */
export const INTEGER_16 = 0xf1;
export const INTEGER_24 = 0xf2;
export const INTEGER_32 = 0xf3;
export const INTEGER_64 = 0xf4;
export const LONG_TEXT = 0xf0;
/** The byte behind the last element, in a listpack that travels (DUMP). */
export const END_OF_LISTPACK = 0xff;

/** The longest decimal form of a 64-bit integer, in bytes. */
const MAX_DIGITS = 20;

/** Bytes that say how long an element of so many bytes is, at its end. */
export const backBytes = (length: number): number => {
  if (length < 128) return 1;
  if (length < 16384) return 2;
  if (length < 2097152) return 3;
  return length < 268435456 ? 4 : 5;
};

/** Writes an element's length behind it. @returns the offset behind. */
export const writeBack = (length: number, bytes: Uint8Array, at: number): number => {
  const count = backBytes(length);
  let rest = length;
  for (let i = at + count - 1; i >= at; i--) {
    bytes[i] = i === at ? rest & 127 : (rest & 127) | 128;
    rest >>>= 7;
  }
  return at + count;
};

/** Bytes of an element's header and content. */
export const bodyBytes = (bytes: Uint8Array, at: number): number => {
  const head = bytes[at]!;
  if (head < 0x80) return 1;
  if (head < 0xc0) return 1 + (head & 63);
  if (head < 0xe0) return 2;
  if (head < 0xf0) return 2 + (((head & 15) << 8) | bytes[at + 1]!);
  if (head === LONG_TEXT) return 5 + longLength(bytes, at);
  if (head === INTEGER_64) return 9;
  return head - INTEGER_16 + 3;
};

/** Offset of the element behind the one at `at`. */
export const nextElement = (bytes: Uint8Array, at: number): number => {
  const head = bytes[at]!;
  if (head < 0x80) return at + 2;
  if (head < 0xc0) return at + 2 + (head & 63);
  const body = bodyBytes(bytes, at);
  return at + body + backBytes(body);
};

/** Offset of the element that ends where another, or the end, begins. */
export const previousElement = (bytes: Uint8Array, end: number): number => {
  let at = end - 1;
  let length = bytes[at]! & 127;
  for (let shift = 7; (bytes[at]! & 128) !== 0; shift += 7) {
    at--;
    length += (bytes[at]! & 127) * 2 ** shift;
  }
  return at - length;
};

/** Offset of the element `count` elements behind the one at `at`. */
export const skipElements = (bytes: Uint8Array, at: number, count: number): number => {
  let offset = at;
  for (let left = count; left > 0; left--) offset = nextElement(bytes, offset);
  return offset;
};

/** True if the element is kept as an integer. */
export const isInteger = (bytes: Uint8Array, at: number): boolean => {
  const head = bytes[at]!;
  return head < 0x80 || (head >= 0xc0 && head < 0xe0) || head > LONG_TEXT;
};

/** Value of an element that is kept as an integer, rounded beyond 2^53. */
export const integerAt = (bytes: Uint8Array, at: number): number => {
  const head = bytes[at]!;
  if (head < 0x80) return head;
  if (head < 0xe0) return ((((head & 31) << 8) | bytes[at + 1]!) << 19) >> 19;
  if (head === INTEGER_16) return ((bytes[at + 1]! | (bytes[at + 2]! << 8)) << 16) >> 16;
  if (head === INTEGER_24)
    return ((bytes[at + 1]! | (bytes[at + 2]! << 8) | (bytes[at + 3]! << 16)) << 8) >> 8;
  if (head === INTEGER_32) return int32At(bytes, at + 1);
  return int32At(bytes, at + 5) * 2 ** 32 + uint32At(bytes, at + 1);
};

/** As {@link integerAt}, but exact. */
export const integer64At = (bytes: Uint8Array, at: number): bigint =>
  bytes[at] === INTEGER_64
    ? (BigInt(int32At(bytes, at + 5)) << 32n) | BigInt(uint32At(bytes, at + 1))
    : BigInt(integerAt(bytes, at));

const longLength = (bytes: Uint8Array, at: number): number => uint32At(bytes, at + 1);

/** Where the text of an element is. One of these is reused for every look. */
export class ElementView implements ByteSlice {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  length = 0;
  readonly #digits = new Uint8Array(MAX_DIGITS);

  /**
   * Looks at the element at `at`; the digits of an integer are valid until the next look.
   * @returns the offset of the next element.
   */
  read(bytes: Uint8Array, at: number): number {
    const head = bytes[at]!;
    if (head >= 0x80 && head < 0xc0) {
      this.bytes = bytes;
      this.start = at + 1;
      this.length = head & 63;
      return at + 2 + this.length;
    }
    if (isInteger(bytes, at)) this.#readInteger(bytes, at);
    else this.#readText(bytes, at, head === LONG_TEXT ? 5 : 2);
    return nextElement(bytes, at);
  }

  #readText(bytes: Uint8Array, at: number, headBytes: number): void {
    this.bytes = bytes;
    this.start = at + headBytes;
    this.length = bodyBytes(bytes, at) - headBytes;
  }

  #readInteger(bytes: Uint8Array, at: number): void {
    this.bytes = this.#digits;
    this.start = 0;
    const value = integerAt(bytes, at);
    if (Number.isSafeInteger(value)) {
      this.length = integerLength(value);
      writeInteger(value, this.length, this.#digits, 0);
      return;
    }
    const text = String(integer64At(bytes, at));
    this.length = text.length;
    for (let i = 0; i < text.length; i++) this.#digits[i] = text.charCodeAt(i);
  }
}
