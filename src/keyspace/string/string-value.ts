import { type Arena, byteOffset, chunkIndex, wordOffset } from '../../memory/arena.ts';
import type { ByteSlice } from '../../memory/byte-slice.ts';
import { EXTERNAL, inlineStart } from '../entry.ts';

/** Strings longer than this lie in a block of their own, so that renaming or expiring the key does not copy them. */
export const INLINE_MAX = 1024;
/** Bytes before the content of such a block: its length (u32) and 4 unused. */
export const BLOCK_HEADER = 8;

/** Where the bytes of one string value are. One of these is reused for every look. */
export class StringView implements ByteSlice {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  length = 0;

  /** Looks at the string value of `entry`. */
  locate(arena: Arena, entry: number): this {
    const chunk = chunkIndex(entry);
    const words = arena.words[chunk]!;
    const at = wordOffset(entry);
    const word3 = words[at + 3]!;
    if ((words[at + 1]! & EXTERNAL) !== 0) return this.#locateBlock(arena, word3);
    this.bytes = arena.bytes[chunk]!;
    this.start = byteOffset(entry) + inlineStart(words[at]!);
    this.length = word3;
    return this;
  }

  #locateBlock(arena: Arena, block: number): this {
    this.bytes = arena.bytes[chunkIndex(block)]!;
    this.start = byteOffset(block) + BLOCK_HEADER;
    this.length = arena.words[chunkIndex(block)]![wordOffset(block)]!;
    return this;
  }
}
