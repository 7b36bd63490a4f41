import { crc64 } from './crc64.ts';
import { NEWEST_RDB_VERSION } from './rdb-types.ts';

/** Behind the value: version (u16) and CRC-64 of everything before it, both little-endian. */
const VERSION_BYTES = 2;
const CHECKSUM_BYTES = 8;
const FOOTER_BYTES = VERSION_BYTES + CHECKSUM_BYTES;

/** Where the value in the payload `bytes[start..start + length)` ends; -1 if its version or checksum is wrong. */
export const valueEnd = (bytes: Uint8Array, start: number, length: number): number => {
  if (length < FOOTER_BYTES) return -1;
  const end = start + length - FOOTER_BYTES;
  const version = bytes[end]! | (bytes[end + 1]! << 8);
  if (version > NEWEST_RDB_VERSION) return -1;
  const checksumAt = end + VERSION_BYTES;
  const sum = crc64(bytes, start, checksumAt);
  return sum.every((byte, i) => byte === bytes[checksumAt + i]) ? end : -1;
};
