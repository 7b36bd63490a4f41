/**
 * HalfSipHash-1-3: a keyed hash of bytes to 32 bits, so that nobody who does not know the key can aim data at one
 * slot. The result is a signed 32-bit integer: V8 would box the upper half of the unsigned ones.
 *
 * Source: https://github.com/veorq/SipHash (halfsiphash.c, with 1 compression and 3 finalization rounds, as
 * recommended there for hash tables).
 */
export const halfSipHash = (
  bytes: Uint8Array,
  start: number,
  length: number,
  seed0: number,
  seed1: number,
): number => {
  let v0 = seed0 | 0;
  let v1 = seed1 | 0;
  let v2 = seed0 ^ 0x6c796765;
  let v3 = seed1 ^ 0x74656462;
  const end = start + (length & ~3);
  let message = 0;
  // One turn per word, one for the tail, three to finish (with a message of 0, which changes nothing).
  for (let at = start; at <= end + 12; at += 4) {
    if (at < end) {
      message = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    } else if (at === end) {
      message = length << 24;
      if ((length & 3) > 0) message |= bytes[end]!;
      if ((length & 3) > 1) message |= bytes[end + 1]! << 8;
      if ((length & 3) > 2) message |= bytes[end + 2]! << 16;
    } else {
      message = 0;
      if (at === end + 4) v2 ^= 0xff;
    }
    v3 ^= message;
    v0 = (v0 + v1) | 0;
    v1 = (v1 << 5) | (v1 >>> 27);
    v1 ^= v0;
    v0 = (v0 << 16) | (v0 >>> 16);
    v2 = (v2 + v3) | 0;
    v3 = (v3 << 8) | (v3 >>> 24);
    v3 ^= v2;
    v0 = (v0 + v3) | 0;
    v3 = (v3 << 7) | (v3 >>> 25);
    v3 ^= v0;
    v2 = (v2 + v1) | 0;
    v1 = (v1 << 13) | (v1 >>> 19);
    v1 ^= v2;
    v2 = (v2 << 16) | (v2 >>> 16);
    v0 ^= message;
  }
  return v1 ^ v3;
};
