import { CHUNK_BITS, CHUNK_BYTES, chunkIndex, MAX_CHUNKS } from './address.ts';
import type { ChunkTable } from './chunks.ts';
import { RunChunk } from './run-chunk.ts';

export const PAGE_BYTES = 4096;
const PAGE_SHIFT = 9;
const PAGES_PER_CHUNK = CHUNK_BYTES / PAGE_BYTES;
/** The largest run: four of them fill a chunk. */
export const MAX_RUN_BYTES = 16 * 1024 * 1024;

/** Middle-sized blocks: runs of pages in chunks that hold nothing else. First fit, lowest chunk first. */
export class PageRuns {
  readonly #chunks: ChunkTable;
  readonly #runs: (RunChunk | undefined)[] = new Array(MAX_CHUNKS).fill(undefined);

  constructor(chunks: ChunkTable) {
    this.#chunks = chunks;
  }

  /** Address of a run of `bytes`, a multiple of {@link PAGE_BYTES}; @throws OutOfMemoryError */
  allocate(bytes: number): number {
    const pages = bytes / PAGE_BYTES;
    for (let chunk = 1; chunk < this.#chunks.bytes.length; chunk++) {
      const run = this.#runs[chunk];
      if (run === undefined || run.largest < pages) continue;
      const page = run.take(pages);
      if (page >= 0) return addressOf(chunk, page);
    }
    const chunk = this.#chunks.acquire(CHUNK_BYTES, 1);
    const run = new RunChunk(PAGES_PER_CHUNK);
    this.#runs[chunk] = run;
    return addressOf(chunk, run.take(pages));
  }

  /** Takes back the run that begins at the address. */
  free(address: number): void {
    const chunk = chunkIndex(address);
    const run = this.#runs[chunk]!;
    run.give(pageOf(address));
    if (!run.isFree) return;
    this.#runs[chunk] = undefined;
    this.#chunks.release(chunk);
  }

  /** Bytes of the run at the address; 0 if the address is not in a chunk of runs. */
  bytesAt(address: number): number {
    const run = this.#runs[chunkIndex(address)];
    return run === undefined ? 0 : run.pagesAt(pageOf(address)) * PAGE_BYTES;
  }
}

const addressOf = (chunk: number, page: number): number =>
  ((chunk << CHUNK_BITS) | (page << PAGE_SHIFT)) >>> 0;

const pageOf = (address: number): number => (address >>> PAGE_SHIFT) & (PAGES_PER_CHUNK - 1);
