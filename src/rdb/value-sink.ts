import type { Text } from './rdb-text.ts';

/** Takes the parts of a value as they are read. A text is valid during the call only. */
export interface ValueSink {
  /** All of a string. */
  string(value: Text): void;
  /** The next element of a list. */
  element(element: Text): void;
  /** A member of a set. @returns false if it was there before */
  member(member: Text): boolean;
  /** A member of a sorted set; the score is a number. @returns false if it was there before */
  scoredMember(member: Text, score: number): boolean;
  /** A field of a hash. @param expiry Unix milliseconds; 0: it does not expire. @returns false if it was there before */
  field(field: Text, value: Text, expiry: number): boolean;
}
