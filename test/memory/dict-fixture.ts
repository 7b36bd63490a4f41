import { type Arena, byteOffset, chunkIndex, wordOffset } from '../../src/memory/arena.ts';
import { type Dict, hashKey } from '../../src/memory/dict.ts';

const HEADER_BYTES = 16;
const EXTRA_HEADER_BYTES = 8;
const EXTRA_HEADER = 0x80000000;

/** An entry as the dict's contract wants it: key length in word 0, header, perhaps 8 bytes more, key. */
export const createEntry = (arena: Arena, key: Uint8Array, extraHeader = false): number => {
  const before = HEADER_BYTES + (extraHeader ? EXTRA_HEADER_BYTES : 0);
  const entry = arena.allocate(before + key.length);
  arena.bytes[chunkIndex(entry)]!.fill(0xa5, byteOffset(entry), byteOffset(entry) + before);
  arena.words[chunkIndex(entry)]![wordOffset(entry)] = key.length + (extraHeader ? EXTRA_HEADER : 0);
  arena.bytes[chunkIndex(entry)]!.set(key, byteOffset(entry) + before);
  return entry;
};

export const keyBytes = (key: string): Uint8Array => Buffer.from(key);

export const hashOf = (key: string): number => {
  const bytes = keyBytes(key);
  return hashKey(bytes, 0, bytes.length);
};

export const findKey = (dict: Dict, key: string): number => {
  const bytes = keyBytes(key);
  return dict.find(hashKey(bytes, 0, bytes.length), bytes, 0, bytes.length);
};

/** Adds an absent key. @returns its entry */
export const addKey = (arena: Arena, dict: Dict, key: string): number => {
  const entry = createEntry(arena, keyBytes(key), key.length % 2 === 1);
  dict.insert(hashOf(key), entry);
  return entry;
};

/** Removes a present key and frees its entry. */
export const dropKey = (arena: Arena, dict: Dict, key: string): void => {
  const entry = findKey(dict, key);
  dict.removeFound();
  arena.free(entry);
};
