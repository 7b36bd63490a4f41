import type { GrowableBytes } from '../string/growable-bytes.ts';
import { forgetCardinality, HEADER_BYTES } from './hyperloglog-layout.ts';
import {
  isVal,
  isXzero,
  RunReader,
  SPARSE_MAX,
  VAL_MAX_LENGTH,
  valLength,
  valOpcode,
  valValue,
  writeRun,
} from './hyperloglog-runs.ts';

/** What became of the attempt to raise a sparse register. */
export const UNCHANGED = 0;
export const RAISED = 1;
/** There is no such register. */
export const CORRUPT = 2;
/** Only dense registers can hold that. Nothing was done. */
export const TOO_DENSE = 3;
export type Outcome = typeof UNCHANGED | typeof RAISED | typeof CORRUPT | typeof TOO_DENSE;

/** Opcodes that are looked at for neighbours that can be joined: those that a change may have made, and the next. */
const JOINED_OPCODES = 5;
/** A sketch that must move gets this many bytes to spare at the most. */
const MAX_SPARE = 300;

const runs = new RunReader();
/** What replaces the opcode of a run that is split: XZERO, VAL, XZERO at the longest. */
const split = new Uint8Array(5);

/**
 * Raises sparse register `index` of a sketch to `count`, if it is lower. The opcodes afterwards are those that Redis
 * would leave, byte for byte.
 * @param maxBytes length up to which the sketch may grow.
 */
export const raiseSparse = (
  sketch: GrowableBytes,
  index: number,
  count: number,
  maxBytes: number,
): Outcome => {
  if (count > SPARSE_MAX) return TOO_DENSE;
  const { bytes, start, length } = sketch;
  runs.begin(bytes, start + HEADER_BYTES, start + length);
  do if (!runs.next()) return CORRUPT;
  while (index >= runs.first + runs.length);
  if (runs.value >= count) return UNCHANGED;
  const previous = runs.previous - start;
  if (runs.length === 1 && runs.opcodeBytes === 1) bytes[runs.at] = valOpcode(count, 1);
  else if (!splitRun(sketch, index, count, maxBytes)) return TOO_DENSE;
  joinNeighbours(sketch, previous);
  forgetCardinality(sketch.bytes, sketch.start);
  return RAISED;
};

/** Splits the run that {@link runs} stands at. @returns false if there is no room, nothing having been done. */
const splitRun = (sketch: GrowableBytes, index: number, count: number, maxBytes: number): boolean => {
  const { at, first, length, opcodeBytes, value } = runs;
  let splitBytes = writeRun(split, 0, value, index - first);
  split[splitBytes++] = valOpcode(count, 1);
  splitBytes = writeRun(split, splitBytes, value, first + length - 1 - index);
  const newLength = sketch.length + splitBytes - opcodeBytes;
  if (splitBytes > opcodeBytes && newLength > maxBytes) return false;
  replace(sketch, at - sketch.start, opcodeBytes, splitBytes, newLength);
  return true;
};

/** Puts the first `added` bytes of {@link split} in the place of `removed` bytes, `offset` from the sketch's start. */
const replace = (
  sketch: GrowableBytes,
  offset: number,
  removed: number,
  added: number,
  newLength: number,
): void => {
  const oldLength = sketch.length;
  if (newLength > oldLength) sketch.resize(newLength, newLength + Math.min(newLength, MAX_SPARE));
  const { bytes, start } = sketch;
  const at = start + offset;
  if (added !== removed) bytes.copyWithin(at + added, at + removed, start + oldLength);
  const end = start + newLength;
  // Of an opcode that was cut off the last byte stays away.
  for (let i = 0; i < added && at + i < end; i++) bytes[at + i] = split[i]!;
  if (newLength < oldLength) sketch.resize(newLength, newLength);
};

/** Makes one of neighbouring runs of the same value, as far as Redis does, from the opcode at `offset` on. */
const joinNeighbours = (sketch: GrowableBytes, offset: number): void => {
  const { bytes, start } = sketch;
  let end = start + sketch.length;
  let at = start + offset;
  for (let i = 0; i < JOINED_OPCODES && at < end; i++) {
    if (at + 1 < end && canJoin(bytes[at]!, bytes[at + 1]!)) {
      const length = valLength(bytes[at]!) + valLength(bytes[at + 1]!);
      bytes[at] = valOpcode(valValue(bytes[at]!), length);
      bytes.copyWithin(at + 1, at + 2, end);
      end--;
    } else {
      at += isXzero(bytes[at]!) ? 2 : 1;
    }
  }
  if (end - start < sketch.length) sketch.resize(end - start, end - start);
};

const canJoin = (opcode: number, next: number): boolean =>
  isVal(opcode) &&
  isVal(next) &&
  valValue(opcode) === valValue(next) &&
  valLength(opcode) + valLength(next) <= VAL_MAX_LENGTH;
