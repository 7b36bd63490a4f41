import { check } from './bad-payload.ts';
import { decompress } from './lzf.ts';
import type { RdbText, TextSource } from './rdb-text.ts';
import {
  ENCODED_INT8,
  ENCODED_INT16,
  ENCODED_INT32,
  ENCODED_LZF,
  LENGTH_6_BITS,
  LENGTH_14_BITS,
  LENGTH_32_BITS,
  LENGTH_64_BITS,
  LENGTH_ENCODED,
} from './rdb-types.ts';
import { ID_BYTES, type Id, idAt } from './stream-id-form.ts';

const INFINITY_TEXT = 254;
const MINUS_INFINITY_TEXT = 255;
const NOT_A_NUMBER_TEXT = 253;

/** Reads what RDB is made of from the front of a payload. Every method throws BadPayload where the bytes end or err. */
export class RdbReader {
  readonly bytes: Buffer;
  /** The next byte to be read. */
  at: number;
  readonly #end: number;

  /** Of `bytes[start..end)`. */
  constructor(bytes: Uint8Array, start: number, end: number) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.at = start;
    this.#end = end;
  }

  /** Bytes that are left. */
  get left(): number {
    return this.#end - this.at;
  }

  byte(): number {
    return this.bytes[this.skip(1)]!;
  }

  /** Goes over `count` bytes. @returns where they begin */
  skip(count: number): number {
    check(count <= this.left);
    const at = this.at;
    this.at += count;
    return at;
  }

  /** A reader of the same bytes that begins elsewhere. */
  from(at: number): RdbReader {
    return new RdbReader(this.bytes, at, this.#end);
  }

  /** A length below 2^53. */
  length(): number {
    const first = this.byte();
    const kind = first >>> 6;
    if (kind === LENGTH_6_BITS) return first & 63;
    if (kind === LENGTH_14_BITS) return ((first & 63) << 8) | this.byte();
    if (first === LENGTH_32_BITS) return this.bytes.readUInt32BE(this.skip(4));
    check(first === LENGTH_64_BITS);
    const at = this.skip(8);
    const length = this.bytes.readUInt32BE(at) * 2 ** 32 + this.bytes.readUInt32BE(at + 4);
    check(Number.isSafeInteger(length));
    return length;
  }

  /** A number of elements, each of which takes at least `leastBytes`: no more than can follow. */
  count(leastBytes: number): number {
    const count = this.length();
    check(count * leastBytes <= this.left);
    return count;
  }

  /** A number of 64 bits in the form of a length. */
  length64(): bigint {
    if (this.left < 9 || this.bytes[this.at] !== LENGTH_64_BITS) return BigInt(this.length());
    return this.bytes.readBigUInt64BE(this.skip(9) + 1);
  }

  /** The id of a stream's entry that comes next; it is not passed over. */
  peekId(): Id {
    check(this.left >= ID_BYTES);
    return idAt(this.bytes, this.at);
  }

  /** Unix milliseconds. */
  milliseconds(): number {
    return Number(this.bytes.readBigInt64LE(this.skip(8)));
  }

  /** A double in 8 bytes. */
  double(): number {
    return this.bytes.readDoubleLE(this.skip(8));
  }

  /** A double as text, as it was written before there was anything better. */
  textDouble(): number {
    const length = this.byte();
    if (length === NOT_A_NUMBER_TEXT) return Number.NaN;
    if (length === INFINITY_TEXT) return Infinity;
    if (length === MINUS_INFINITY_TEXT) return -Infinity;
    const at = this.skip(length);
    const text = this.bytes.toString('latin1', at, at + length);
    check(/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text));
    return Number(text);
  }

  /** Reads a text. */
  text(into: RdbText): void {
    const first = this.left > 0 ? this.bytes[this.at]! : 0;
    if (first >>> 6 !== LENGTH_ENCODED) {
      const length = this.length();
      into.set(this.bytes, this.skip(length), length);
      return;
    }
    this.at++;
    const encoding = first & 63;
    if (encoding === ENCODED_INT8) into.setInteger(this.bytes.readInt8(this.skip(1)));
    else if (encoding === ENCODED_INT16) into.setInteger(this.bytes.readInt16LE(this.skip(2)));
    else if (encoding === ENCODED_INT32) into.setInteger(this.bytes.readInt32LE(this.skip(4)));
    else this.#packedText(encoding, into);
  }

  #packedText(encoding: number, into: RdbText): void {
    check(encoding === ENCODED_LZF);
    const packed = this.length();
    const length = this.length();
    into.set(decompress(this.bytes, this.skip(packed), packed, length), 0, length);
  }
}

/** As many texts as are told, one behind the other. */
export class PlainTexts implements TextSource {
  readonly #reader: RdbReader;
  #left: number;

  /** @param perElement texts that make up one element of those that are counted. */
  constructor(reader: RdbReader, perElement: number) {
    this.#reader = reader;
    this.#left = reader.count(perElement) * perElement;
  }

  next(into: RdbText): boolean {
    if (this.#left === 0) return false;
    this.#left--;
    this.#reader.text(into);
    return true;
  }
}
