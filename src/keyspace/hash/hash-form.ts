import type { ElementView } from '../../memory/listpack.ts';

/**
 * A way to keep a hash: packed in one block, or as a table. One object of each is turned to one hash after the other.
 * A place says where a field is; 0: nowhere. It is valid until the hash is changed, unless told otherwise.
 */
export interface HashForm {
  /** Turns to a hash. @param expiring its fields may have expiries; then `address` is that of its ledger. */
  attach(address: number, expiring: boolean): this;
  /** By what {@link attach} finds the hash again; to be kept after each change. */
  readonly address: number;
  /** Number of fields. */
  readonly count: number;

  /** The place of a field. */
  find(field: Uint8Array, start: number, length: number): number;
  readField(place: number, view: ElementView): void;
  readValue(place: number, view: ElementView): void;
  /** When the field expires, in Unix milliseconds; 0 if it does not. */
  expiryOf(place: number): number;

  /** Adds a field that is absent. @param expiry Unix milliseconds, or 0. @throws OutOfMemoryError, nothing having changed */
  insert(
    field: Uint8Array,
    fieldAt: number,
    fieldBytes: number,
    value: Uint8Array,
    valueAt: number,
    valueBytes: number,
    expiry: number,
  ): void;
  /**
   * Gives the field that {@link find} has just found another value; its expiry stays.
   * @returns its place now.
   * @throws OutOfMemoryError, nothing having changed
   */
  replaceValue(place: number, value: Uint8Array, start: number, length: number): number;
  /** Gives the field that {@link find} has just found an expiry, or takes it away with 0. @throws OutOfMemoryError, nothing having changed */
  setExpiry(place: number, expiry: number): void;
  /** Removes the field that {@link find} has just found. */
  remove(place: number): void;

  /** Lets fields have expiries from now on. @throws OutOfMemoryError, nothing having changed */
  addExpiries(): void;
  /** The earliest expiry; 0 if no field expires. */
  firstExpiry(): number;
  /** How many fields expire at `time` or before. */
  countDue(time: number): number;
  /** Removes fields that expire at `time` or before, the earliest first, but no more than `limit`. @returns how many. */
  removeDue(time: number, limit: number): number;

  /** One step of a walk, as `Dict.scan`; 0 begins. @returns where to go on; 0 at the end. */
  scan(cursor: number, emit: (place: number) => void): number;
  /** The place of some field, each about as likely as any other; there must be one. @param random yields numbers in [0, 1). */
  randomPlace(random: () => number): number;

  /** The address of a copy. @throws OutOfMemoryError */
  copy(): number;
  /** Bytes that the arena holds. @param samples fields whose size stands for that of all; 0: look at all. */
  memoryBytes(samples: number): number;
  /** Frees about that many fields; nothing else may be done with the hash from then on. @returns true when nothing is left. */
  freeSlice(fields: number): boolean;
}
