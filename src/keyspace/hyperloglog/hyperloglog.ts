import type { ByteSlice } from '../../memory/byte-slice.ts';
import type { GrowableBytes } from '../string/growable-bytes.ts';
import { countDense, denseRegister, mergeDense, setDenseRegister, writeDense } from './hyperloglog-dense.ts';
import { estimate } from './hyperloglog-estimate.ts';
import {
  DENSE,
  DENSE_BYTES,
  encodingOf,
  HEADER_BYTES,
  REGISTER_MAX,
  REGISTERS,
  SPARSE,
  setEncoding,
  writeHeader,
} from './hyperloglog-layout.ts';
import { countSparse, mergeSparse, writeRun } from './hyperloglog-runs.ts';
import { CORRUPT, type Outcome, RAISED, raiseSparse, TOO_DENSE, UNCHANGED } from './hyperloglog-sparse.ts';

/** Length of a sketch that has seen nothing: one run of zeros. */
export const EMPTY_BYTES = HEADER_BYTES + 2;

const histogram = new Int32Array(REGISTER_MAX + 1);
/** The registers of a sketch on its way from sparse to dense. */
const unpacked = new Uint8Array(REGISTERS);

/** Writes a sketch that has seen nothing, {@link EMPTY_BYTES} long. */
export const writeEmpty = (bytes: Uint8Array, start: number): void => {
  writeHeader(bytes, start, SPARSE);
  writeRun(bytes, start + HEADER_BYTES, 0, REGISTERS);
};

/**
 * Raises register `index` to `count`, if it is lower; sparse registers are made dense where they must be.
 * @param maxBytes length up to which sparse registers may grow.
 * @returns {@link UNCHANGED}, {@link RAISED} or {@link CORRUPT}
 */
export const raiseRegister = (
  sketch: GrowableBytes,
  index: number,
  count: number,
  maxBytes: number,
): Outcome => {
  if (encodingOf(sketch.bytes, sketch.start) === SPARSE) {
    const outcome = raiseSparse(sketch, index, count, maxBytes);
    if (outcome !== TOO_DENSE) return outcome;
    if (!makeDense(sketch)) return CORRUPT;
  }
  const { bytes, start } = sketch;
  const registers = start + HEADER_BYTES;
  if (denseRegister(bytes, registers, index) >= count) return UNCHANGED;
  setDenseRegister(bytes, registers, index, count);
  return RAISED;
};

/** Makes sparse registers dense. @returns false if they are corrupt, nothing having been done. */
export const makeDense = (sketch: GrowableBytes): boolean => {
  unpacked.fill(0);
  if (!mergeRegisters(sketch, unpacked)) return false;
  storeDense(sketch, unpacked);
  return true;
};

/** Gives the sketch `registers` (a byte for each) as dense ones. */
export const storeDense = (sketch: GrowableBytes, registers: Uint8Array): void => {
  sketch.resize(DENSE_BYTES, DENSE_BYTES);
  setEncoding(sketch.bytes, sketch.start, DENSE);
  writeDense(registers, sketch.bytes, sketch.start + HEADER_BYTES);
};

/**
 * Raises each of `registers` (a byte for each) to that of the sketch.
 * @returns false if the sketch is corrupt; `registers` is of no use then.
 */
export const mergeRegisters = ({ bytes, start, length }: ByteSlice, registers: Uint8Array): boolean => {
  if (encodingOf(bytes, start) === SPARSE)
    return mergeSparse(bytes, start + HEADER_BYTES, start + length, registers);
  mergeDense(bytes, start + HEADER_BYTES, registers);
  return true;
};

/** How many elements a sketch has seen, by its registers; see {@link estimate}. NaN if it is corrupt. */
export const countElements = ({ bytes, start, length }: ByteSlice): number => {
  histogram.fill(0);
  if (encodingOf(bytes, start) === DENSE) countDense(bytes, start + HEADER_BYTES, histogram);
  else if (!countSparse(bytes, start + HEADER_BYTES, start + length, histogram)) return Number.NaN;
  return estimate(histogram);
};

/** As {@link countElements}, for registers that take a byte each in a buffer of their own. */
export const countMerged = (registers: Uint8Array): number => {
  histogram.fill(0);
  const groups = new Int32Array(registers.buffer, registers.byteOffset, REGISTERS / 4);
  let zeroGroups = 0;
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i]!;
    if (group === 0) {
      zeroGroups++;
      continue;
    }
    histogram[group & 0xff]!++;
    histogram[(group >>> 8) & 0xff]!++;
    histogram[(group >>> 16) & 0xff]!++;
    histogram[group >>> 24]!++;
  }
  histogram[0]! += zeroGroups * 4;
  return estimate(histogram);
};
