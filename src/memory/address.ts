/**
 * An address is a u32 that counts 8-byte units: its top 9 bits are the chunk, the other 23 the place in the chunk.
 * 0 is no address. It is the same number in every process that maps the chunks.
 */
export const CHUNK_BITS = 23;
const UNIT_MASK = 0x7fffff;

/** Bytes of an ordinary chunk; a block larger than the runs allow has a chunk of its own that may be longer. */
export const CHUNK_BYTES = 64 * 1024 * 1024;
export const MAX_CHUNKS = 512;

/** Index into {@link Arena.bytes}, {@link Arena.words} and {@link Arena.floats}. */
export const chunkIndex = (address: number): number => address >>> CHUNK_BITS;

/** Where the block begins in its chunk's bytes. */
export const byteOffset = (address: number): number => (address & UNIT_MASK) << 3;

/** Where the block begins in its chunk's words. */
export const wordOffset = (address: number): number => (address & UNIT_MASK) << 1;
