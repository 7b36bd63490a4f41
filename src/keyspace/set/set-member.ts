import { type Arena, byteOffset, chunkIndex, wordOffset } from '../../memory/arena.ts';
import { Int64, MAX_INT64_DIGITS } from '../../memory/int64.ts';
import { ElementView } from '../../memory/listpack.ts';

/** Bytes before a member that lies in a block of its own: its length. */
export const MEMBER_HEADER = 4;

/** Where the text of a member is: `bytes[start..start + length)`. One of these is reused for every look. */
export class SetMember extends ElementView {
  /** The value, if the member was read as an integer. */
  readonly integer = new Int64();
  isInteger = false;
  readonly #text = new Uint8Array(MAX_INT64_DIGITS);

  /** Looks at the element of a listpack. @returns the offset of the next one */
  override read(bytes: Uint8Array, at: number): number {
    this.isInteger = false;
    return super.read(bytes, at);
  }

  /** Looks at a member with a block of its own. */
  readBlock(arena: Arena, block: number): void {
    this.isInteger = false;
    this.bytes = arena.bytes[chunkIndex(block)]!;
    this.start = byteOffset(block) + MEMBER_HEADER;
    this.length = arena.words[chunkIndex(block)]![wordOffset(block)]!;
  }

  /** Looks at {@link integer}, which was just written. */
  readInteger(): void {
    this.isInteger = true;
    this.bytes = this.#text;
    this.start = 0;
    this.length = this.integer.write(this.#text, 0);
  }
}
