import { type Arena, byteOffset, chunkIndex, wordOffset } from '../memory/arena.ts';
import { copyBytes } from '../memory/copy-bytes.ts';

/**
 * How one key lies in the arena: header, expiry (only if it has one), key bytes, then the value itself or the
 * address of it.
 *
 *     word 0   key length (low 30 bits); bit 31: an expiry follows the header
 *     word 1   type (low 4 bits) and flags
 *     word 2   access clock for eviction (LRU seconds or LFU minutes and counter)
 *     word 3   inline value: its length; otherwise: the address of the value
 *     8 bytes  expiry, a double of Unix milliseconds (if bit 31 of word 0)
 *     key, value
 */
export const HEADER_BYTES = 16;
export const EXPIRY_BYTES = 8;
const EXPIRES = 0x80000000;
const KEY_LENGTH_MASK = 0x3fffffff;

/** Type codes, Redis's own numbers. */
export const TYPE_STRING = 0;
export const TYPE_LIST = 1;
export const TYPE_SET = 2;
export const TYPE_SORTED_SET = 3;
export const TYPE_HASH = 4;
export const TYPE_STREAM = 6;
export const TYPE_NAMES: Readonly<Record<number, string>> = {
  [TYPE_STRING]: 'string',
  [TYPE_LIST]: 'list',
  [TYPE_SET]: 'set',
  [TYPE_SORTED_SET]: 'zset',
  [TYPE_HASH]: 'hash',
  [TYPE_STREAM]: 'stream',
};
export const TYPE_MASK = 0xf;
/** The string was changed in place (APPEND, SETRANGE, SETBIT): OBJECT ENCODING says raw whatever it holds. */
export const RAW = 0x10;
/** The string was made from a decimal fraction (INCRBYFLOAT): OBJECT ENCODING never says int. */
export const TEXTUAL = 0x40;
/** The value lies in a block of its own whose address is word 3; its length is that block's word 0. */
export const EXTERNAL = 0x20;

/** Where word `index` of an entry lies in its chunk's words. */
const word = (entry: number, index: number) => wordOffset(entry) + index;

export const keyLength = (arena: Arena, entry: number) =>
  arena.words[chunkIndex(entry)]![wordOffset(entry)]! & KEY_LENGTH_MASK;

export const hasExpiry = (arena: Arena, entry: number) =>
  arena.words[chunkIndex(entry)]![wordOffset(entry)]! >= EXPIRES;

/** Bytes before the inline value, by word 0. */
export const inlineStart = (word0: number) =>
  HEADER_BYTES + (word0 >= EXPIRES ? EXPIRY_BYTES : 0) + (word0 & KEY_LENGTH_MASK);

/** Byte offset of the key in the entry's chunk. */
export const keyStart = (arena: Arena, entry: number) =>
  byteOffset(entry) + HEADER_BYTES + (hasExpiry(arena, entry) ? EXPIRY_BYTES : 0);

export const meta = (arena: Arena, entry: number) => arena.words[chunkIndex(entry)]![word(entry, 1)]!;

export const setMeta = (arena: Arena, entry: number, value: number): void => {
  arena.words[chunkIndex(entry)]![word(entry, 1)] = value;
};

export const typeOf = (arena: Arena, entry: number) => meta(arena, entry) & TYPE_MASK;

export const accessClock = (arena: Arena, entry: number) => arena.words[chunkIndex(entry)]![word(entry, 2)]!;

export const setAccessClock = (arena: Arena, entry: number, value: number): void => {
  arena.words[chunkIndex(entry)]![word(entry, 2)] = value;
};

/** Word 3: the inline value's length or the value's address. */
export const valueWord = (arena: Arena, entry: number) => arena.words[chunkIndex(entry)]![word(entry, 3)]!;

export const setValueWord = (arena: Arena, entry: number, value: number): void => {
  arena.words[chunkIndex(entry)]![word(entry, 3)] = value;
};

/** Unix milliseconds at which the key expires; 0 if it does not. */
export const expiryOf = (arena: Arena, entry: number) =>
  hasExpiry(arena, entry) ? arena.floats[chunkIndex(entry)]![(wordOffset(entry) >>> 1) + 2]! : 0;

/** Overwrites the expiry of an entry that has one. */
export const setExpiry = (arena: Arena, entry: number, at: number): void => {
  arena.floats[chunkIndex(entry)]![(wordOffset(entry) >>> 1) + 2] = at;
};

/**
 * Allocates an entry with room for `valueBytes` inline and writes its header and key.
 * Word 1 to 3 are zero, and so is the expiry if there is one.
 */
export const createEntry = (
  arena: Arena,
  key: Uint8Array,
  start: number,
  length: number,
  valueBytes: number,
  expires: boolean,
): number => {
  const prefix = HEADER_BYTES + (expires ? EXPIRY_BYTES : 0);
  const entry = arena.allocate(prefix + length + valueBytes);
  const words = arena.words[chunkIndex(entry)]!;
  const at = wordOffset(entry);
  words[at] = expires ? length + EXPIRES : length;
  words[at + 1] = 0;
  words[at + 2] = 0;
  words[at + 3] = 0;
  if (expires) setExpiry(arena, entry, 0);
  const bytes = arena.bytes[chunkIndex(entry)]!;
  const to = byteOffset(entry) + prefix;
  copyBytes(key, start, length, bytes, to);
  return entry;
};

/**
 * A copy of an entry under the given key, with room for `roomBytes` inline: type, flags, clock, the length or the
 * address of the value and the first `keepBytes` of the inline value are the same, and so is the expiry where both
 * have one. A value outside the entry is shared now: either the old entry's block is freed alone, or the value copied.
 */
export const copyEntry = (
  arena: Arena,
  entry: number,
  key: Uint8Array,
  keyAt: number,
  keyBytes: number,
  keepBytes: number,
  roomBytes: number,
  expires: boolean,
): number => {
  const copy = createEntry(arena, key, keyAt, keyBytes, roomBytes, expires);
  setMeta(arena, copy, meta(arena, entry));
  setAccessClock(arena, copy, accessClock(arena, entry));
  setValueWord(arena, copy, valueWord(arena, entry));
  if (expires && hasExpiry(arena, entry)) setExpiry(arena, copy, expiryOf(arena, entry));
  const from = keyStart(arena, entry) + keyLength(arena, entry);
  copyBytes(
    arena.bytes[chunkIndex(entry)]!,
    from,
    keepBytes,
    arena.bytes[chunkIndex(copy)]!,
    keyStart(arena, copy) + keyBytes,
  );
  return copy;
};
