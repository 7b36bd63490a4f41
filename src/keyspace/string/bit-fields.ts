/**
 * The unsigned integer in bits `offset` to `offset + count` (at most 64 of them) of a value of `length` bytes that
 * begins at `start`; the highest bit of the first byte is bit 0, and behind the value there are zeros.
 */
export const readField = (
  bytes: Uint8Array,
  start: number,
  length: number,
  offset: number,
  count: number,
): bigint => {
  const highBits = Math.max(0, count - 32);
  const low = readBits(bytes, start, length, offset + highBits, count - highBits);
  if (highBits === 0) return BigInt(low);
  return (BigInt(readBits(bytes, start, length, offset, highBits)) << 32n) | BigInt(low);
};

/** Writes the lowest `count` bits (at most 64) of an integer into bits from `offset` on, which must be there. */
export const writeField = (
  bytes: Uint8Array,
  start: number,
  offset: number,
  count: number,
  value: bigint,
): void => {
  const highBits = Math.max(0, count - 32);
  writeBits(bytes, start, offset + highBits, count - highBits, Number(BigInt.asUintN(32, value)));
  if (highBits === 0) return;
  writeBits(bytes, start, offset, highBits, Number(BigInt.asUintN(32, value >> 32n)));
};

/** Up to 32 bits. */
const readBits = (
  bytes: Uint8Array,
  start: number,
  length: number,
  offset: number,
  count: number,
): number => {
  let value = 0;
  let at = offset;
  for (let left = count; left > 0; ) {
    const index = Math.floor(at / 8);
    const byte = index < length ? bytes[start + index]! : 0;
    const room = 8 - (at & 7);
    const taken = Math.min(room, left);
    value = (value << taken) | ((byte >>> (room - taken)) & ((1 << taken) - 1));
    at += taken;
    left -= taken;
  }
  return value >>> 0;
};

/** Up to 32 bits. */
const writeBits = (bytes: Uint8Array, start: number, offset: number, count: number, value: number): void => {
  let at = offset;
  for (let left = count; left > 0; ) {
    const index = start + Math.floor(at / 8);
    const room = 8 - (at & 7);
    const taken = Math.min(room, left);
    const mask = ((1 << taken) - 1) << (room - taken);
    const part = (value >>> (left - taken)) << (room - taken);
    bytes[index] = (bytes[index]! & ~mask) | (part & mask);
    at += taken;
    left -= taken;
  }
};
