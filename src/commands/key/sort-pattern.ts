import { TYPE_HASH, TYPE_STRING } from '../../keyspace/entry.ts';
import type { ByteSlice } from '../../memory/byte-slice.ts';
import type { Call } from '../command.ts';
import { settle } from '../hash/hash-access.ts';

const STAR = 42;
const HASH_SIGN = 35;

/**
 * Where SORT finds what belongs to an element: `#` is the element itself, `weight_*` the string of the key in which the
 * element stands for the star, `object_*->field` a field of the hash of that key.
 */
export class SortPattern {
  /** False if it names no key: nothing belongs to any element. */
  readonly hasStar: boolean;
  readonly #isElement: boolean;
  readonly #before: Buffer;
  readonly #behind: Buffer;
  /** Undefined: the value is the whole string. */
  readonly #field: Buffer | undefined;

  constructor(pattern: Buffer) {
    const star = pattern.indexOf(STAR);
    this.hasStar = star >= 0;
    this.#isElement = pattern.length === 1 && pattern[0] === HASH_SIGN;
    const arrow = star < 0 ? -1 : pattern.indexOf('->', star + 1);
    const hasField = arrow >= 0 && arrow + 2 < pattern.length;
    this.#before = pattern.subarray(0, Math.max(0, star));
    this.#behind = pattern.subarray(star + 1, hasField ? arrow : pattern.length);
    this.#field = hasField ? pattern.subarray(arrow + 2) : undefined;
  }

  /** What belongs to the element, copied; undefined if there is nothing. */
  find(call: Call, element: Buffer): Buffer | undefined {
    if (this.#isElement) return element;
    if (!this.hasStar) return undefined;
    const { database, keyspace } = call;
    const key = Buffer.concat([this.#before, element, this.#behind]);
    const entry = database.read(key, 0, key.length);
    if (entry === 0) return undefined;
    const field = this.#field;
    if (database.typeOf(entry) !== (field === undefined ? TYPE_STRING : TYPE_HASH)) return undefined;
    return field === undefined ? copyOf(keyspace.strings.view(entry)) : fieldOf(call, entry, field);
  }
}

/** The bytes of a field; undefined if there is none. If it was the last, and its time had come, the hash is gone. */
const fieldOf = (call: Call, entry: number, field: Buffer): Buffer | undefined => {
  const view = call.keyspace.hashes.get(entry, field, 0, field.length);
  const value = view && copyOf(view);
  settle(call, entry);
  return value;
};

/** A copy of a text. */
export const copyOf = ({ bytes, start, length }: ByteSlice): Buffer =>
  Buffer.from(bytes.subarray(start, start + length));
