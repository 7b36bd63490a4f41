import type { Arena } from '../../memory/arena.ts';
import type { ByteSlice } from '../../memory/byte-slice.ts';
import { ElementView } from '../../memory/listpack.ts';
import type { EncodingLimits } from '../encoding-limits.ts';
import { meta, setMeta, setValueWord, valueWord } from '../entry.ts';
import type { LazyFree, Remains } from '../lazy-free.ts';
import type { CollectionType } from '../value-type.ts';
import { FieldCalendar } from './field-calendar.ts';
import type { HashForm } from './hash-form.ts';
import { HashTable } from './hash-table.ts';
import { PackedHash } from './packed-hash.ts';

/** Flags of the entry: the hash is a table; its fields may have expiries. */
const TABLE = 0x100;
const EXPIRING = 0x200;

/** Bytes that an empty hash has for its first field. */
const FIRST_ROOM = 24;
/** No listpack is made longer than this, in bytes. */
const MAX_LISTPACK = 2 ** 30;
/** Bytes of a listpack besides its elements. */
const LISTPACK_FRAME = 7;
/** Hashes of more fields are freed in slices. */
const FREE_AT_ONCE = 64;

/** What hashes must know of the keyspace. */
export interface HashOwner {
  /** The Unix milliseconds by which fields expire. */
  readonly now: number;
  readonly statistics: { expiredFields: number };
}

/** Is given a field, its value and its expiry (Unix milliseconds; 0: none). The views are valid during the call. */
export type FieldVisitor = (field: ByteSlice, value: ByteSlice, expiry: number) => void;

/**
 * Hashes: packed in one block as long as they are small, then a table for good. `entry` is the keyspace's entry; fields
 * and values are bytes in somebody's buffer. A field whose time has come is there no more for all that is asked here but
 * {@link count}; who asks for it by name removes it.
 */
export class Hashes implements CollectionType {
  /** The hashes whose fields expire. */
  readonly calendar: FieldCalendar;
  /** Fields and values of any length are packed: what comes from elsewhere was packed there, by other limits. */
  packsLong = false;

  readonly #arena: Arena;
  readonly #limits: Readonly<EncodingLimits>;
  readonly #lazyFree: LazyFree;
  readonly #owner: HashOwner;
  readonly #packed: PackedHash;
  readonly #table: HashTable;
  /** What was looked at last. */
  readonly #field = new ElementView();
  readonly #value = new ElementView();

  constructor(arena: Arena, limits: Readonly<EncodingLimits>, lazyFree: LazyFree, owner: HashOwner) {
    this.#arena = arena;
    this.#limits = limits;
    this.#lazyFree = lazyFree;
    this.#owner = owner;
    this.calendar = new FieldCalendar(arena);
    this.#packed = new PackedHash(arena);
    this.#table = new HashTable(arena);
  }

  initialize(entry: number): void {
    setValueWord(this.#arena, entry, this.#packed.create(FIRST_ROOM).address);
  }

  /** Number of fields, with those whose time has come but whom nobody has asked for since. */
  count(entry: number): number {
    return this.#open(entry).count;
  }

  encoding(entry: number): string {
    const flags = meta(this.#arena, entry);
    if ((flags & TABLE) !== 0) return 'hashtable';
    return (flags & EXPIRING) !== 0 ? 'listpackex' : 'listpack';
  }

  inlineBytes(): number {
    return 0;
  }

  externalBytes(entry: number, samples: number): number {
    return this.#open(entry).memoryBytes(samples);
  }

  release(entry: number): void {
    const form = this.#open(entry);
    const expiring = this.isExpiring(entry);
    const address = valueWord(this.#arena, entry);
    if (expiring) this.calendar.call(address, entry, 0);
    if (form === this.#packed || form.count <= FREE_AT_ONCE) while (!form.freeSlice(FREE_AT_ONCE));
    else this.#lazyFree.add(this.#remains(address, expiring));
  }

  unshare(entry: number): void {
    const form = this.#open(entry);
    const call = form.firstExpiry();
    const address = form.copy();
    setValueWord(this.#arena, entry, address);
    if (call !== 0) this.calendar.call(address, entry, call);
  }

  /** The value of a hash has come to another entry. */
  adopt(entry: number): void {
    if (this.isExpiring(entry)) this.calendar.assign(valueWord(this.#arena, entry), entry);
  }

  /** The value of a field, valid until the next call, or undefined. */
  get(entry: number, field: Uint8Array, start: number, length: number): ByteSlice | undefined {
    const form = this.#open(entry);
    const place = this.#find(entry, form, this.isExpiring(entry), field, start, length);
    if (place === 0) return undefined;
    form.readValue(place, this.#value);
    return this.#value;
  }

  /**
   * Gives a field a value.
   * @param keepsExpiry otherwise the field does not expire any more.
   * @returns true if the field is new.
   * @throws OutOfMemoryError
   */
  set(
    entry: number,
    field: Uint8Array,
    fieldAt: number,
    fieldBytes: number,
    value: Uint8Array,
    valueAt: number,
    valueBytes: number,
    keepsExpiry = false,
  ): boolean {
    const expiring = this.isExpiring(entry);
    let form = this.#open(entry);
    if (form === this.#packed && !this.#fits(Math.max(fieldBytes, valueBytes), fieldBytes + valueBytes)) {
      form = this.#convert(entry);
    }
    const place = this.#find(entry, form, expiring, field, fieldAt, fieldBytes);
    if (place === 0) {
      form.insert(field, fieldAt, fieldBytes, value, valueAt, valueBytes, 0);
    } else {
      const now = form.replaceValue(place, value, valueAt, valueBytes);
      if (expiring) this.#keep(entry, form, true);
      if (expiring && !keepsExpiry && form.expiryOf(now) !== 0) form.setExpiry(now, 0);
    }
    this.#keep(entry, form, expiring);
    if (form === this.#packed && this.#packed.hasMoreThan(this.#limits.hashMaxListpackEntries)) {
      this.#convert(entry);
    }
    return place === 0;
  }

  /** Removes a field. @returns whether there was one. */
  remove(entry: number, field: Uint8Array, start: number, length: number): boolean {
    const expiring = this.isExpiring(entry);
    const form = this.#open(entry);
    const place = this.#find(entry, form, expiring, field, start, length);
    if (place === 0) return false;
    form.remove(place);
    this.#keep(entry, form, expiring);
    return true;
  }

  /**
   * Prepares for fields and values of so many bytes in all, the longest of `longest` bytes: a hash that they make too
   * large becomes a table. Redis looks at all of a command's arguments before it sets the first field.
   * @throws OutOfMemoryError, nothing having changed
   */
  expect(entry: number, longest: number, bytes: number): void {
    if (this.#open(entry) === this.#packed && !this.#fits(longest, bytes)) this.#convert(entry);
  }

  /** Whether fields may have expiries: one was given one at some time. */
  isExpiring(entry: number): boolean {
    return (meta(this.#arena, entry) & EXPIRING) !== 0;
  }

  /** When a field expires, in Unix milliseconds; 0: it does not; undefined: there is no such field. */
  expiryOf(entry: number, field: Uint8Array, start: number, length: number): number | undefined {
    const form = this.#open(entry);
    const place = this.#find(entry, form, this.isExpiring(entry), field, start, length);
    return place === 0 ? undefined : form.expiryOf(place);
  }

  /** Gives a field, which must be there, an expiry in Unix milliseconds; 0 takes it away. @throws OutOfMemoryError */
  setExpiry(entry: number, field: Uint8Array, start: number, length: number, expiry: number): void {
    if (!this.isExpiring(entry)) this.#addExpiries(entry);
    const form = this.#open(entry);
    form.setExpiry(form.find(field, start, length), expiry);
    this.#keep(entry, form, true);
  }

  /** The entry of the hash of whose fields the first one expires, if its time has come; 0 otherwise. */
  firstDue(): number {
    return this.calendar.firstDue(this.#owner.now);
  }

  /** The hash is to be called no more when fields expire. */
  forget(entry: number): void {
    this.calendar.call(valueWord(this.#arena, entry), entry, 0);
  }

  /** Removes fields whose time has come, the earliest first, but no more than `limit`. @returns how many. */
  removeDue(entry: number, limit: number): number {
    const form = this.#open(entry);
    const removed = form.removeDue(this.#owner.now, limit);
    setValueWord(this.#arena, entry, form.address);
    this.calendar.call(form.address, entry, form.firstExpiry());
    this.#owner.statistics.expiredFields += removed;
    return removed;
  }

  /** Number of fields that {@link each} visits. */
  countLive(entry: number): number {
    const form = this.#open(entry);
    return form.count - form.countDue(this.#owner.now);
  }

  /** Visits all fields; nothing may be asked about hashes meanwhile. */
  each(entry: number, visit: FieldVisitor): void {
    const form = this.#open(entry);
    const show = (place: number): void => this.#show(form, place, visit);
    let cursor = 0;
    do cursor = form.scan(cursor, show);
    while (cursor !== 0);
  }

  /**
   * One step of a walk, as `Dict.scan`; a small hash takes one step.
   * @param emit is given places for {@link visit}, valid until the hash is changed.
   * @returns the next cursor; 0 at the end.
   */
  scan(entry: number, cursor: number, emit: (place: number) => void): number {
    return this.#open(entry).scan(cursor, emit);
  }

  /** Whether the hash is packed: small, and walked in the order in which its fields lie. */
  isPacked(entry: number): boolean {
    return this.#open(entry) === this.#packed;
  }

  /** Where all fields are. */
  places(entry: number): Uint32Array {
    const places = new Uint32Array(this.count(entry));
    let count = 0;
    const note = (place: number): void => {
      places[count++] = place;
    };
    let cursor = 0;
    do cursor = this.scan(entry, cursor, note);
    while (cursor !== 0);
    return places;
  }

  /** Where some field is, each about as likely as any other; there must be one. @param random yields numbers in [0, 1). */
  randomPlace(entry: number, random: () => number): number {
    return this.#open(entry).randomPlace(random);
  }

  /** Visits the field at a place, unless its time has come. */
  visit(entry: number, place: number, visit: FieldVisitor): void {
    this.#show(this.#open(entry), place, visit);
  }

  #show(form: HashForm, place: number, visit: FieldVisitor): void {
    const expiry = form.expiryOf(place);
    if (expiry !== 0 && expiry <= this.#owner.now) return;
    form.readField(place, this.#field);
    form.readValue(place, this.#value);
    visit(this.#field, this.#value, expiry);
  }

  #open(entry: number): HashForm {
    const flags = meta(this.#arena, entry);
    const form = (flags & TABLE) === 0 ? this.#packed : this.#table;
    return form.attach(valueWord(this.#arena, entry), (flags & EXPIRING) !== 0);
  }

  /** Keeps where the hash lies now, and what the calendar should know of it. */
  #keep(entry: number, form: HashForm, expiring: boolean): void {
    const { address } = form;
    setValueWord(this.#arena, entry, address);
    if (!expiring) return;
    const first = form.firstExpiry();
    const call = this.calendar.callOf(address);
    // Being called too early does no harm.
    if (first === call || (first !== 0 && call !== 0 && call < first)) return;
    this.calendar.call(address, entry, first);
  }

  /** The place of a field; one whose time has come is removed and not found. */
  #find(
    entry: number,
    form: HashForm,
    expiring: boolean,
    field: Uint8Array,
    start: number,
    length: number,
  ): number {
    const place = form.find(field, start, length);
    if (!expiring || place === 0) return place;
    const expiry = form.expiryOf(place);
    if (expiry === 0 || expiry > this.#owner.now) return place;
    form.remove(place);
    this.#keep(entry, form, true);
    this.#owner.statistics.expiredFields++;
    return 0;
  }

  /** Whether so many bytes of texts, the longest of `longest` bytes, may be put into the packed hash at hand. */
  #fits(longest: number, bytes: number): boolean {
    const listpack = this.#packed.used + LISTPACK_FRAME;
    const fits = this.packsLong || longest <= this.#limits.hashMaxListpackValue;
    return fits && listpack + bytes <= MAX_LISTPACK;
  }

  /** Makes a packed hash a table. @returns it, turned to the hash. @throws OutOfMemoryError, nothing having changed */
  #convert(entry: number): HashTable {
    const packed = this.#packed;
    const table = this.#table.attach(0, false);
    if (this.isExpiring(entry)) table.addExpiries();
    const move = (place: number): void => {
      packed.readField(place, this.#field);
      packed.readValue(place, this.#value);
      const { bytes, start, length } = this.#field;
      const value = this.#value;
      table.insert(bytes, start, length, value.bytes, value.start, value.length, packed.expiryOf(place));
    };
    try {
      packed.scan(0, move);
    } catch (error) {
      while (!table.freeSlice(FREE_AT_ONCE));
      throw error;
    }
    if (this.isExpiring(entry)) this.calendar.call(packed.address, entry, 0);
    packed.freeSlice();
    setMeta(this.#arena, entry, meta(this.#arena, entry) | TABLE);
    this.#keep(entry, table, this.isExpiring(entry));
    return table;
  }

  #addExpiries(entry: number): void {
    const form = this.#open(entry);
    form.addExpiries();
    setMeta(this.#arena, entry, meta(this.#arena, entry) | EXPIRING);
    setValueWord(this.#arena, entry, form.address);
  }

  /** A table that belongs to no entry any more. */
  #remains(address: number, expiring: boolean): Remains {
    return {
      objects: 1,
      freeSlice: (count) => this.#table.attach(address, expiring).freeSlice(count),
    };
  }
}
