import { CHUNK_BITS, CHUNK_BYTES, chunkIndex, MAX_CHUNKS } from './address.ts';
import { type ChunkProvider, ChunkTable, privateChunks } from './chunks.ts';
import { OutOfMemoryError } from './out-of-memory.ts';
import { MAX_RUN_BYTES, PAGE_BYTES, PageRuns } from './page-runs.ts';
import { CLASS_BYTES, MAX_SMALL_BYTES, sizeClassOf } from './size-classes.ts';
import { Slabs } from './slabs.ts';

export { byteOffset, chunkIndex, wordOffset } from './address.ts';

/** The largest block, in bytes. */
export const MAX_BLOCK_BYTES = 1024 * 1024 * 1024;

/**
 * The memory in which all data lies, outside the JavaScript heap. Blocks are known by their address (see
 * `address.ts`) and read and written through the views of their chunk: `arena.words[chunkIndex(address)]` at
 * `wordOffset(address)`. Blocks begin at multiples of 8 bytes. Nobody checks that a freed address was handed out.
 */
export class Arena {
  /** The chunks by index. A view may be replaced when its chunk goes; it stays while one block in it lives. */
  readonly bytes: Uint8Array[];
  readonly words: Uint32Array[];
  readonly floats: Float64Array[];
  /** Bytes of all blocks handed out, each as large as {@link capacity} says. */
  usedBytes = 0;

  readonly #chunks: ChunkTable;
  readonly #slabs: Slabs;
  readonly #runs: PageRuns;
  /** By chunk: bytes of the one block that has this chunk for itself. */
  readonly #large = new Float64Array(MAX_CHUNKS);

  constructor(provider: ChunkProvider = privateChunks) {
    this.#chunks = new ChunkTable(provider);
    this.#slabs = new Slabs(this.#chunks);
    this.#runs = new PageRuns(this.#chunks);
    this.bytes = this.#chunks.bytes;
    this.words = this.#chunks.words;
    this.floats = this.#chunks.floats;
  }

  /** Bytes of the chunks held, those that {@link trim} would give back included. */
  get reservedBytes(): number {
    return this.#chunks.reservedBytes;
  }

  /**
   * Address of a block of at least that many bytes. Its content is arbitrary.
   * @throws OutOfMemoryError
   */
  allocate(bytes: number): number {
    if (bytes <= MAX_SMALL_BYTES) {
      const sizeClass = sizeClassOf(bytes);
      const address = this.#slabs.allocate(sizeClass);
      this.usedBytes += CLASS_BYTES[sizeClass]!;
      return address;
    }
    return bytes <= MAX_RUN_BYTES ? this.#allocateRun(bytes) : this.#allocateLarge(bytes);
  }

  /** Takes back a block. */
  free(address: number): void {
    const sizeClass = this.#slabs.classAt(address);
    if (sizeClass >= 0) {
      this.usedBytes -= CLASS_BYTES[sizeClass]!;
      this.#slabs.free(address, sizeClass);
      return;
    }
    this.usedBytes -= this.capacity(address);
    const chunk = chunkIndex(address);
    if (this.#large[chunk] === 0) {
      this.#runs.free(address);
    } else {
      this.#large[chunk] = 0;
      this.#chunks.release(chunk);
    }
  }

  /** Usable bytes of a block: what was asked for or a little more. */
  capacity(address: number): number {
    const sizeClass = this.#slabs.classAt(address);
    if (sizeClass >= 0) return CLASS_BYTES[sizeClass]!;
    const large = this.#large[chunkIndex(address)]!;
    return large > 0 ? large : this.#runs.bytesAt(address);
  }

  /**
   * Gives one chunk in which nothing lies any more back to the system, which takes up to 5 ms for an ordinary one.
   * To be called now and then; until then such chunks wait to be used again. (A chunk that one large block had for itself does not wait.)
   * @returns whether there was one; a last one is kept.
   */
  trim(): boolean {
    return this.#chunks.trim();
  }

  #allocateRun(bytes: number): number {
    const rounded = Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES;
    const address = this.#runs.allocate(rounded);
    this.usedBytes += rounded;
    return address;
  }

  #allocateLarge(bytes: number): number {
    if (bytes > MAX_BLOCK_BYTES) throw new OutOfMemoryError(`no block may have ${bytes} bytes`);
    const rounded = Math.ceil(bytes / 8) * 8;
    const chunk = this.#chunks.acquire(rounded, 1);
    this.#large[chunk] = rounded;
    this.usedBytes += rounded;
    return (chunk << CHUNK_BITS) >>> 0;
  }
}

export { CHUNK_BYTES, OutOfMemoryError };
