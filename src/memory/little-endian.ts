/** Four bytes, the lowest first, as a signed integer. */
export const int32At = (bytes: Uint8Array, at: number): number =>
  bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);

/** Four bytes, the lowest first, as an unsigned integer. */
export const uint32At = (bytes: Uint8Array, at: number): number => int32At(bytes, at) >>> 0;
