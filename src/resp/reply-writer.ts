import { ByteWriter } from './byte-writer.ts';
import { formatDouble } from './double.ts';
import { integerLength, writeInteger } from './number.ts';

const CR = 13;
const LF = 10;
const ZERO = 48;
const INTEGER = 58;
const BULK = 36;
const ARRAY = 42;
const MAP = 37;
const SET = 126;
const PUSH = 62;
const DOUBLE = 44;

/** More bytes than a header takes. */
const HEADER_ROOM = 24;
/** Up to this many bytes a loop beats the call that copies them (measured). */
const SHORT_BULK = 48;

const OK = Buffer.from('+OK\r\n');
const PONG = Buffer.from('+PONG\r\n');
const QUEUED = Buffer.from('+QUEUED\r\n');
const NULL = Buffer.from('_\r\n');
const NULL_BULK = Buffer.from('$-1\r\n');

/**
 * Writes replies one behind the other into one reused buffer. Handlers say what they mean (a map, a null, a double)
 * and only this class knows how RESP2 and RESP3 spell it.
 *
 * Source: https://redis.io/docs/latest/develop/reference/protocol-spec/
 */
export class ReplyWriter extends ByteWriter {
  /** 2 or 3: the protocol of the session that is being answered. */
  protocol = 2;

  ok(): void {
    this.raw(OK, 0, OK.length);
  }

  pong(): void {
    this.raw(PONG, 0, PONG.length);
  }

  queued(): void {
    this.raw(QUEUED, 0, QUEUED.length);
  }

  /** A status reply; `text` has no line end. */
  status(text: string): void {
    this.latin1(`+${text}\r\n`);
  }

  /** An error reply, code first: `ERR syntax error`; one character per byte. Line ends become spaces, as in Redis. */
  error(text: string): void {
    this.latin1(`-${text.replace(/[\r\n]/g, ' ')}\r\n`);
  }

  integer(value: number | bigint): void {
    if (typeof value === 'number' && value >= 0 && value <= 9) {
      this.reserve(4);
      const { bytes, length } = this;
      bytes[length] = INTEGER;
      bytes[length + 1] = ZERO + value;
      bytes[length + 2] = CR;
      bytes[length + 3] = LF;
      this.length = length + 4;
      return;
    }
    const double = Number(value);
    if (Number.isSafeInteger(double)) this.#header(INTEGER, double);
    else this.latin1(`:${value}\r\n`);
  }

  /** An integer whose digits are `source[start..start + length)`. */
  digits(source: Uint8Array, start: number, length: number): void {
    this.reserve(length + 3);
    this.bytes[this.length++] = INTEGER;
    this.raw(source, start, length);
    this.#lineEnd();
  }

  /** A boolean: `#t` in RESP3, 1 or 0 in RESP2. */
  boolean(value: boolean): void {
    if (this.protocol === 3) this.latin1(value ? '#t\r\n' : '#f\r\n');
    else this.integer(value ? 1 : 0);
  }

  /** A double: its own type in RESP3, a bulk string in RESP2. */
  double(value: number): void {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) return this.#wholeDouble(value);
    this.decimal(formatDouble(value));
  }

  /** A double that is spelled already, in ASCII. */
  decimal(text: string): void {
    const { length } = text;
    this.reserve(length + 16);
    if (this.protocol === 3) this.bytes[this.length++] = DOUBLE;
    else this.#header(BULK, length);
    for (let i = 0; i < length; i++) this.bytes[this.length + i] = text.charCodeAt(i);
    this.length += length;
    this.#lineEnd();
  }

  /** A double that is a safe integer, made no text of. */
  #wholeDouble(value: number): void {
    if (this.protocol === 3) return this.#header(DOUBLE, value);
    const length = integerLength(value);
    this.#header(BULK, length);
    this.reserve(length + 2);
    writeInteger(value, length, this.bytes, this.length);
    this.length += length;
    this.#lineEnd();
  }

  /** The null of a missing value. */
  null(): void {
    const bytes = this.protocol === 3 ? NULL : NULL_BULK;
    this.raw(bytes, 0, bytes.length);
  }

  /** The null of a missing array, which RESP2 spells differently. */
  nullArray(): void {
    this.latin1(this.protocol === 3 ? '_\r\n' : '*-1\r\n');
  }

  /** A bulk string: `source[start..start + length)`. */
  bulk(source: Uint8Array, start: number, length: number): void {
    this.reserve(length + 16);
    if (length > SHORT_BULK) {
      this.#header(BULK, length);
      this.raw(source, start, length);
      return this.#lineEnd();
    }
    // Most values are short: writing them in one go saves three checks for room and two calls.
    const { bytes } = this;
    let at = this.length;
    bytes[at++] = BULK;
    if (length > 9) bytes[at++] = ZERO + ((length / 10) | 0);
    bytes[at++] = ZERO + (length % 10);
    bytes[at++] = CR;
    bytes[at++] = LF;
    for (let i = 0; i < length; i++) bytes[at + i] = source[start + i]!;
    at += length;
    bytes[at] = CR;
    bytes[at + 1] = LF;
    this.length = at + 2;
  }

  /** A bulk string of UTF-8 text. */
  text(text: string): void {
    const length = Buffer.byteLength(text);
    this.reserve(length + 16);
    this.#header(BULK, length);
    this.bytes.write(text, this.length);
    this.length += length;
    this.#lineEnd();
  }

  /** Text for people: a verbatim string in RESP3 (format `txt`), a bulk string in RESP2. */
  verbatim(text: string): void {
    if (this.protocol !== 3) return this.text(text);
    const length = Buffer.byteLength(text);
    this.reserve(length + 24);
    this.latin1(`=${length + 4}\r\ntxt:`);
    this.bytes.write(text, this.length);
    this.length += length;
    this.#lineEnd();
  }

  /** Begins an array of `count` replies. */
  array(count: number): void {
    this.#header(ARRAY, count);
  }

  /** Begins a map of `count` pairs; in RESP2 an array of twice as many replies. */
  map(count: number): void {
    if (this.protocol === 3) this.#header(MAP, count);
    else this.#header(ARRAY, count * 2);
  }

  /** Begins a set of `count` replies; in RESP2 an array. */
  set(count: number): void {
    this.#header(this.protocol === 3 ? SET : ARRAY, count);
  }

  /** Begins an out-of-band message of `count` replies; in RESP2 an array. */
  push(count: number): void {
    this.#header(this.protocol === 3 ? PUSH : ARRAY, count);
  }

  /** Puts an array header before everything written behind `mark`: for replies whose count is known last. */
  arrayBefore(mark: number, count: number): void {
    const end = this.#openGap(mark, integerLength(count) + 3);
    this.array(count);
    this.length = end;
  }

  /** As {@link arrayBefore}, with the header of a set. */
  setBefore(mark: number, count: number): void {
    const end = this.#openGap(mark, integerLength(count) + 3);
    this.set(count);
    this.length = end;
  }

  /** As {@link arrayBefore}, with the header of a map of `count` pairs. */
  mapBefore(mark: number, count: number): void {
    const elements = this.protocol === 3 ? count : count * 2;
    const end = this.#openGap(mark, integerLength(elements) + 3);
    this.map(count);
    this.length = end;
  }

  /** Puts a bulk string before everything written behind `mark`. */
  bulkBefore(mark: number, source: Uint8Array, start: number, length: number): void {
    const end = this.#openGap(mark, integerLength(length) + length + 5);
    this.bulk(source, start, length);
    this.length = end;
  }

  /** Moves what was written behind `mark` on, to write before it. @returns where it ends now. */
  #openGap(mark: number, size: number): number {
    // What writes the header asks for more room than it needs.
    this.reserve(size + HEADER_ROOM);
    const end = this.length;
    this.bytes.copyWithin(mark + size, mark, end);
    this.length = mark;
    return end + size;
  }

  #lineEnd(): void {
    this.bytes[this.length] = CR;
    this.bytes[this.length + 1] = LF;
    this.length += 2;
  }

  /** `<type><count>\r\n` for a safe integer. */
  #header(type: number, count: number): void {
    this.reserve(HEADER_ROOM);
    const { bytes } = this;
    const at = this.length;
    const length = integerLength(count);
    bytes[at] = type;
    writeInteger(count, length, bytes, at + 1);
    bytes[at + length + 1] = CR;
    bytes[at + length + 2] = LF;
    this.length = at + length + 3;
  }
}
