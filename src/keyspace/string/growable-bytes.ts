import type { ByteSlice } from '../../memory/byte-slice.ts';

/** Bytes that can be made longer and shorter. */
export interface GrowableBytes extends ByteSlice {
  /**
   * Makes them `length` bytes long. What stays is kept, what is new is arbitrary. If they must move, which changes
   * {@link bytes} and {@link start}, there is room for `room` bytes afterwards.
   */
  resize(length: number, room: number): void;
}

/** Bytes in a buffer of their own. */
export class OwnBytes implements GrowableBytes {
  bytes: Uint8Array;
  readonly start = 0;
  length: number;

  constructor(content: Uint8Array) {
    this.bytes = content;
    this.length = content.length;
  }

  resize(length: number, room: number): void {
    if (length > this.bytes.length) {
      const moved = new Uint8Array(Math.max(length, room));
      moved.set(this.bytes);
      this.bytes = moved;
    }
    this.length = length;
  }
}
