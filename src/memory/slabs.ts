import { CHUNK_BYTES, chunkIndex, MAX_CHUNKS, wordOffset } from './address.ts';
import type { ChunkTable } from './chunks.ts';
import { CLASS_BYTES, CLASS_COUNT, SPAN_BYTES } from './size-classes.ts';

const SPANS_PER_CHUNK = CHUNK_BYTES / SPAN_BYTES;
const SPANS = MAX_CHUNKS * SPANS_PER_CHUNK;
/** An address without its low bits is the number of its span, counted through all chunks. */
const SPAN_SHIFT = 13;

const CLASS_UNITS = CLASS_BYTES.map((bytes) => bytes / 8);
const CLASS_BLOCKS = CLASS_BYTES.map((bytes) => Math.floor(SPAN_BYTES / bytes));

/**
 * Small blocks. A chunk is cut in spans, a span in blocks of one class. Each span has its own free list, threaded
 * through the free blocks, so a span knows when all of it is free; it then goes back to its chunk and can serve any
 * class. Span 0 (where address 0 lies) is never used, so 0 also means "no span".
 */
export class Slabs {
  readonly #chunks: ChunkTable;
  /** Per span: class + 1, or 0 if it serves none. */
  readonly #classes = new Uint8Array(SPANS);
  readonly #used = new Uint16Array(SPANS);
  /** Per span: address of the block freed last. */
  readonly #freed = new Uint32Array(SPANS);
  /** Per span: address of the first block that was never handed out. */
  readonly #fresh = new Uint32Array(SPANS);
  /** Neighbours in the list of spans with room of one class, or of free spans of one chunk (next only). */
  readonly #next = new Int32Array(SPANS);
  readonly #previous = new Int32Array(SPANS);
  /** Per class: first span with room. The span that got room last is first: it is the fullest. */
  readonly #roomy = new Int32Array(CLASS_COUNT);
  /** Per chunk: spans that were given back, the first span that was never used, and how many both are. */
  readonly #freeSpan = new Int32Array(MAX_CHUNKS);
  readonly #freshSpan = new Int32Array(MAX_CHUNKS);
  readonly #freeSpans = new Int32Array(MAX_CHUNKS);
  /** No chunk below this one has a free span. */
  #firstChunk = 0;

  constructor(chunks: ChunkTable) {
    this.#chunks = chunks;
  }

  /** Address of a block of the class; @throws OutOfMemoryError */
  allocate(sizeClass: number): number {
    let span = this.#roomy[sizeClass]!;
    if (span === 0) span = this.#openSpan(sizeClass);
    let address = this.#freed[span]!;
    if (address !== 0) {
      this.#freed[span] = this.#chunks.words[chunkIndex(address)]![wordOffset(address)]!;
    } else {
      address = this.#fresh[span]!;
      this.#fresh[span] = address + CLASS_UNITS[sizeClass]!;
    }
    const used = this.#used[span]! + 1;
    this.#used[span] = used;
    if (used === CLASS_BLOCKS[sizeClass]) this.#unlink(span, sizeClass);
    return address;
  }

  /** Takes back a block of the class that {@link classAt} says. */
  free(address: number, sizeClass: number): void {
    const span = address >>> SPAN_SHIFT;
    this.#chunks.words[chunkIndex(address)]![wordOffset(address)] = this.#freed[span]!;
    this.#freed[span] = address;
    const used = this.#used[span]! - 1;
    this.#used[span] = used;
    if (used === 0) this.#closeSpan(span, sizeClass);
    else if (used === CLASS_BLOCKS[sizeClass]! - 1) this.#link(span, sizeClass);
  }

  /** Class of the block at the address; -1 if no slab holds it. */
  classAt(address: number): number {
    return this.#classes[address >>> SPAN_SHIFT]! - 1;
  }

  #link(span: number, sizeClass: number): void {
    const head = this.#roomy[sizeClass]!;
    this.#next[span] = head;
    this.#previous[span] = 0;
    if (head !== 0) this.#previous[head] = span;
    this.#roomy[sizeClass] = span;
  }

  #unlink(span: number, sizeClass: number): void {
    const next = this.#next[span]!;
    const previous = this.#previous[span]!;
    if (next !== 0) this.#previous[next] = previous;
    if (previous !== 0) this.#next[previous] = next;
    else this.#roomy[sizeClass] = next;
  }

  #openSpan(sizeClass: number): number {
    const chunk = this.#chunkWithRoom();
    let span = this.#freeSpan[chunk]!;
    if (span !== 0) {
      this.#freeSpan[chunk] = this.#next[span]!;
    } else {
      span = this.#freshSpan[chunk]!;
      this.#freshSpan[chunk] = span + 1;
    }
    this.#freeSpans[chunk]!--;
    this.#classes[span] = sizeClass + 1;
    this.#freed[span] = 0;
    this.#fresh[span] = (span << SPAN_SHIFT) >>> 0;
    this.#link(span, sizeClass);
    return span;
  }

  #closeSpan(span: number, sizeClass: number): void {
    this.#unlink(span, sizeClass);
    this.#classes[span] = 0;
    const chunk = Math.floor(span / SPANS_PER_CHUNK);
    this.#next[span] = this.#freeSpan[chunk]!;
    this.#freeSpan[chunk] = span;
    const free = ++this.#freeSpans[chunk]!;
    if (free === usableSpans(chunk)) {
      this.#freeSpans[chunk] = 0;
      this.#chunks.release(chunk);
    } else if (chunk < this.#firstChunk) {
      this.#firstChunk = chunk;
    }
  }

  /** The lowest chunk with a free span, so that the higher ones can run empty. */
  #chunkWithRoom(): number {
    const chunks = this.#chunks.bytes.length;
    for (let chunk = this.#firstChunk; chunk < chunks; chunk++) {
      if (this.#freeSpans[chunk]! === 0) continue;
      this.#firstChunk = chunk;
      return chunk;
    }
    const chunk = this.#chunks.acquire(CHUNK_BYTES, 0);
    this.#firstChunk = chunk;
    this.#freeSpan[chunk] = 0;
    this.#freshSpan[chunk] = (chunk + 1) * SPANS_PER_CHUNK - usableSpans(chunk);
    this.#freeSpans[chunk] = usableSpans(chunk);
    return chunk;
  }
}

const usableSpans = (chunk: number): number => (chunk === 0 ? SPANS_PER_CHUNK - 1 : SPANS_PER_CHUNK);
