import { CHUNK_BYTES, MAX_CHUNKS } from './address.ts';
import { OutOfMemoryError } from './out-of-memory.ts';

/** Where chunks come from. The memory must be zero. */
export interface ChunkProvider {
  allocate(bytes: number): ArrayBuffer;
}

export const heapChunks: ChunkProvider = { allocate: (bytes) => new ArrayBuffer(bytes) };

/** Stands in the place of a chunk that is not there, so that reading "address 0" yields zeros. */
const NOTHING = new ArrayBuffer(64);

/** The chunks by index, with the views through which everybody reads and writes them. */
export class ChunkTable {
  readonly bytes: Uint8Array[] = [];
  readonly words: Uint32Array[] = [];
  readonly floats: Float64Array[] = [];
  /** Bytes of all chunks held, the spare one included. */
  reservedBytes = 0;

  readonly #provider: ChunkProvider;
  readonly #held = new Uint8Array(MAX_CHUNKS);
  /** One chunk is kept when it is given back: a load that swings around a boundary shall not map and unmap. */
  #spare: ArrayBuffer | undefined;

  constructor(provider: ChunkProvider) {
    this.#provider = provider;
    this.#view(0, NOTHING);
  }

  /**
   * Takes a chunk at the lowest free index from `first` on. Its content is arbitrary.
   * @throws OutOfMemoryError
   */
  acquire(bytes: number, first: number): number {
    const index = this.#held.indexOf(0, first);
    if (index < 0) throw new OutOfMemoryError(`all ${MAX_CHUNKS} chunks are in use`);
    const buffer = this.#take(bytes);
    while (this.bytes.length < index) this.#view(this.bytes.length, NOTHING);
    this.#view(index, buffer);
    this.#held[index] = 1;
    return index;
  }

  release(index: number): void {
    const buffer = this.bytes[index]!.buffer;
    this.#held[index] = 0;
    this.#view(index, NOTHING);
    if (buffer.byteLength === CHUNK_BYTES && this.#spare === undefined && buffer instanceof ArrayBuffer) {
      this.#spare = buffer;
    } else {
      this.reservedBytes -= buffer.byteLength;
    }
  }

  #take(bytes: number): ArrayBuffer {
    const spare = this.#spare;
    if (bytes === CHUNK_BYTES && spare !== undefined) {
      this.#spare = undefined;
      return spare;
    }
    try {
      const buffer = this.#provider.allocate(bytes);
      this.reservedBytes += bytes;
      return buffer;
    } catch (cause) {
      throw new OutOfMemoryError(`no memory for a chunk of ${bytes} bytes`, { cause });
    }
  }

  #view(index: number, buffer: ArrayBuffer): void {
    this.bytes[index] = new Uint8Array(buffer);
    this.words[index] = new Uint32Array(buffer);
    this.floats[index] = new Float64Array(buffer);
  }
}
