import { REGISTER_BYTES, REGISTER_MAX, REGISTERS } from './hyperloglog-layout.ts';

/** Registers that end with a byte, and the bytes they take. */
const GROUP_REGISTERS = 4;
const GROUP_BYTES = 3;

/** The value of one of the dense registers that begin at `bytes[at]`. */
export const denseRegister = (bytes: Uint8Array, at: number, index: number): number => {
  const bit = index * 6;
  const byte = at + (bit >>> 3);
  const shift = bit & 7;
  const low = bytes[byte]! >>> shift;
  return (shift > 2 ? low | (bytes[byte + 1]! << (8 - shift)) : low) & REGISTER_MAX;
};

/** Sets one of the dense registers that begin at `bytes[at]`. */
export const setDenseRegister = (bytes: Uint8Array, at: number, index: number, value: number): void => {
  const bit = index * 6;
  const byte = at + (bit >>> 3);
  const shift = bit & 7;
  bytes[byte] = (bytes[byte]! & ~(REGISTER_MAX << shift)) | (value << shift);
  if (shift <= 2) return;
  bytes[byte + 1] = (bytes[byte + 1]! & ~(REGISTER_MAX >>> (8 - shift))) | (value >>> (8 - shift));
};

/** Adds to `histogram[v]` the number of dense registers with the value `v`. */
export const countDense = (bytes: Uint8Array, at: number, histogram: Int32Array): void => {
  const end = at + REGISTER_BYTES;
  for (let i = at; i < end; i += GROUP_BYTES) {
    const group = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16);
    histogram[group & REGISTER_MAX]!++;
    histogram[(group >>> 6) & REGISTER_MAX]!++;
    histogram[(group >>> 12) & REGISTER_MAX]!++;
    histogram[group >>> 18]!++;
  }
};

/** Raises each of `registers` (a byte for each) to the value of the dense one. */
export const mergeDense = (bytes: Uint8Array, at: number, registers: Uint8Array): void => {
  for (let index = 0, i = at; index < REGISTERS; index += GROUP_REGISTERS, i += GROUP_BYTES) {
    const group = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16);
    if (group === 0) continue;
    const first = group & REGISTER_MAX;
    const second = (group >>> 6) & REGISTER_MAX;
    const third = (group >>> 12) & REGISTER_MAX;
    const fourth = group >>> 18;
    if (first > registers[index]!) registers[index] = first;
    if (second > registers[index + 1]!) registers[index + 1] = second;
    if (third > registers[index + 2]!) registers[index + 2] = third;
    if (fourth > registers[index + 3]!) registers[index + 3] = fourth;
  }
};

/** Writes `registers` (a byte for each) as dense ones. */
export const writeDense = (registers: Uint8Array, bytes: Uint8Array, at: number): void => {
  for (let index = 0, i = at; index < REGISTERS; index += GROUP_REGISTERS, i += GROUP_BYTES) {
    const group =
      registers[index]! |
      (registers[index + 1]! << 6) |
      (registers[index + 2]! << 12) |
      (registers[index + 3]! << 18);
    bytes[i] = group;
    bytes[i + 1] = group >>> 8;
    bytes[i + 2] = group >>> 16;
  }
};
