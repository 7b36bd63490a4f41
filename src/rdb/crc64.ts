/** The Jones polynomial 0xad93d23594c935a9, its bits reversed, in two halves. */
const POLYNOMIAL_HIGH = 0x95ac9329;
const POLYNOMIAL_LOW = 0xac4bc9b5;

const tableHigh = new Int32Array(256);
const tableLow = new Int32Array(256);

for (let byte = 0; byte < 256; byte++) {
  let high = 0;
  let low = byte;
  for (let bit = 0; bit < 8; bit++) {
    const odd = (low & 1) !== 0;
    low = (low >>> 1) | (high << 31);
    high >>>= 1;
    if (odd) {
      high ^= POLYNOMIAL_HIGH;
      low ^= POLYNOMIAL_LOW;
    }
  }
  tableHigh[byte] = high;
  tableLow[byte] = low;
}

/**
 * CRC-64/Redis of `bytes[start..end)`: Jones, reflected, beginning at 0.
 *
 * Source: https://github.com/redis/redis/blob/7.0/src/crc64.c
 * @returns 8 bytes, little-endian, as they stand at the end of a DUMP.
 */
export const crc64 = (bytes: Uint8Array, start: number, end: number): Uint8Array => {
  let high = 0;
  let low = 0;
  for (let at = start; at < end; at++) {
    const index = (low ^ bytes[at]!) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ tableLow[index]!;
    high = (high >>> 8) ^ tableHigh[index]!;
  }
  const sum = Buffer.alloc(8);
  sum.writeInt32LE(low, 0);
  sum.writeInt32LE(high, 4);
  return sum;
};
