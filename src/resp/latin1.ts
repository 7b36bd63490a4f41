/** `bytes[start..start + length)` as text, one character per byte. */
export const latin1 = (bytes: Uint8Array, start: number, length: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('latin1');
