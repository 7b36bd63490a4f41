/** Bytes of an id by themselves: milliseconds, then sequence number, both big-endian. */
export const ID_BYTES = 16;

const HALF = 64n;
const HALF_MASK = (1n << HALF) - 1n;

/** An id of a stream as one number of 128 bits: milliseconds above, sequence number below. */
export type Id = bigint;

export const idOf = (ms: bigint, sequence: bigint): Id => (ms << HALF) | sequence;

export const millisecondsOf = (id: Id): bigint => id >> HALF;

export const sequenceOf = (id: Id): bigint => id & HALF_MASK;

/** The id with so many milliseconds and sequence numbers more, each modulo 2^64. */
export const idPlus = (id: Id, ms: bigint, sequence: bigint): Id =>
  idOf(BigInt.asUintN(64, millisecondsOf(id) + ms), BigInt.asUintN(64, sequenceOf(id) + sequence));

/** Reads an id in {@link ID_BYTES}. */
export const idAt = (bytes: Buffer, at: number): Id =>
  idOf(bytes.readBigUInt64BE(at), bytes.readBigUInt64BE(at + 8));
