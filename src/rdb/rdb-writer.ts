import { END_OF_LISTPACK } from '../memory/listpack.ts';
import { ByteWriter } from '../resp/byte-writer.ts';
import { parseInteger } from '../resp/number.ts';
import { crc64 } from './crc64.ts';
import { LISTPACK_HEADER } from './listpack-form.ts';
import { compress } from './lzf.ts';
import {
  ENCODED_INT8,
  ENCODED_INT16,
  ENCODED_INT32,
  ENCODED_LZF,
  LENGTH_14_BITS,
  LENGTH_32_BITS,
  LENGTH_64_BITS,
  LENGTH_ENCODED,
} from './rdb-types.ts';

/** No 32-bit integer is longer in decimal. */
const MAX_DIGITS = 11;
/** Shorter texts are not worth packing, nor is what saves less than {@link LEAST_SAVED}. */
const LEAST_PACKED = 21;
const LEAST_SAVED = 4;
/** The number of elements that says: to be counted. */
const MANY_ELEMENTS = 0xffff;

/** Writes what RDB is made of, as Redis 7.0 does. */
export class RdbWriter extends ByteWriter {
  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** A length, or a safe integer from 0 on in the form of one. */
  count(value: number): void {
    if (value < 64) return this.byte(value);
    if (value < 16384) {
      this.byte((LENGTH_14_BITS << 6) | (value >>> 8));
      return this.byte(value & 0xff);
    }
    if (value >= 2 ** 32) return this.count64(BigInt(value));
    this.byte(LENGTH_32_BITS);
    this.reserve(4);
    this.length = this.bytes.writeUInt32BE(value, this.length);
  }

  /** As {@link count}, for an unsigned integer of 64 bits. */
  count64(value: bigint): void {
    if (value < 2n ** 32n) return this.count(Number(value));
    this.byte(LENGTH_64_BITS);
    this.reserve(8);
    this.length = this.bytes.writeBigUInt64BE(value, this.length);
  }

  /** As {@link count}, for an integer of 64 bits in two halves. */
  countHalves(high: number, low: number): void {
    if (high === 0) return this.count(low);
    this.byte(LENGTH_64_BITS);
    this.reserve(8);
    this.bytes.writeUInt32BE(high, this.length);
    this.length = this.bytes.writeUInt32BE(low, this.length + 4);
  }

  /** Unix milliseconds. */
  milliseconds(value: number): void {
    this.reserve(8);
    this.length = this.bytes.writeBigInt64LE(BigInt(Math.floor(value)), this.length);
  }

  /** A double in 8 bytes. */
  double(value: number): void {
    this.reserve(8);
    this.length = this.bytes.writeDoubleLE(value, this.length);
  }

  /** The text `source[start..start + length)`: as an integer if it is one, packed if that makes it shorter. */
  text(source: Uint8Array, start: number, length: number): void {
    if (length <= MAX_DIGITS && this.#integer(parseInteger(source, start, length))) return;
    if (length >= LEAST_PACKED && this.#packed(source, start, length)) return;
    this.count(length);
    this.raw(source, start, length);
  }

  /** A listpack of so many elements, `source[start..start + length)`. */
  listpack(source: Uint8Array, start: number, length: number, elements: number): void {
    const whole = Buffer.alloc(LISTPACK_HEADER + length + 1);
    whole.writeUInt32LE(whole.length, 0);
    whole.writeUInt16LE(Math.min(elements, MANY_ELEMENTS), 4);
    whole.set(source.subarray(start, start + length), LISTPACK_HEADER);
    whole[whole.length - 1] = END_OF_LISTPACK;
    this.text(whole, 0, whole.length);
  }

  /** Ends a payload that begins at `mark`: version and checksum. */
  seal(mark: number, version: number): void {
    this.reserve(10);
    this.length = this.bytes.writeUInt16LE(version, this.length);
    this.raw(crc64(this.bytes, mark, this.length), 0, 8);
  }

  /** @returns false if it is no number of at most 32 bits */
  #integer(value: number): boolean {
    this.reserve(5);
    if (value === (value << 24) >> 24) {
      this.byte((LENGTH_ENCODED << 6) | ENCODED_INT8);
      this.length = this.bytes.writeInt8(value, this.length);
    } else if (value === (value << 16) >> 16) {
      this.byte((LENGTH_ENCODED << 6) | ENCODED_INT16);
      this.length = this.bytes.writeInt16LE(value, this.length);
    } else if (value === (value | 0)) {
      this.byte((LENGTH_ENCODED << 6) | ENCODED_INT32);
      this.length = this.bytes.writeInt32LE(value, this.length);
    } else return false;
    return true;
  }

  /** @returns false if nothing would be saved */
  #packed(source: Uint8Array, start: number, length: number): boolean {
    const target = Buffer.allocUnsafe(length - LEAST_SAVED);
    const packed = compress(source, start, length, target);
    if (packed === 0) return false;
    this.byte((LENGTH_ENCODED << 6) | ENCODED_LZF);
    this.count(packed);
    this.count(length);
    this.raw(target, 0, packed);
    return true;
  }
}
