import { int32At, uint32At } from '../../memory/little-endian.ts';

/**
 * How Redis lays out a HyperLogLog, which is an ordinary string:
 *
 *     0..3    HYLL
 *     4       encoding
 *     5..7    unused
 *     8..15   the cardinality counted last, little-endian; its highest bit is set once it no longer holds
 *     16..    registers
 *
 * Dense registers have six bits each, one behind the other from the lowest bit of the first byte. Sparse ones are
 * runs of equal registers, see `hyperloglog-runs.ts`.
 */
export const HEADER_BYTES = 16;
export const DENSE = 0;
export const SPARSE = 1;
export const REGISTERS = 16384;
export const REGISTER_BYTES = (REGISTERS * 6) / 8;
/** Length of every HyperLogLog with dense registers. */
export const DENSE_BYTES = HEADER_BYTES + REGISTER_BYTES;
/** The largest value that a dense register can hold. */
export const REGISTER_MAX = 63;

const ENCODING = 4;
const CARDINALITY = 8;
const CARDINALITY_LAST = 15;
const STALE = 0x80;
const MAGIC = [0x48, 0x59, 0x4c, 0x4c] as const;

/** What is said of a sketch that no set of elements can make: the smallest 64-bit integer. */
const INDEFINITE = -(2n ** 63n);

/** True if the bytes may be a HyperLogLog. Whether sparse registers are sound shows when they are read. */
export const isHyperLogLog = (bytes: Uint8Array, start: number, length: number): boolean => {
  if (length < HEADER_BYTES) return false;
  for (let i = 0; i < MAGIC.length; i++) if (bytes[start + i] !== MAGIC[i]) return false;
  const encoding = encodingOf(bytes, start);
  return encoding === SPARSE || (encoding === DENSE && length === DENSE_BYTES);
};

export const encodingOf = (bytes: Uint8Array, start: number): number => bytes[start + ENCODING]!;

export const setEncoding = (bytes: Uint8Array, start: number, encoding: number): void => {
  bytes[start + ENCODING] = encoding;
};

/** Writes the header of a new sketch. */
export const writeHeader = (bytes: Uint8Array, start: number, encoding: number): void => {
  bytes.fill(0, start, start + HEADER_BYTES);
  bytes.set(MAGIC, start);
  setEncoding(bytes, start, encoding);
};

/** Notes that the registers have changed since they were counted. */
export const forgetCardinality = (bytes: Uint8Array, start: number): void => {
  bytes[start + CARDINALITY_LAST]! |= STALE;
};

export const knowsCardinality = (bytes: Uint8Array, start: number): boolean =>
  (bytes[start + CARDINALITY_LAST]! & STALE) === 0;

/** The cardinality that the header knows. */
export const readCardinality = (bytes: Uint8Array, start: number): number | bigint => {
  const low = uint32At(bytes, start + CARDINALITY);
  const high = int32At(bytes, start + CARDINALITY + 4);
  const value = high * 2 ** 32 + low;
  return Number.isSafeInteger(value) ? value : BigInt(high) * 2n ** 32n + BigInt(low);
};

/** Keeps an estimated cardinality in the header. */
export const writeCardinality = (bytes: Uint8Array, start: number, estimated: number): void =>
  new DataView(bytes.buffer, bytes.byteOffset + start + CARDINALITY).setBigInt64(
    0,
    BigInt(cardinalityOf(estimated)),
    true,
  );

/** An estimate as the 64-bit integer that Redis makes of it. */
export const cardinalityOf = (estimated: number): number | bigint => {
  if (Number.isSafeInteger(estimated)) return estimated;
  return estimated < 2 ** 63 ? BigInt(estimated) : INDEFINITE;
};
