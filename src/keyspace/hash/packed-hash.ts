import type { Arena } from '../../memory/arena.ts';
import { type ElementView, integerAt, nextElement, skipElements } from '../../memory/listpack.ts';
import { ListpackElement } from '../../memory/listpack-element.ts';
import { PackedBlocks } from '../../memory/packed.ts';
import { createLedger, ledgerFields, setLedger } from './field-calendar.ts';
import type { HashForm } from './hash-form.ts';

/** Elements of a field: itself and its value; and its expiry (0: none) where fields may have one. */
const PAIR = 2;
const TRIPLE = 3;

/**
 * Small hashes: blocks of listpack elements, in the order in which fields came. Where fields may expire, those that do
 * lie first, in the order of their expiries, as in Redis's `listpackex`. A place is the offset of a field's element.
 */
export class PackedHash implements HashForm {
  readonly #blocks: PackedBlocks;
  readonly #arena: Arena;
  readonly #field = new ListpackElement();
  readonly #value = new ListpackElement();
  readonly #expiry = new ListpackElement();
  #block = 0;
  /** 0 for a hash of which no field was ever given an expiry. */
  #ledger = 0;
  #stride = PAIR;

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#blocks = new PackedBlocks(arena);
  }

  attach(address: number, expiring: boolean): this {
    this.#ledger = expiring ? address : 0;
    this.#block = expiring ? ledgerFields(this.#arena, address) : address;
    this.#stride = expiring ? TRIPLE : PAIR;
    return this;
  }

  /** Turns to a new, empty hash. @param room for so many bytes of elements. @throws OutOfMemoryError */
  create(room: number): this {
    return this.attach(this.#blocks.create(room), false);
  }

  get address(): number {
    if (this.#ledger === 0) return this.#block;
    setLedger(this.#arena, this.#ledger, this.#block, 0);
    return this.#ledger;
  }

  get count(): number {
    return this.#blocks.count(this.#block) / this.#stride;
  }

  hasMoreThan(fields: number): boolean {
    return this.#blocks.count(this.#block) > fields * this.#stride;
  }

  /** Bytes of all elements. */
  get used(): number {
    return this.#blocks.used(this.#block);
  }

  find(field: Uint8Array, start: number, length: number): number {
    this.#field.take(field, start, length);
    const at = this.#field.find(this.#bytes, this.#start, this.#end, this.#stride);
    return Math.max(at, 0);
  }

  readField(place: number, view: ElementView): void {
    view.read(this.#bytes, place);
  }

  readValue(place: number, view: ElementView): void {
    const bytes = this.#bytes;
    view.read(bytes, nextElement(bytes, place));
  }

  expiryOf(place: number): number {
    return this.#stride === PAIR ? 0 : integerAt(this.#bytes, skipElements(this.#bytes, place, 2));
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
    const expiring = this.#stride === TRIPLE;
    const place = expiry === 0 ? this.#end : this.#placeFor(expiry);
    let size = this.#field.take(field, fieldAt, fieldBytes) + this.#value.take(value, valueAt, valueBytes);
    if (expiring) size += this.#expiry.takeInteger(expiry);
    const start = this.#open(place, 0, size, this.#stride);
    const bytes = this.#bytes;
    const end = this.#value.write(bytes, this.#field.write(bytes, start));
    if (expiring) this.#expiry.write(bytes, end);
  }

  replaceValue(place: number, value: Uint8Array, start: number, length: number): number {
    const bytes = this.#bytes;
    const old = nextElement(bytes, place);
    const size = this.#value.take(value, start, length);
    const removed = nextElement(bytes, old) - old;
    if (size === removed) {
      this.#value.write(bytes, old);
      return place;
    }
    const at = this.#open(old, removed, size, 0);
    this.#value.write(this.#bytes, at);
    return place + at - old;
  }

  setExpiry(place: number, expiry: number): void {
    const pair = this.#bytes.slice(place, skipElements(this.#bytes, place, PAIR));
    const size = pair.length + this.#expiry.takeInteger(expiry);
    const target = expiry === 0 ? this.#end : this.#placeFor(expiry);
    // The new one first: for it there may be no memory.
    const at = this.#open(target, 0, size, TRIPLE);
    this.#bytes.set(pair, at);
    this.#expiry.write(this.#bytes, at + pair.length);
    this.remove(place + at - target + (target <= place ? size : 0));
  }

  remove(place: number): void {
    this.#open(place, this.#endOf(place) - place, 0, -this.#stride);
  }

  firstExpiry(): number {
    return this.#blocks.count(this.#block) === 0 ? 0 : this.expiryOf(this.#start);
  }

  countDue(time: number): number {
    let due = 0;
    const end = this.#end;
    for (let at = this.#start; at < end; at = this.#endOf(at)) {
      const expiry = this.expiryOf(at);
      if (expiry === 0 || expiry > time) break;
      due++;
    }
    return due;
  }

  removeDue(time: number, limit: number): number {
    const due = Math.min(this.countDue(time), limit);
    const start = this.#start;
    const end = skipElements(this.#bytes, start, due * this.#stride);
    if (due > 0) this.#open(start, end - start, 0, -due * this.#stride);
    return due;
  }

  /** Visits all fields at once. */
  scan(_cursor: number, emit: (place: number) => void): number {
    const end = this.#end;
    for (let at = this.#start; at < end; at = this.#endOf(at)) emit(at);
    return 0;
  }

  randomPlace(random: () => number): number {
    return skipElements(this.#bytes, this.#start, Math.floor(random() * this.count) * this.#stride);
  }

  addExpiries(): void {
    const old = this.#block;
    const ledger = createLedger(this.#arena, old);
    try {
      this.#widen();
    } catch (error) {
      this.#arena.free(ledger);
      throw error;
    }
    this.#ledger = ledger;
    this.#blocks.free(old);
  }

  copy(): number {
    const copy = this.#blocks.copy(this.#block);
    if (this.#ledger === 0) return copy;
    try {
      return createLedger(this.#arena, copy);
    } catch (error) {
      this.#blocks.free(copy);
      throw error;
    }
  }

  memoryBytes(): number {
    const ledger = this.#ledger === 0 ? 0 : this.#arena.capacity(this.#ledger);
    return this.#arena.capacity(this.#block) + ledger;
  }

  freeSlice(): boolean {
    this.#blocks.free(this.#block);
    if (this.#ledger !== 0) this.#arena.free(this.#ledger);
    return true;
  }

  /** Turns to a block of the same fields with an expiry, 0, behind each value. */
  #widen(): void {
    const { count, used } = this;
    const size = used + count * this.#expiry.takeInteger(0);
    const from = this.#bytes;
    let at = this.#start;
    this.#block = this.#blocks.create(size);
    this.#stride = TRIPLE;
    let target = this.#open(this.#start, 0, size, count * TRIPLE);
    const to = this.#bytes;
    for (let left = count; left > 0; left--) {
      const end = skipElements(from, at, PAIR);
      to.set(from.subarray(at, end), target);
      target = this.#expiry.write(to, target + end - at);
      at = end;
    }
  }

  get #bytes(): Uint8Array {
    return this.#blocks.bytes(this.#block);
  }

  get #start(): number {
    return this.#blocks.start(this.#block);
  }

  get #end(): number {
    return this.#blocks.end(this.#block);
  }

  #endOf(place: number): number {
    return skipElements(this.#bytes, place, this.#stride);
  }

  /** Where a field of that expiry is to go. */
  #placeFor(expiry: number): number {
    const end = this.#end;
    let at = this.#start;
    while (at < end) {
      const other = this.expiryOf(at);
      if (other === 0 || other >= expiry) break;
      at = this.#endOf(at);
    }
    return at;
  }

  /** Replaces bytes at an offset by a gap. @returns the offset of the gap, in the block where the hash lies now. */
  #open(at: number, removed: number, inserted: number, countChange: number): number {
    const offset = at - this.#start;
    this.#block = this.#blocks.splice(this.#block, at, removed, inserted, countChange);
    return this.#start + offset;
  }
}
