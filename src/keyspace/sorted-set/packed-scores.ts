import { integerAt } from '../../memory/listpack.ts';
import type { ListpackElement } from '../../memory/listpack-element.ts';

/** Headers of the texts of 8 and 4 bytes that hold scores which are no integers. */
const RAW_DOUBLE = 0x88;
const RAW_FLOAT = 0x84;
const DOUBLE_BYTES = 8;
const FLOAT_BYTES = 4;

const readBytes = new Uint8Array(DOUBLE_BYTES);
const readDouble = new Float64Array(readBytes.buffer);
const readFloat = new Float32Array(readBytes.buffer);
/** Apart from those, because what is taken is written later. */
const takenBytes = new Uint8Array(DOUBLE_BYTES);
const takenDouble = new Float64Array(takenBytes.buffer);
const takenFloat = new Float32Array(takenBytes.buffer);

/**
 * Takes a score as an element, to be written before another is taken: an integer as such, any other number as the
 * bytes of its double, or of a float if that is the same number. As in Redis, nothing is left of the sign of -0.
 */
export const takeScore = (element: ListpackElement, score: number): void => {
  if (Number.isSafeInteger(score)) {
    element.takeInteger(score);
  } else if (Math.fround(score) === score) {
    takenFloat[0] = score;
    element.takeText(takenBytes, 0, FLOAT_BYTES);
  } else {
    takenDouble[0] = score;
    element.takeText(takenBytes, 0, DOUBLE_BYTES);
  }
};

/** The score that the element at `at` holds. */
export const scoreAt = (bytes: Uint8Array, at: number): number => {
  const head = bytes[at];
  if (head !== RAW_DOUBLE && head !== RAW_FLOAT) return integerAt(bytes, at);
  const length = head === RAW_FLOAT ? FLOAT_BYTES : DOUBLE_BYTES;
  for (let i = 0; i < length; i++) readBytes[i] = bytes[at + 1 + i]!;
  return length === FLOAT_BYTES ? readFloat[0]! : readDouble[0]!;
};
