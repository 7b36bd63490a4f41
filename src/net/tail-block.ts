import { copyBytes } from '../memory/copy-bytes.ts';

const FIRST_SIZE = 512;
/** Longer than this no block gets, in bytes. */
export const MAX_BLOCK = 16 * 1024;

/** Many small pieces of bytes, one behind the other in one block that grows with them. It takes no memory while empty. */
export class TailBlock {
  length = 0;
  #bytes: Buffer | undefined = undefined;

  /** Appends a copy of `source[start..end)`. @returns false if it has no room; then nothing was done. */
  append(source: Uint8Array, start: number, end: number): boolean {
    const length = this.length + end - start;
    if (length > MAX_BLOCK) return false;
    const bytes = this.#withRoom(length);
    copyBytes(source, start, end - start, bytes, this.length);
    this.length = length;
    return true;
  }

  /** Gives everything away. */
  take(): Buffer {
    const taken = (this.#bytes ?? Buffer.alloc(0)).subarray(0, this.length);
    this.#bytes = undefined;
    this.length = 0;
    return taken;
  }

  #withRoom(length: number): Buffer {
    const bytes = this.#bytes;
    if (bytes !== undefined && length <= bytes.length) return bytes;
    const grown = Buffer.allocUnsafeSlow(Math.min(MAX_BLOCK, Math.max(FIRST_SIZE, length * 2)));
    bytes?.copy(grown, 0, 0, this.length);
    this.#bytes = grown;
    return grown;
  }
}
