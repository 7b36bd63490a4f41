import type { Arena } from '../../memory/arena.ts';
import { Int64 } from '../../memory/int64.ts';
import { Intsets } from '../../memory/intset.ts';
import type { EncodingLimits } from '../encoding-limits.ts';
import { meta, setMeta, setValueWord, valueWord } from '../entry.ts';
import type { LazyFree } from '../lazy-free.ts';
import type { CollectionType } from '../value-type.ts';
import { MemberTable } from './member-table.ts';
import { PackedSets } from './packed-set.ts';
import { FORM_MASK, INTEGERS, PACKED, TABLE } from './set-form.ts';
import { SetMember } from './set-member.ts';
import { SetWalk } from './set-walk.ts';

/** A table of more members than this is freed in slices. */
const FREED_AT_ONCE = 64;
/** However high the limit is set: what one block can hold. */
const MOST_INTEGERS = 2 ** 26;

/**
 * Set values in the arena: sorted integers (`intset.ts`) as long as all members are integers and not too many, else a
 * packed block (`packed-set.ts`) while they are few and short, else a table (`member-table.ts`). A set never goes back.
 * Members are bytes in somebody's buffer, `bytes[start..start + length)`.
 */
export class Sets implements CollectionType {
  readonly arena: Arena;
  readonly intsets: Intsets;
  readonly packed: PackedSets;
  readonly table: MemberTable;
  readonly #limits: Readonly<EncodingLimits>;
  readonly #lazyFree: LazyFree;
  readonly #random: () => number;
  readonly #integer = new Int64();
  readonly #picked = new SetMember();
  /** Number, offset or block of the member that {@link pick} picked. */
  #place = 0;
  readonly #walk = new SetWalk(this);
  readonly #conversion = new SetWalk(this);

  constructor(arena: Arena, limits: Readonly<EncodingLimits>, lazyFree: LazyFree, random: () => number) {
    this.arena = arena;
    this.intsets = new Intsets(arena);
    this.packed = new PackedSets(arena);
    this.table = new MemberTable(arena);
    this.#limits = limits;
    this.#lazyFree = lazyFree;
    this.#random = random;
  }

  /** {@link INTEGERS}, {@link PACKED} or {@link TABLE}. */
  form(entry: number): number {
    return meta(this.arena, entry) & FORM_MASK;
  }

  initialize(entry: number): void {
    this.#put(entry, INTEGERS, 0);
  }

  count(entry: number): number {
    const value = valueWord(this.arena, entry);
    if (value === 0) return 0;
    const form = this.form(entry);
    if (form === INTEGERS) return this.intsets.count(value);
    return form === PACKED ? this.packed.count(value) : this.table.count(value);
  }

  has(entry: number, bytes: Uint8Array, start: number, length: number): boolean {
    const value = valueWord(this.arena, entry);
    if (value === 0) return false;
    const form = this.form(entry);
    if (form === TABLE) return this.table.has(value, bytes, start, length);
    if (form === PACKED) return this.packed.has(value, bytes, start, length);
    return this.#integer.parse(bytes, start, length) && this.intsets.find(value, this.#integer);
  }

  /** As {@link has}, for a member of another set. */
  hasMember(entry: number, member: SetMember): boolean {
    if (!member.isInteger || this.form(entry) !== INTEGERS) {
      return this.has(entry, member.bytes, member.start, member.length);
    }
    const value = valueWord(this.arena, entry);
    return value !== 0 && this.intsets.find(value, member.integer);
  }

  /** Adds a member. @returns whether it is new. @throws OutOfMemoryError, nothing having been added */
  add(entry: number, bytes: Uint8Array, start: number, length: number): boolean {
    const form = this.form(entry);
    if (form === TABLE) return this.#addToTable(entry, bytes, start, length);
    if (form === PACKED) return this.#addToPacked(entry, bytes, start, length);
    return this.#addToIntegers(entry, bytes, start, length);
  }

  /** Adds a member of another set. @returns whether it is new. @throws OutOfMemoryError, nothing having been added */
  addMember(entry: number, member: SetMember): boolean {
    return this.add(entry, member.bytes, member.start, member.length);
  }

  /** Removes a member. @returns whether there was such. */
  remove(entry: number, bytes: Uint8Array, start: number, length: number): boolean {
    const value = valueWord(this.arena, entry);
    if (value === 0) return false;
    const form = this.form(entry);
    if (form === TABLE) return this.table.remove(value, bytes, start, length);
    if (form === PACKED) {
      const block = this.packed.remove(value, bytes, start, length);
      if (block !== 0) setValueWord(this.arena, entry, block);
      return block !== 0;
    }
    if (!this.#integer.parse(bytes, start, length) || !this.intsets.find(value, this.#integer)) return false;
    setValueWord(this.arena, entry, this.intsets.remove(value));
    return true;
  }

  /** Some member of a set that is not empty, each about as likely as any other; valid until the next one is picked. */
  pick(entry: number): SetMember {
    const value = valueWord(this.arena, entry);
    const form = this.form(entry);
    const member = this.#picked;
    if (form === TABLE) {
      this.#place = this.table.randomBlock(value, this.#random);
      member.readBlock(this.arena, this.#place);
      return member;
    }
    const index = Math.floor(this.#random() * this.count(entry));
    if (form === PACKED) {
      this.#place = this.packed.offset(value, index);
      this.packed.read(value, this.#place, member);
    } else {
      this.#place = index;
      this.intsets.read(value, index, member.integer);
      member.readInteger();
    }
    return member;
  }

  /** Where the member just picked lies: the same for the same member, while nothing changes. */
  get pickedPlace(): number {
    return this.#place;
  }

  /** Removes the member just picked. */
  removePicked(entry: number): void {
    const value = valueWord(this.arena, entry);
    const form = this.form(entry);
    if (form === TABLE) this.table.removeBlock(value, this.#place, this.#picked);
    else if (form === PACKED) setValueWord(this.arena, entry, this.packed.removeAt(value, this.#place));
    else setValueWord(this.arena, entry, this.intsets.removeAt(value, this.#place));
  }

  /** Begins to walk over all members; there is one walk at a time, and the set must not change meanwhile. */
  walk(entry: number): SetWalk {
    this.#walk.begin(entry);
    return this.#walk;
  }

  /** The block of a set of integers, as Redis has it; undefined for any other set. */
  intset(entry: number): Uint8Array | undefined {
    const value = valueWord(this.arena, entry);
    return this.form(entry) === INTEGERS && value !== 0 ? this.intsets.view(value) : undefined;
  }

  /** Walks one step over a set in a table, as {@link Dict.scan}: `emit` is given what {@link memberAt} takes. */
  scan(entry: number, cursor: number, emit: (block: number) => void): number {
    return this.table.scan(valueWord(this.arena, entry), cursor, emit);
  }

  /** The member with that block; valid until the next one is looked at. */
  memberAt(block: number): SetMember {
    this.#picked.readBlock(this.arena, block);
    return this.#picked;
  }

  release(entry: number): void {
    const value = valueWord(this.arena, entry);
    if (value === 0) return;
    if (this.form(entry) !== TABLE) return this.arena.free(value);
    const count = this.table.count(value);
    const remains = this.table.remains(value);
    if (count > FREED_AT_ONCE) this.#lazyFree.add(remains);
    else remains.freeSlice(FREED_AT_ONCE + 1);
  }

  unshare(entry: number): void {
    const value = valueWord(this.arena, entry);
    if (value === 0) return;
    const form = this.form(entry);
    if (form === INTEGERS) setValueWord(this.arena, entry, this.intsets.copy(value));
    else if (form === PACKED) setValueWord(this.arena, entry, this.packed.copy(value));
    else setValueWord(this.arena, entry, this.table.copy(value));
  }

  inlineBytes(): number {
    return 0;
  }

  externalBytes(entry: number, samples: number): number {
    const value = valueWord(this.arena, entry);
    if (value === 0) return 0;
    return this.form(entry) === TABLE
      ? this.table.memoryBytes(value, samples, this.#random)
      : this.arena.capacity(value);
  }

  encoding(entry: number): string {
    return this.form(entry) === INTEGERS ? 'intset' : 'hashtable';
  }

  #addToIntegers(entry: number, bytes: Uint8Array, start: number, length: number): boolean {
    const { intsets } = this;
    const value = valueWord(this.arena, entry);
    const integer = this.#integer;
    const most = Math.min(this.#limits.setMaxIntsetEntries, MOST_INTEGERS);
    if (!integer.parse(bytes, start, length)) return this.#leaveIntegers(entry, bytes, start, length);
    if (value !== 0 && intsets.find(value, integer)) return false;
    if ((value === 0 ? 0 : intsets.count(value)) >= most)
      return this.#leaveIntegers(entry, bytes, start, length);
    setValueWord(this.arena, entry, value === 0 ? intsets.of(integer) : intsets.insert(value, integer));
    return true;
  }

  /** Gives the set another form, and adds a member that is known to be absent. */
  #leaveIntegers(entry: number, bytes: Uint8Array, start: number, length: number): boolean {
    this.#convert(entry, this.#fitsPacked(this.count(entry), length) ? PACKED : TABLE);
    return this.add(entry, bytes, start, length);
  }

  #addToPacked(entry: number, bytes: Uint8Array, start: number, length: number): boolean {
    const value = valueWord(this.arena, entry);
    if (value !== 0 && this.packed.has(value, bytes, start, length)) return false;
    if (!this.#fitsPacked(value === 0 ? 0 : this.packed.count(value), length)) {
      this.#convert(entry, TABLE);
      return this.#addToTable(entry, bytes, start, length);
    }
    setValueWord(this.arena, entry, this.packed.append(value, bytes, start, length));
    return true;
  }

  #addToTable(entry: number, bytes: Uint8Array, start: number, length: number): boolean {
    const value = valueWord(this.arena, entry);
    const root = this.table.add(value, bytes, start, length);
    if (root !== value && root !== 0) setValueWord(this.arena, entry, root);
    return root !== 0;
  }

  /** A packed block of so many members takes another one of so many bytes. */
  #fitsPacked(count: number, length: number): boolean {
    const { setMaxListpackEntries, setMaxListpackValue } = this.#limits;
    return count < setMaxListpackEntries && length <= setMaxListpackValue;
  }

  /** @throws OutOfMemoryError, nothing having changed */
  #convert(entry: number, form: number): void {
    const old = valueWord(this.arena, entry);
    let value = 0;
    try {
      this.#conversion.begin(entry);
      while (this.#conversion.next()) {
        const { bytes, start, length } = this.#conversion.member;
        value =
          form === PACKED
            ? this.packed.append(value, bytes, start, length)
            : this.table.add(value, bytes, start, length);
      }
    } catch (error) {
      if (value !== 0 && form === PACKED) this.packed.free(value);
      else if (value !== 0) this.#lazyFree.add(this.table.remains(value));
      throw error;
    }
    if (old !== 0) this.arena.free(old);
    this.#put(entry, form, value);
  }

  #put(entry: number, form: number, value: number): void {
    setMeta(this.arena, entry, (meta(this.arena, entry) & ~FORM_MASK) | form);
    setValueWord(this.arena, entry, value);
  }
}
