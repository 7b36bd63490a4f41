import { type Arena, byteOffset, chunkIndex, wordOffset } from '../../memory/arena.ts';
import type { ByteSlice } from '../../memory/byte-slice.ts';
import { copyBytes } from '../../memory/copy-bytes.ts';
import type { Database } from '../database.ts';
import {
  createEntry,
  EXPIRY_BYTES,
  EXTERNAL,
  HEADER_BYTES,
  hasExpiry,
  keyLength,
  meta,
  RAW,
  setMeta,
  setValueWord,
  TEXTUAL,
  TYPE_MASK,
  TYPE_STRING,
  valueWord,
} from '../entry.ts';
import type { ValueType } from '../value-type.ts';
import { stringEncoding } from './string-encoding.ts';
import { BLOCK_HEADER, INLINE_MAX, StringView } from './string-value.ts';

/** A string that grows gets this much room to spare at the most, in bytes (as Redis's sds). */
const MAX_SPARE = 1024 * 1024;

const expiryBytes = (arena: Arena, entry: number): number => (hasExpiry(arena, entry) ? EXPIRY_BYTES : 0);

/** String values in the arena: made, overwritten, grown in place where there is room. */
export class Strings implements ValueType {
  readonly #arena: Arena;
  /** The view that {@link view} returns, reused by the next call. */
  readonly #view = new StringView();

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  /** The bytes of the string value of `entry`, valid until the next call or write. */
  view(entry: number): ByteSlice {
    return this.#view.locate(this.#arena, entry);
  }

  /** A new entry of the given key and value. It is in no database yet. */
  create(
    key: Uint8Array,
    keyAt: number,
    keyBytes: number,
    value: Uint8Array,
    valueAt: number,
    valueBytes: number,
    expires: boolean,
  ): number {
    if (valueBytes > INLINE_MAX) {
      const entry = this.#createExternal(key, keyAt, keyBytes, valueBytes, expires);
      const { bytes, start } = this.view(entry);
      copyBytes(value, valueAt, valueBytes, bytes, start);
      return entry;
    }
    const arena = this.#arena;
    const entry = createEntry(arena, key, keyAt, keyBytes, valueBytes, expires);
    setValueWord(arena, entry, valueBytes);
    const to = byteOffset(entry) + HEADER_BYTES + (expires ? EXPIRY_BYTES : 0) + keyBytes;
    copyBytes(value, valueAt, valueBytes, arena.bytes[chunkIndex(entry)]!, to);
    return entry;
  }

  /** A new entry of the given key, without expiry, whose value is arbitrary yet. It is in no database yet. */
  createBlank(key: Uint8Array, keyAt: number, keyBytes: number, valueBytes: number): number {
    const arena = this.#arena;
    if (valueBytes > INLINE_MAX) {
      const entry = this.#createExternal(key, keyAt, keyBytes, valueBytes, false);
      setMeta(arena, entry, TYPE_STRING | RAW | EXTERNAL);
      return entry;
    }
    const entry = createEntry(arena, key, keyAt, keyBytes, valueBytes, false);
    setMeta(arena, entry, TYPE_STRING | RAW);
    setValueWord(arena, entry, valueBytes);
    return entry;
  }

  /**
   * Replaces the value of `entry` where it lies, its expiry staying, if it is a string and its block is neither too
   * small nor far too large.
   * @returns false if nothing was done.
   */
  overwrite(entry: number, keyBytes: number, value: Uint8Array, at: number, length: number): boolean {
    const arena = this.#arena;
    const flags = meta(arena, entry);
    if ((flags & TYPE_MASK) !== TYPE_STRING) return false;
    const external = flags & EXTERNAL;
    if ((external !== 0) !== length > INLINE_MAX) return false;
    const block = external !== 0 ? valueWord(arena, entry) : entry;
    const prefix = external !== 0 ? BLOCK_HEADER : HEADER_BYTES + expiryBytes(arena, entry) + keyBytes;
    const capacity = arena.capacity(block);
    if (prefix + length > capacity || (prefix + length) * 2 < capacity) return false;
    if (flags !== (TYPE_STRING | external)) setMeta(arena, entry, TYPE_STRING | external);
    if (external !== 0) arena.words[chunkIndex(block)]![wordOffset(block)] = length;
    else setValueWord(arena, entry, length);
    copyBytes(value, at, length, arena.bytes[chunkIndex(block)]!, byteOffset(block) + prefix);
    return true;
  }

  /**
   * Prepares to change the value of `entry` in place: makes it at least `length` bytes long. Of what it grew by, the
   * bytes before `zerosTo` are zeros, the others arbitrary.
   * The caller writes through {@link view} and then calls {@link Database.modified}.
   * @returns the entry, which may lie elsewhere now.
   */
  extend(database: Database, entry: number, length: number, zerosTo: number): number {
    const old = this.view(entry).length;
    const spare = Math.min(length, MAX_SPARE);
    const extended = length > old ? this.resize(database, entry, length, length + spare) : entry;
    this.markRaw(extended);
    const { bytes, start } = this.view(extended);
    if (length > old && zerosTo > old) bytes.fill(0, start + old, start + zerosTo);
    return extended;
  }

  /** Notes that the string was changed in place. */
  markRaw(entry: number): void {
    setMeta(this.#arena, entry, (meta(this.#arena, entry) & ~TEXTUAL) | RAW);
  }

  /**
   * Makes the value of `entry` `length` bytes long, what is new being arbitrary. A value that must move for it gets
   * room for `room` bytes.
   * @returns the entry, which may lie elsewhere now.
   */
  resize(database: Database, entry: number, length: number, room: number): number {
    const arena = this.#arena;
    const old = this.view(entry).length;
    const resized = length > old ? this.#makeRoom(database, entry, old, length, room) : entry;
    if ((meta(arena, resized) & EXTERNAL) === 0) {
      setValueWord(arena, resized, length);
    } else {
      const block = valueWord(arena, resized);
      arena.words[chunkIndex(block)]![wordOffset(block)] = length;
    }
    return resized;
  }

  #makeRoom(database: Database, entry: number, old: number, length: number, room: number): number {
    const arena = this.#arena;
    if ((meta(arena, entry) & EXTERNAL) !== 0) {
      const block = valueWord(arena, entry);
      if (BLOCK_HEADER + length > arena.capacity(block)) {
        setValueWord(arena, entry, this.#moveToBlock(entry, old, room));
        arena.free(block);
      }
      return entry;
    }
    const expires = hasExpiry(arena, entry);
    const prefix = HEADER_BYTES + expiryBytes(arena, entry) + keyLength(arena, entry);
    if (prefix + length <= arena.capacity(entry)) return entry;
    if (length <= INLINE_MAX) return database.relocate(entry, old, Math.min(room, INLINE_MAX), expires);
    const block = this.#moveToBlock(entry, old, room);
    const moved = database.relocate(entry, 0, 0, expires);
    setMeta(arena, moved, meta(arena, moved) | EXTERNAL);
    setValueWord(arena, moved, block);
    return moved;
  }

  /** A new entry of the given key and a block for its value. */
  #createExternal(
    key: Uint8Array,
    keyAt: number,
    keyBytes: number,
    valueBytes: number,
    expires: boolean,
  ): number {
    const arena = this.#arena;
    // First what there may be no memory for.
    const block = this.#createBlock(valueBytes, valueBytes);
    const entry = createEntry(arena, key, keyAt, keyBytes, 0, expires);
    setMeta(arena, entry, TYPE_STRING | EXTERNAL);
    setValueWord(arena, entry, block);
    return entry;
  }

  /** Copies the value's first `length` bytes to a block with room for `room`. */
  #moveToBlock(entry: number, length: number, room: number): number {
    const block = this.#createBlock(length, room);
    const { bytes, start } = this.view(entry);
    this.#arena.bytes[chunkIndex(block)]!.set(
      bytes.subarray(start, start + length),
      byteOffset(block) + BLOCK_HEADER,
    );
    return block;
  }

  #createBlock(length: number, room: number): number {
    const block = this.#arena.allocate(BLOCK_HEADER + room);
    const words = this.#arena.words[chunkIndex(block)]!;
    words[wordOffset(block)] = length;
    words[wordOffset(block) + 1] = 0;
    return block;
  }

  /** Bytes of the value that lie inside the entry's own block. */
  inlineBytes(entry: number): number {
    return (meta(this.#arena, entry) & EXTERNAL) === 0 ? valueWord(this.#arena, entry) : 0;
  }

  /** Gives `entry`, a copy of another, a value of its own. */
  unshare(entry: number): void {
    if ((meta(this.#arena, entry) & EXTERNAL) === 0) return;
    const { length } = this.view(entry);
    setValueWord(this.#arena, entry, this.#moveToBlock(entry, length, length));
  }

  /** Frees what the value holds outside its entry's block. */
  release(entry: number): void {
    if ((meta(this.#arena, entry) & EXTERNAL) !== 0) this.#arena.free(valueWord(this.#arena, entry));
  }

  /** Bytes that the arena holds for the value outside its entry's block. */
  externalBytes(entry: number): number {
    return (meta(this.#arena, entry) & EXTERNAL) === 0
      ? 0
      : this.#arena.capacity(valueWord(this.#arena, entry));
  }
  /** What OBJECT ENCODING answers for the value. */
  encoding(entry: number): string {
    return stringEncoding(this.view(entry), meta(this.#arena, entry));
  }
}
