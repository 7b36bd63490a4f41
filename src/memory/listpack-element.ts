import { parseInteger, parseInteger64 } from '../resp/number.ts';
import { copyBytes } from './copy-bytes.ts';
import {
  backBytes,
  INTEGER_16,
  INTEGER_24,
  INTEGER_32,
  INTEGER_64,
  LONG_TEXT,
  nextElement,
  writeBack,
} from './listpack.ts';

const NOTHING = new Uint8Array(0);
const MINUS = 45;
const ZERO = 48;
const NINE = 57;
const MAX_DIGITS = 20;
/** Integers of so many characters are exact as doubles. */
const SAFE_DIGITS = 15;
const MAX_HEAD = 9;

/** A text as a listpack would hold it, to be written there or looked for. One of these is reused for every text. */
export class ListpackElement {
  /** Bytes that the element takes, with what stands behind it. */
  size = 0;

  /** Header, and the whole content of an integer. */
  readonly #head = new Uint8Array(MAX_HEAD);
  #headBytes = 0;
  /** The content of a text: where it lies. */
  #source: Uint8Array = NOTHING;
  #start = 0;
  #length = 0;

  /**
   * Takes the text `source[start..start + length)`, which stays where it is.
   * @returns {@link size}
   */
  take(source: Uint8Array, start: number, length: number): number {
    if (!this.#takeDigits(source, start, length)) this.takeText(source, start, length);
    return this.size;
  }

  /** As {@link take}, but keeps it as text even if it looks like an integer. */
  takeText(source: Uint8Array, start: number, length: number): void {
    this.#source = source;
    this.#start = start;
    this.#length = length;
    const head = this.#head;
    if (length < 64) {
      head[0] = 0x80 | length;
      this.#headBytes = 1;
    } else if (length < 4096) {
      head[0] = 0xe0 | (length >>> 8);
      head[1] = length & 0xff;
      this.#headBytes = 2;
    } else {
      head[0] = LONG_TEXT;
      this.#putWord(length, 1, 4);
      this.#headBytes = 5;
    }
    const body = this.#headBytes + length;
    this.size = body + backBytes(body);
  }

  /** Takes an integer; a double must be a safe one. @returns {@link size} */
  takeInteger(value: number | bigint): number {
    this.#source = NOTHING;
    this.#length = 0;
    if (typeof value === 'bigint') this.#putBig(value);
    else this.#putInteger(value);
    this.size = this.#headBytes + 1;
    return this.size;
  }

  /** Writes the element at `at`, where there must be room. @returns the offset behind it. */
  write(to: Uint8Array, at: number): number {
    if (this.#headBytes === 1 && this.#length > 0) return this.#writeShort(to, at);
    for (let i = 0; i < this.#headBytes; i++) to[at + i] = this.#head[i]!;
    const content = at + this.#headBytes;
    copyBytes(this.#source, this.#start, this.#length, to, content);
    return writeBack(this.#headBytes + this.#length, to, content + this.#length);
  }

  /** As {@link write}, for a text of up to 63 bytes, as nearly all are. */
  #writeShort(to: Uint8Array, at: number): number {
    const source = this.#source;
    const length = this.#length;
    let from = this.#start;
    let offset = at;
    to[offset++] = this.#head[0]!;
    for (const end = offset + length; offset < end; ) to[offset++] = source[from++]!;
    to[offset++] = length + 1;
    return offset;
  }

  /** True if the element at `at` is this one. */
  isAt(bytes: Uint8Array, at: number): boolean {
    if (bytes[at] !== this.#head[0]) return false;
    for (let i = 1; i < this.#headBytes; i++) if (bytes[at + i] !== this.#head[i]) return false;
    const source = this.#source;
    const start = this.#start;
    const content = at + this.#headBytes;
    for (let i = 0; i < this.#length; i++) if (bytes[content + i] !== source[start + i]) return false;
    return true;
  }

  /** Offset of the first such element among every `stride`th from `from` on; -1 if there is none before `end`. */
  find(bytes: Uint8Array, from: number, end: number, stride: number): number {
    const head = this.#head[0]!;
    // Texts that begin alike are common: the last byte tells them apart sooner than the first.
    const last = this.#headBytes + this.#length - 1;
    const lastByte = this.#length > 0 ? this.#source[this.#start + this.#length - 1]! : this.#head[last]!;
    let at = from;
    let skip = 0;
    while (at < end) {
      const found = bytes[at]!;
      if (skip === 0) {
        if (found === head && bytes[at + last] === lastByte && this.isAt(bytes, at)) return at;
        skip = stride;
      }
      skip--;
      if (found < 0x80) at += 2;
      else if (found < 0xc0) at += 2 + (found & 63);
      else at = nextElement(bytes, at);
    }
    return -1;
  }

  /** @returns false if the text is no integer in its shortest form. */
  #takeDigits(source: Uint8Array, start: number, length: number): boolean {
    if (length === 0 || length > MAX_DIGITS) return false;
    const first = source[start]!;
    const last = source[start + length - 1]!;
    if (last < ZERO || last > NINE || ((first < ZERO || first > NINE) && first !== MINUS)) return false;
    if (length <= SAFE_DIGITS) {
      const value = parseInteger(source, start, length);
      if (Number.isNaN(value)) return false;
      this.takeInteger(value);
      return true;
    }
    const value = parseInteger64(source, start, length);
    if (value === undefined) return false;
    this.takeInteger(value);
    return true;
  }

  #putInteger(value: number): void {
    const head = this.#head;
    if (value >= 0 && value < 128) {
      head[0] = value;
      this.#headBytes = 1;
    } else if (value >= -4096 && value < 4096) {
      head[0] = 0xc0 | ((value >> 8) & 31);
      head[1] = value & 0xff;
      this.#headBytes = 2;
    } else if (value >= -32768 && value < 32768) this.#putSized(INTEGER_16, value, 2);
    else if (value >= -8388608 && value < 8388608) this.#putSized(INTEGER_24, value, 3);
    else if (value >= -2147483648 && value < 2147483648) this.#putSized(INTEGER_32, value, 4);
    else {
      this.#putSized(INTEGER_64, value % 2 ** 32, 4);
      this.#putWord(Math.floor(value / 2 ** 32), 5, 4);
      this.#headBytes = 9;
    }
  }

  #putBig(value: bigint): void {
    const double = Number(value);
    if (Number.isSafeInteger(double)) return this.#putInteger(double);
    this.#putSized(INTEGER_64, Number(BigInt.asIntN(32, value)), 4);
    this.#putWord(Number(value >> 32n), 5, 4);
    this.#headBytes = 9;
  }

  #putSized(kind: number, value: number, count: number): void {
    this.#head[0] = kind;
    this.#putWord(value, 1, count);
    this.#headBytes = 1 + count;
  }

  /** The low bytes of an integer, little-endian. */
  #putWord(value: number, at: number, count: number): void {
    for (let i = 0; i < count; i++) this.#head[at + i] = (value >> (8 * i)) & 0xff;
  }
}
