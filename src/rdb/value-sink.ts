import type { ByteSlice } from '../memory/byte-slice.ts';
import type { Id } from './stream-id-form.ts';

/** What a stream knows beside its entries and groups. */
export interface StreamFigures {
  /** Entries that are not deleted. */
  readonly length: number;
  /** Id of the first of them, or 0-0. */
  readonly firstId: Id;
  /** The id that was given last. */
  readonly lastId: Id;
  readonly maxDeletedId: Id;
  /** Entries ever added. */
  readonly added: bigint;
}

/** Takes the parts of a value as they are read. A text is valid during the call only. */
export interface ValueSink {
  /** All of a string. */
  string(value: ByteSlice): void;
  /** The next element of a list. */
  element(element: ByteSlice): void;
  /** A member of a set. @returns false if it was there before */
  member(member: ByteSlice): boolean;
  /** So many members of a sorted set follow. */
  scoredMembers(count: number): void;
  /** A member of a sorted set; the score is a number. @returns false if it was there before */
  scoredMember(member: ByteSlice, score: number): boolean;
  /** A field of a hash. @param expiry Unix milliseconds; 0: it does not expire. @returns false if it was there before */
  field(field: ByteSlice, value: ByteSlice, expiry: number): boolean;
  /** The next node of a stream: the id of its first entry, and a listpack in Redis's form, all of which was checked. */
  streamNode(id: Id, listpack: ByteSlice): void;
  /** The rest of a stream but its groups, after all nodes. */
  stream(figures: StreamFigures): void;
  /**
   * The next group of a stream.
   * @param read entries that it has read, -1 if nobody knows; undefined if the payload is too old to tell.
   * @returns false if there was one of that name before
   */
  group(name: ByteSlice, lastId: Id, read: bigint | undefined): boolean;
  /** The next consumer of that group; times in Unix milliseconds. @returns false if there was one of that name before */
  consumer(name: ByteSlice, seen: number, active: number): boolean;
  /** An entry that was delivered to that consumer and is not acknowledged; no other consumer of the group has it. */
  pending(id: Id, delivered: number, deliveries: bigint): void;
}
