import { type Arena, byteOffset, chunkIndex, wordOffset } from '../memory/arena.ts';
import { EXTERNAL, keyLength, keyStart, meta, valueWord } from './entry.ts';

/** Strings longer than this lie in a block of their own, so that renaming or expiring the key does not copy them. */
export const INLINE_MAX = 1024;
/** Bytes before the content of such a block: its length (u32) and 4 unused. */
export const BLOCK_HEADER = 8;

/** Where the bytes of one string value are. One of these is reused for every look. */
export class StringView {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  length = 0;

  /** Looks at the string value of `entry`. */
  locate(arena: Arena, entry: number): this {
    const word3 = valueWord(arena, entry);
    if ((meta(arena, entry) & EXTERNAL) === 0) {
      this.bytes = arena.bytes[chunkIndex(entry)]!;
      this.start = keyStart(arena, entry) + keyLength(arena, entry);
      this.length = word3;
    } else {
      this.bytes = arena.bytes[chunkIndex(word3)]!;
      this.start = byteOffset(word3) + BLOCK_HEADER;
      this.length = arena.words[chunkIndex(word3)]![wordOffset(word3)]!;
    }
    return this;
  }
}
