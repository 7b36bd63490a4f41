import type { ByteSlice } from '../memory/byte-slice.ts';
import { uint32At } from '../memory/little-endian.ts';
import { check } from './bad-payload.ts';
import type { RdbText, TextSource } from './rdb-text.ts';

/** Bytes of the whole (u32), offset of the last entry (u32), number of entries (u16; 65535: to be counted). */
const HEADER = 10;
const END = 0xff;
const MAX_COUNT = 0xffff;
/** First byte of a previous entry's length that takes four more. */
const LONG_PREVIOUS = 254;

const INTEGER_8 = 0xfe;
const INTEGER_16 = 0xc0;
const INTEGER_24 = 0xf0;
const INTEGER_32 = 0xd0;
const INTEGER_64 = 0xe0;
const FIRST_IMMEDIATE = 0xf1;
const LAST_IMMEDIATE = 0xfd;

/**
 * Walks over a ziplist, which is what Redis before 7.0 kept small collections in: entries that begin with the length of
 * the one before. Each entry is checked when its turn comes.
 *
 * Source: https://github.com/redis/redis/blob/7.0/src/ziplist.c
 */
export class ZiplistWalk implements TextSource {
  readonly #bytes: Buffer;
  readonly #start: number;
  readonly #end: number;
  #at: number;
  #previous = 0;
  #count = 0;

  /** @throws BadPayload */
  constructor({ bytes, start, length }: ByteSlice) {
    check(length > HEADER);
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#start = start;
    this.#at = start + HEADER;
    this.#end = start + length - 1;
    check(uint32At(bytes, start) === length && bytes[this.#end] === END);
  }

  next(into: RdbText): boolean {
    const at = this.#at;
    if (at === this.#end) {
      this.#checkHeader();
      return false;
    }
    const contentAt = this.#checkPrevious(at);
    const next = this.#content(contentAt, into);
    this.#previous = next - at;
    this.#at = next;
    this.#count++;
    return true;
  }

  /** What the header says must be what was found. */
  #checkHeader(): void {
    const told = this.#bytes.readUInt16LE(this.#start + 8);
    check(told === this.#count || told === MAX_COUNT);
    const last = this.#at - this.#previous - this.#start;
    check(uint32At(this.#bytes, this.#start + 4) === (this.#count === 0 ? HEADER : last));
  }

  /** @returns the offset behind */
  #checkPrevious(at: number): number {
    const first = this.#bytes[at]!;
    if (first < LONG_PREVIOUS) {
      check(first === this.#previous);
      return at + 1;
    }
    check(first === LONG_PREVIOUS && at + 5 <= this.#end);
    check(uint32At(this.#bytes, at + 1) === this.#previous);
    return at + 5;
  }

  /** @returns the offset behind */
  #content(at: number, into: RdbText): number {
    check(at < this.#end);
    const head = this.#bytes[at]!;
    if (head >= INTEGER_16) return this.#integer(head, at + 1, into);
    let from = at + 1;
    let length = head & 63;
    if (head >>> 6 === 1) {
      check(at + 2 <= this.#end);
      length = (length << 8) | this.#bytes[at + 1]!;
      from = at + 2;
    } else if (head >>> 6 === 2) {
      check(at + 5 <= this.#end);
      length = this.#bytes.readUInt32BE(at + 1);
      from = at + 5;
    }
    check(from + length <= this.#end);
    into.set(this.#bytes, from, length);
    return from + length;
  }

  #integer(head: number, at: number, into: RdbText): number {
    if (head >= FIRST_IMMEDIATE && head <= LAST_IMMEDIATE) {
      into.setInteger(head - FIRST_IMMEDIATE);
      return at;
    }
    const length = integerBytes(head);
    check(length > 0 && at + length <= this.#end);
    if (length === 8) into.setInteger(this.#bytes.readBigInt64LE(at));
    else into.setInteger(this.#bytes.readIntLE(at, length));
    return at + length;
  }
}

/** Bytes behind the head; 0 if there is no such head. */
const integerBytes = (head: number): number => {
  if (head === INTEGER_8) return 1;
  if (head === INTEGER_16) return 2;
  if (head === INTEGER_24) return 3;
  if (head === INTEGER_32) return 4;
  return head === INTEGER_64 ? 8 : 0;
};
