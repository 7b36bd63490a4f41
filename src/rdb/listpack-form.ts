import type { ByteSlice } from '../memory/byte-slice.ts';
import {
  backBytes,
  bodyBytes,
  ElementView,
  END_OF_LISTPACK,
  INTEGER_64,
  integer64At,
  integerAt,
  isInteger,
  LONG_TEXT,
  nextElement,
} from '../memory/listpack.ts';
import { uint32At } from '../memory/little-endian.ts';
import { check } from './bad-payload.ts';
import type { RdbText, TextSource } from './rdb-text.ts';

/** Bytes of the whole (u32), number of elements (u16; 65535: to be counted), both little-endian. */
export const LISTPACK_HEADER = 6;
/** The least header of a long text, and of an integer, that decoding looks into. */
const HEADER_OF_12_BITS = 0xe0;
const MAX_COUNT = 0xffff;

/**
 * Looks at every element of a listpack as it travels, so that it can be walked without care afterwards: from
 * `text.start + LISTPACK_HEADER` on, as many elements as are returned.
 * @throws BadPayload
 */
export const checkListpack = ({ bytes, start, length }: ByteSlice): number => {
  check(length > LISTPACK_HEADER);
  const end = start + length - 1;
  check(uint32At(bytes, start) === length && bytes[end] === END_OF_LISTPACK);
  let count = 0;
  let at = start + LISTPACK_HEADER;
  for (; at < end; count++) {
    checkElement(bytes, at, end);
    at = nextElement(bytes, at);
  }
  const told = bytes[start + 4]! | (bytes[start + 5]! << 8);
  check(at === end && (told === count || told === MAX_COUNT));
  return count;
};

/** Walks over a listpack, all of which was checked when it was made. */
export class ListpackWalk implements TextSource {
  readonly count: number;
  readonly #bytes: Uint8Array;
  readonly #view = new ElementView();
  #at: number;
  #left: number;

  /** @throws BadPayload */
  constructor(text: ByteSlice) {
    this.count = checkListpack(text);
    this.#bytes = text.bytes;
    this.#at = text.start + LISTPACK_HEADER;
    this.#left = this.count;
  }

  next(into: RdbText): boolean {
    if (this.#left === 0) return false;
    this.#left--;
    const at = this.#at;
    if (isInteger(this.#bytes, at)) {
      const value = integerAt(this.#bytes, at);
      into.setInteger(Number.isSafeInteger(value) ? value : integer64At(this.#bytes, at));
      this.#at = nextElement(this.#bytes, at);
      return true;
    }
    this.#at = this.#view.read(this.#bytes, at);
    into.set(this.#bytes, this.#view.start, this.#view.length);
    return true;
  }
}

/** The element at `at` lies before `end`, its length twice the same. */
const checkElement = (bytes: Uint8Array, at: number, end: number): void => {
  const head = bytes[at]!;
  check(head <= INTEGER_64);
  check(at + headBytes(head) <= end);
  const body = bodyBytes(bytes, at);
  const back = backBytes(body);
  check(at + body + back <= end);
  let rest = body;
  for (let i = back - 1; i >= 0; i--) {
    check(bytes[at + body + i] === (i === 0 ? rest & 127 : (rest & 127) | 128));
    rest >>>= 7;
  }
};

/** Bytes that {@link bodyBytes} looks at. */
const headBytes = (head: number): number => {
  if (head === LONG_TEXT) return 5;
  return head >= HEADER_OF_12_BITS && head < LONG_TEXT ? 2 : 1;
};
