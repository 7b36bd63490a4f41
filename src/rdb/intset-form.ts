import type { ByteSlice } from '../memory/byte-slice.ts';
import { uint32At } from '../memory/little-endian.ts';
import { check } from './bad-payload.ts';
import type { RdbText, TextSource } from './rdb-text.ts';

/** Bytes of each integer (u32), number of integers (u32), both little-endian. */
export const INTSET_HEADER = 8;

/** Walks over an intset: the integers are as many as it says, and each is greater than the one before. */
export class IntsetWalk implements TextSource {
  readonly #bytes: Buffer;
  readonly #width: number;
  readonly #end: number;
  #at: number;

  /** @throws BadPayload */
  constructor({ bytes, start, length }: ByteSlice) {
    check(length >= INTSET_HEADER);
    const width = uint32At(bytes, start);
    const count = uint32At(bytes, start + 4);
    check(width === 2 || width === 4 || width === 8);
    check(INTSET_HEADER + count * width === length);
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#width = width;
    this.#at = start + INTSET_HEADER;
    this.#end = start + length;
    for (let at = this.#at + width; at < this.#end; at += width)
      check(precedes(bytes, at - width, at, width));
  }

  next(into: RdbText): boolean {
    if (this.#at === this.#end) return false;
    if (this.#width === 8) into.setInteger(this.#bytes.readBigInt64LE(this.#at));
    else into.setInteger(this.#bytes.readIntLE(this.#at, this.#width));
    this.#at += this.#width;
    return true;
  }
}

/** Compares two integers from their last byte, which has the sign, to their first. */
const precedes = (bytes: Uint8Array, one: number, other: number, width: number): boolean => {
  const sign = ((bytes[one + width - 1]! << 24) >> 24) - ((bytes[other + width - 1]! << 24) >> 24);
  if (sign !== 0) return sign < 0;
  for (let i = width - 2; i >= 0; i--) {
    if (bytes[one + i] !== bytes[other + i]) return bytes[one + i]! < bytes[other + i]!;
  }
  return false;
};
