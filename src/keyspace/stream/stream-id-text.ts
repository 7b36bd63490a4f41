import { latin1 } from '../../resp/latin1.ts';
import { MIN_INT64 } from '../../resp/number.ts';
import type { StreamId } from './stream-id.ts';

const ZERO = 48;
const DASH = 45;
const STAR = 42;
/** Numbers of up to this many digits are exact as doubles. */
const SAFE_DIGITS = 15;
/** Redis copies an id to a buffer of this size and refuses what does not fit. */
const MAX_BYTES = 127;
const MAX_UNSIGNED = 2n ** 64n - 1n;
/** What C's strtoull reads, to the end. */
const C_NUMBER = /^[ \t\n\v\f\r]*([+-]?)(\d+)$/;
/** What Redis takes for a signed 64-bit number before it asks strtoull, where a minus is refused. */
const PLAIN_NEGATIVE = /^-[1-9]\d*$/;

/** What {@link readStreamId} has found. */
export type IdForm = 'whole' | 'milliseconds' | 'open' | 'invalid';

/**
 * Reads an id from `bytes[start..start + length)`: `ms`, `ms-sequence` or `ms-*`, as leniently as Redis does, which
 * leaves to C's strtoull what it cannot read itself.
 * @param id takes what was read; its sequence number stays as it is if there is none in the text.
 * @returns `whole`; `milliseconds` if the sequence number is missing; `open` if it is a star; or `invalid`.
 */
export const readStreamId = (bytes: Uint8Array, start: number, length: number, id: StreamId): IdForm => {
  if (length > MAX_BYTES) return 'invalid';
  const end = endOfText(bytes, start, length);
  let dash = start;
  while (dash < end && bytes[dash] !== DASH) dash++;
  const ms = readUnsigned(bytes, start, dash);
  if (ms === undefined) return 'invalid';
  id.setMs(ms);
  if (dash === end) return 'milliseconds';
  if (dash + 2 === end && bytes[dash + 1] === STAR) return 'open';
  const sequence = readUnsigned(bytes, dash + 1, end);
  if (sequence === undefined) return 'invalid';
  id.setSequence(sequence);
  return 'whole';
};

/** A zero byte ends a text in C. */
const endOfText = (bytes: Uint8Array, start: number, length: number): number => {
  for (let at = start; at < start + length; at++) if (bytes[at] === 0) return at;
  return start + length;
};

const readUnsigned = (bytes: Uint8Array, start: number, end: number): number | bigint | undefined => {
  if (end - start > SAFE_DIGITS || end === start) return readUnsignedText(bytes, start, end);
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) return readUnsignedText(bytes, start, end);
    value = value * 10 + digit;
  }
  return value;
};

const readUnsignedText = (bytes: Uint8Array, start: number, end: number): bigint | undefined => {
  const text = latin1(bytes, start, end - start);
  const [, sign, digits] = C_NUMBER.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const value = BigInt(digits);
  if (value > MAX_UNSIGNED) return undefined;
  if (sign !== '-') return value;
  if (PLAIN_NEGATIVE.test(text) && -value >= MIN_INT64) return undefined;
  return BigInt.asUintN(64, -value);
};
