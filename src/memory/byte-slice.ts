/** Bytes that lie in somebody's buffer: `bytes[start..start + length)`. Who shows them says until when they stay there. */
export interface ByteSlice {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly length: number;
}
