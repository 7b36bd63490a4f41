import type { ByteSlice } from '../../memory/byte-slice.ts';

/** Bytes of the table that two strings of such lengths need. */
export const tableBytes = (a: number, b: number): number => (a + 1) * (b + 1) * 4;

/**
 * The longest common subsequence of two strings: the bytes that both have in the same order, others between them. The
 * table of the lengths for all pairs of beginnings is filled once and then walked back from its end.
 */
export class LongestSubsequence {
  readonly #a: ByteSlice;
  readonly #b: ByteSlice;
  /** Row `i`, column `j`: the length for the first `i` bytes of one and the first `j` of the other. */
  readonly #lengths: Uint32Array;
  readonly #columns: number;

  /** The views must stay as they are. */
  constructor(a: ByteSlice, b: ByteSlice) {
    this.#a = a;
    this.#b = b;
    this.#columns = b.length + 1;
    this.#lengths = new Uint32Array((a.length + 1) * this.#columns);
    for (let i = 1; i <= a.length; i++) this.#fillRow(i);
  }

  get length(): number {
    return this.#lengths[this.#lengths.length - 1]!;
  }

  /** The subsequence itself. */
  text(): Buffer {
    const { bytes, start } = this.#a;
    const text = Buffer.allocUnsafe(this.length);
    let left = text.length;
    this.ranges((from, _, length) => {
      left -= length;
      text.set(bytes.subarray(start + from, start + from + length), left);
    });
    return text;
  }

  /** Emits the pieces in which both strings agree, the last one first: where it begins in each, and its length. */
  ranges(emit: (inA: number, inB: number, length: number) => void): void {
    let i = this.#a.length;
    let j = this.#b.length;
    let length = 0;
    while (i > 0 && j > 0) {
      if (this.#a.bytes[this.#a.start + i - 1] === this.#b.bytes[this.#b.start + j - 1]) {
        length++;
        i--;
        j--;
        continue;
      }
      if (length > 0) emit(i, j, length);
      length = 0;
      const at = i * this.#columns + j;
      if (this.#lengths[at - this.#columns]! > this.#lengths[at - 1]!) i--;
      else j--;
    }
    if (length > 0) emit(i, j, length);
  }

  #fillRow(row: number): void {
    const lengths = this.#lengths;
    const byte = this.#a.bytes[this.#a.start + row - 1];
    const { bytes, start, length } = this.#b;
    let at = row * this.#columns;
    let above = at - this.#columns;
    let left = 0;
    for (let j = 0; j < length; j++) {
      const diagonal = lengths[above++]!;
      const best = lengths[above]!;
      left = bytes[start + j] === byte ? diagonal + 1 : Math.max(best, left);
      lengths[++at] = left;
    }
  }
}
