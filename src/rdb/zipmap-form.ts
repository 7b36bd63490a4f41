import type { ByteSlice } from '../memory/byte-slice.ts';
import { uint32At } from '../memory/little-endian.ts';
import { check } from './bad-payload.ts';
import type { RdbText, TextSource } from './rdb-text.ts';

const END = 0xff;
/** First byte of a length that takes four more. */
const LONG_LENGTH = 254;
const MAX_COUNT = 254;

/**
 * Walks over a zipmap, in which Redis before 2.6 kept small hashes: number of fields, then fields and values, each
 * with its length before it, and behind the length of a value how many bytes behind the value are unused.
 *
 * Source: https://github.com/redis/redis/blob/7.0/src/zipmap.c
 */
export class ZipmapWalk implements TextSource {
  readonly #bytes: Uint8Array;
  readonly #told: number;
  readonly #end: number;
  #at: number;
  #count = 0;
  /** A field was read, and its value comes next. */
  #isValue = false;

  /** @throws BadPayload */
  constructor({ bytes, start, length }: ByteSlice) {
    check(length >= 2);
    this.#bytes = bytes;
    this.#told = bytes[start]!;
    this.#at = start + 1;
    this.#end = start + length - 1;
    check(bytes[this.#end] === END);
  }

  next(into: RdbText): boolean {
    if (this.#isValue) return this.#value(into);
    if (this.#at === this.#end) {
      check(this.#told === this.#count || this.#told >= MAX_COUNT);
      return false;
    }
    this.#text(into, this.#length());
    this.#isValue = true;
    return true;
  }

  #value(into: RdbText): boolean {
    const length = this.#length();
    check(this.#at < this.#end);
    const unused = this.#bytes[this.#at++]!;
    this.#text(into, length);
    check(this.#at + unused <= this.#end);
    this.#at += unused;
    this.#count++;
    this.#isValue = false;
    return true;
  }

  #length(): number {
    check(this.#at < this.#end);
    const first = this.#bytes[this.#at++]!;
    if (first < LONG_LENGTH) return first;
    check(first === LONG_LENGTH && this.#at + 4 <= this.#end);
    this.#at += 4;
    return uint32At(this.#bytes, this.#at - 4);
  }

  #text(into: RdbText, length: number): void {
    check(this.#at + length <= this.#end);
    into.set(this.#bytes, this.#at, length);
    this.#at += length;
  }
}
