import { type Arena, chunkIndex } from '../../memory/arena.ts';
import { Dict, hashKey } from '../../memory/dict.ts';
import type { ElementView } from '../../memory/listpack.ts';
import { RankedTree } from '../../memory/ranked-tree.ts';
import { createLedger, ledgerFields, ledgerTree, setLedger } from './field-calendar.ts';
import {
  createField,
  FIELD_HEADER_BYTES,
  fieldExpires,
  fieldExpiry,
  fieldLength,
  fieldStart,
  overwriteValue,
  valueLength,
} from './hash-fields.ts';
import type { HashForm } from './hash-form.ts';

const keep = (): void => {};

/**
 * Large hashes: a dict of fields (see `hash-fields.ts`), and beside it, once a field was given an expiry, a tree of the
 * fields that have one, in the order of these. A place is the address of a field's block.
 */
export class HashTable implements HashForm {
  readonly #arena: Arena;
  readonly #dict: Dict;
  readonly #tree: RankedTree;
  /** 0 for a hash of which no field was ever given an expiry. */
  #ledger = 0;
  /** Hash of the field looked for last. */
  #hash = 0;

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#dict = new Dict(arena, 0, FIELD_HEADER_BYTES);
    this.#tree = new RankedTree(arena);
  }

  /** Address 0 begins an empty hash. */
  attach(address: number, expiring: boolean): this {
    this.#ledger = expiring ? address : 0;
    this.#dict.attach(expiring ? ledgerFields(this.#arena, address) : address);
    this.#tree.attach(expiring ? ledgerTree(this.#arena, address) : 0);
    return this;
  }

  get address(): number {
    if (this.#ledger === 0) return this.#dict.root;
    setLedger(this.#arena, this.#ledger, this.#dict.root, this.#tree.root);
    return this.#ledger;
  }

  addExpiries(): void {
    this.#ledger = createLedger(this.#arena, this.#dict.root);
  }

  get count(): number {
    return this.#dict.count;
  }

  find(field: Uint8Array, start: number, length: number): number {
    this.#hash = hashKey(field, start, length);
    return this.#dict.find(this.#hash, field, start, length);
  }

  readField(place: number, view: ElementView): void {
    view.bytes = this.#arena.bytes[chunkIndex(place)]!;
    view.start = fieldStart(this.#arena, place);
    view.length = fieldLength(this.#arena, place);
  }

  readValue(place: number, view: ElementView): void {
    view.bytes = this.#arena.bytes[chunkIndex(place)]!;
    view.start = fieldStart(this.#arena, place) + fieldLength(this.#arena, place);
    view.length = valueLength(this.#arena, place);
  }

  expiryOf(place: number): number {
    return fieldExpiry(this.#arena, place);
  }

  insert(
    field: Uint8Array,
    fieldAt: number,
    fieldBytes: number,
    value: Uint8Array,
    valueAt: number,
    valueBytes: number,
    expiry: number,
  ): void {
    const entry = createField(this.#arena, field, fieldAt, fieldBytes, value, valueAt, valueBytes, expiry);
    try {
      if (expiry !== 0) this.#tree.insert(entry);
      this.#insertInDict(hashKey(field, fieldAt, fieldBytes), entry, expiry);
    } catch (error) {
      this.#arena.free(entry);
      throw error;
    }
  }

  replaceValue(place: number, value: Uint8Array, start: number, length: number): number {
    const arena = this.#arena;
    if (overwriteValue(arena, place, value, start, length)) return place;
    const bytes = arena.bytes[chunkIndex(place)]!;
    const expiry = fieldExpiry(arena, place);
    const field = fieldLength(arena, place);
    const entry = createField(arena, bytes, fieldStart(arena, place), field, value, start, length, expiry);
    if (expiry !== 0) this.#tree.replace(place, entry);
    return this.#exchange(place, entry);
  }

  setExpiry(place: number, expiry: number): void {
    const arena = this.#arena;
    if (fieldExpiry(arena, place) === expiry) return;
    const bytes = arena.bytes[chunkIndex(place)]!;
    const start = fieldStart(arena, place);
    const length = fieldLength(arena, place);
    const value = valueLength(arena, place);
    const entry = createField(arena, bytes, start, length, bytes, start + length, value, expiry);
    try {
      if (expiry !== 0) this.#tree.insert(entry);
    } catch (error) {
      arena.free(entry);
      throw error;
    }
    if (fieldExpires(arena, place)) this.#tree.remove(place);
    this.#exchange(place, entry);
  }

  remove(place: number): void {
    this.#dict.removeFound();
    if (fieldExpires(this.#arena, place)) this.#tree.remove(place);
    this.#arena.free(place);
  }

  firstExpiry(): number {
    if (this.#tree.count === 0) return 0;
    this.#tree.seekRank(0);
    return this.#tree.score;
  }

  countDue(time: number): number {
    return this.#tree.count === 0 ? 0 : this.#tree.seekScore(time, true);
  }

  removeDue(time: number, limit: number): number {
    let removed = 0;
    for (; removed < limit; removed++) {
      const first = this.firstExpiry();
      if (first === 0 || first > time) break;
      const { entry } = this.#tree;
      this.#dict.findEntry(this.#hashOf(entry), entry);
      this.remove(entry);
    }
    return removed;
  }

  scan(cursor: number, emit: (place: number) => void): number {
    return this.#dict.scan(cursor, emit);
  }

  randomPlace(random: () => number): number {
    return this.#dict.randomEntry(random);
  }

  copy(): number {
    const copy = new HashTable(this.#arena);
    if (this.#ledger !== 0) copy.addExpiries();
    try {
      copy.#takeAll(this);
    } catch (error) {
      while (!copy.freeSlice(Infinity));
      throw error;
    }
    return copy.address;
  }

  memoryBytes(samples: number): number {
    let seen = 0;
    let bytes = 0;
    const measure = (place: number): void => {
      seen++;
      bytes += this.#arena.capacity(place);
    };
    let cursor = 0;
    do cursor = this.scan(cursor, measure);
    while (cursor !== 0 && (samples === 0 || seen < samples));
    const fields = seen === 0 ? 0 : (bytes / seen) * this.count;
    const ledger = this.#ledger === 0 ? 0 : this.#arena.capacity(this.#ledger);
    return Math.round(fields) + this.#dict.memoryBytes() + this.#tree.bytes + ledger;
  }

  freeSlice(fields: number): boolean {
    if (this.#tree.root !== 0) {
      this.#tree.freeSlice(fields, keep);
      setLedger(this.#arena, this.#ledger, this.#dict.root, this.#tree.root);
      return false;
    }
    if (!this.#dict.freeSlice(fields, this.#free)) return false;
    if (this.#ledger !== 0) this.#arena.free(this.#ledger);
    this.#ledger = 0;
    return true;
  }

  readonly #free = (place: number): void => this.#arena.free(place);

  #insertInDict(hash: number, entry: number, expiry: number): void {
    try {
      this.#dict.insert(hash, entry);
    } catch (error) {
      if (expiry !== 0) this.#tree.remove(entry);
      throw error;
    }
  }

  /** Adds copies of all fields of another hash. */
  #takeAll(other: HashTable): void {
    const arena = this.#arena;
    const take = (place: number): void => {
      const bytes = arena.bytes[chunkIndex(place)]!;
      const start = fieldStart(arena, place);
      const length = fieldLength(arena, place);
      const value = valueLength(arena, place);
      this.insert(bytes, start, length, bytes, start + length, value, fieldExpiry(arena, place));
    };
    let cursor = 0;
    do cursor = other.scan(cursor, take);
    while (cursor !== 0);
  }

  #exchange(place: number, entry: number): number {
    this.#dict.replaceFound(entry);
    this.#arena.free(place);
    return entry;
  }

  #hashOf(place: number): number {
    const bytes = this.#arena.bytes[chunkIndex(place)]!;
    return hashKey(bytes, fieldStart(this.#arena, place), fieldLength(this.#arena, place));
  }
}
