import { type Arena, byteOffset, chunkIndex, wordOffset } from '../../memory/arena.ts';
import { copyBytes } from '../../memory/copy-bytes.ts';

/**
 * How one field of a large hash lies in the arena.
 *
 *     word 0   length of the field (low 30 bits); bit 31: an expiry follows the header
 *     word 1   length of the value
 *     8 bytes  expiry, a double of Unix milliseconds (if bit 31 of word 0)
 *     field, value
 */
export const FIELD_HEADER_BYTES = 8;
const EXPIRY_BYTES = 8;
const EXPIRES = 0x80000000;
const FIELD_LENGTH_MASK = 0x3fffffff;

const word0 = (arena: Arena, entry: number) => arena.words[chunkIndex(entry)]![wordOffset(entry)]!;

/** Length of the field in bytes. */
export const fieldLength = (arena: Arena, entry: number) => word0(arena, entry) & FIELD_LENGTH_MASK;

/** Byte offset of the field in the entry's chunk. */
export const fieldStart = (arena: Arena, entry: number) =>
  byteOffset(entry) + FIELD_HEADER_BYTES + (word0(arena, entry) >= EXPIRES ? EXPIRY_BYTES : 0);

/** Whether the field has an expiry. */
export const fieldExpires = (arena: Arena, entry: number) => word0(arena, entry) >= EXPIRES;

/** Unix milliseconds at which the field expires; 0 if it does not. */
export const fieldExpiry = (arena: Arena, entry: number) =>
  fieldExpires(arena, entry) ? arena.floats[chunkIndex(entry)]![(wordOffset(entry) >>> 1) + 1]! : 0;

/** Length of the value in bytes. */
export const valueLength = (arena: Arena, entry: number) =>
  arena.words[chunkIndex(entry)]![wordOffset(entry) + 1]!;

/** A new field with its value. @param expiry Unix milliseconds, or 0. @throws OutOfMemoryError */
export const createField = (
  arena: Arena,
  field: Uint8Array,
  fieldAt: number,
  fieldBytes: number,
  value: Uint8Array,
  valueAt: number,
  valueBytes: number,
  expiry: number,
): number => {
  const header = FIELD_HEADER_BYTES + (expiry === 0 ? 0 : EXPIRY_BYTES);
  const entry = arena.allocate(header + fieldBytes + valueBytes);
  const chunk = chunkIndex(entry);
  const words = arena.words[chunk]!;
  const at = wordOffset(entry);
  words[at] = expiry === 0 ? fieldBytes : fieldBytes + EXPIRES;
  words[at + 1] = valueBytes;
  if (expiry !== 0) arena.floats[chunk]![(at >>> 1) + 1] = expiry;
  const bytes = arena.bytes[chunk]!;
  const start = byteOffset(entry) + header;
  copyBytes(field, fieldAt, fieldBytes, bytes, start);
  copyBytes(value, valueAt, valueBytes, bytes, start + fieldBytes);
  return entry;
};

/**
 * Replaces the value where it lies, if the block is neither too small for it nor far too large.
 * @returns false if nothing was done.
 */
export const overwriteValue = (
  arena: Arena,
  entry: number,
  value: Uint8Array,
  at: number,
  length: number,
): boolean => {
  const chunk = chunkIndex(entry);
  const start = fieldStart(arena, entry) + fieldLength(arena, entry);
  const wanted = start - byteOffset(entry) + length;
  const capacity = arena.capacity(entry);
  if (wanted > capacity || wanted * 2 < capacity) return false;
  arena.words[chunk]![wordOffset(entry) + 1] = length;
  copyBytes(value, at, length, arena.bytes[chunk]!, start);
  return true;
};
