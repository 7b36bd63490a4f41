import { CHUNK_BYTES, MAX_CHUNKS } from './address.ts';
import { detachBuffer } from './detach-buffer.ts';
import { OutOfMemoryError } from './out-of-memory.ts';

/** Where chunks come from. */
export interface ChunkProvider {
  allocate(bytes: number): ArrayBuffer;
  release(buffer: ArrayBuffer): void;
}

export const privateChunks: ChunkProvider = {
  allocate: (bytes) => new ArrayBuffer(bytes),
  release: detachBuffer,
};

/** Stands in the place of a chunk that is not there, so that reading at address 0 yields zeros. */
const NOTHING = new ArrayBuffer(64);

/** The chunks by index, with the views through which everybody reads and writes them. */
export class ChunkTable {
  readonly bytes: Uint8Array[] = [];
  readonly words: Uint32Array[] = [];
  readonly floats: Float64Array[] = [];
  /** Bytes of all chunks held, those that wait for {@link trim} included. */
  reservedBytes = 0;

  readonly #provider: ChunkProvider;
  readonly #buffers: (ArrayBuffer | undefined)[] = new Array(MAX_CHUNKS).fill(undefined);
  /** Ordinary chunks that hold nothing: ready to be used again or to be given back. */
  readonly #idle: ArrayBuffer[] = [];

  constructor(provider: ChunkProvider) {
    this.#provider = provider;
    this.#view(0, NOTHING);
  }

  /**
   * Takes a chunk at the lowest free index from `first` on. Its content is arbitrary.
   * @throws OutOfMemoryError
   */
  acquire(bytes: number, first: number): number {
    const index = this.#buffers.indexOf(undefined, first);
    if (index < 0) throw new OutOfMemoryError(`all ${MAX_CHUNKS} chunks are in use`);
    const buffer = (bytes === CHUNK_BYTES ? this.#idle.pop() : undefined) ?? this.#allocate(bytes);
    this.#buffers[index] = buffer;
    while (this.bytes.length < index) this.#view(this.bytes.length, NOTHING);
    this.#view(index, buffer);
    return index;
  }

  /** The chunk holds nothing any more. */
  release(index: number): void {
    const buffer = this.#buffers[index]!;
    this.#buffers[index] = undefined;
    this.#view(index, NOTHING);
    if (buffer.byteLength === CHUNK_BYTES) this.#idle.push(buffer);
    else this.#giveBack(buffer);
  }

  /**
   * Gives one idle chunk back to the system, but keeps the last: a load that swings around a boundary shall not map
   * and unmap.
   * @returns whether there was one to give back.
   */
  trim(): boolean {
    if (this.#idle.length < 2) return false;
    this.#giveBack(this.#idle.pop()!);
    return true;
  }

  #giveBack(buffer: ArrayBuffer): void {
    this.reservedBytes -= buffer.byteLength;
    this.#provider.release(buffer);
  }

  #allocate(bytes: number): ArrayBuffer {
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
