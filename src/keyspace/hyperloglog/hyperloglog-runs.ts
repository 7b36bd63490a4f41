import { REGISTERS } from './hyperloglog-layout.ts';

/**
 * Sparse registers are runs of equal ones:
 *
 *     00llllll            ZERO: l + 1 registers that are zero
 *     01llllll llllllll   XZERO: the same, for longer runs
 *     1vvvvvll            VAL: l + 1 registers with the value v + 1
 */
const XZERO = 0x40;
const VAL = 0x80;
const KIND_OF_ZEROS = 0xc0;
const ZERO_MAX_LENGTH = 64;
export const VAL_MAX_LENGTH = 4;
/** The largest value of a sparse register. */
export const SPARSE_MAX = 32;

export const isVal = (opcode: number): boolean => opcode >= VAL;
export const isXzero = (opcode: number): boolean => (opcode & KIND_OF_ZEROS) === XZERO;
export const valValue = (opcode: number): number => ((opcode >>> 2) & 0x1f) + 1;
export const valLength = (opcode: number): number => (opcode & 3) + 1;

/** The opcode of a run of `length` registers with a value other than zero. */
export const valOpcode = (value: number, length: number): number => VAL | ((value - 1) << 2) | (length - 1);

/** Writes a run of registers at `bytes[at]`; one of no length is nothing. @returns where the next opcode belongs. */
export const writeRun = (bytes: Uint8Array, at: number, value: number, length: number): number => {
  if (length === 0) return at;
  if (value === 0 && length > ZERO_MAX_LENGTH) {
    bytes[at] = XZERO | ((length - 1) >>> 8);
    bytes[at + 1] = length - 1;
    return at + 2;
  }
  bytes[at] = value === 0 ? length - 1 : valOpcode(value, length);
  return at + 1;
};

/** Reads runs one after the other. The second byte of an opcode that is cut off counts as 0, as in Redis. */
export class RunReader {
  /** Where the opcode of the current run lies, and its length in bytes. */
  at = 0;
  opcodeBytes = 0;
  /** Where the opcode before it lies; where the first one does, if there is none. */
  previous = 0;
  /** The run: its first register, their number and their value. */
  first = 0;
  length = 0;
  value = 0;

  #bytes: Uint8Array = new Uint8Array(0);
  #end = 0;

  /** Begins before the first of the runs in `bytes[at..end)`. */
  begin(bytes: Uint8Array, at: number, end: number): this {
    this.#bytes = bytes;
    this.#end = end;
    this.at = at;
    this.opcodeBytes = 0;
    this.first = 0;
    this.length = 0;
    return this;
  }

  /** Goes on to the next run. @returns false if there is none. */
  next(): boolean {
    const at = this.at + this.opcodeBytes;
    if (at >= this.#end) return false;
    const opcode = this.#bytes[at]!;
    this.previous = this.at;
    this.at = at;
    this.first += this.length;
    this.opcodeBytes = 1;
    if (opcode >= VAL) {
      this.value = valValue(opcode);
      this.length = valLength(opcode);
      return true;
    }
    this.value = 0;
    this.length = (opcode & 0x3f) + 1;
    if (opcode >= XZERO) {
      this.opcodeBytes = 2;
      this.length = ((opcode & 0x3f) << 8) + (at + 1 < this.#end ? this.#bytes[at + 1]! : 0) + 1;
    }
    return true;
  }
}

const runs = new RunReader();

/**
 * Adds to `histogram[v]` the number of sparse registers in `bytes[at..end)` with the value `v`.
 * @returns false if they are not exactly as many as there must be.
 */
export const countSparse = (bytes: Uint8Array, at: number, end: number, histogram: Int32Array): boolean => {
  runs.begin(bytes, at, end);
  while (runs.next()) {
    if (runs.first + runs.length > REGISTERS) return false;
    histogram[runs.value]! += runs.length;
  }
  return runs.first + runs.length === REGISTERS;
};

/**
 * Raises each of `registers` (a byte for each) to the value of the sparse one in `bytes[at..end)`.
 * @returns false if they are not exactly as many as there must be; `registers` is of no use then.
 */
export const mergeSparse = (bytes: Uint8Array, at: number, end: number, registers: Uint8Array): boolean => {
  runs.begin(bytes, at, end);
  while (runs.next()) {
    const { first, length, value } = runs;
    if (first + length > REGISTERS) return false;
    if (value === 0) continue;
    for (let i = first; i < first + length; i++) if (value > registers[i]!) registers[i] = value;
  }
  return runs.first + runs.length === REGISTERS;
};
