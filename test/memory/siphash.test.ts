import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { halfSipHash } from '../../src/memory/siphash.ts';

const WORD = 2n ** 32n;
const rotate = (word: bigint, by: bigint) => ((word << by) | (word >> (32n - by))) % WORD;

/** HalfSipHash-c-d as the paper writes it, slowly. */
const reference = (data: Uint8Array, k0: bigint, k1: bigint, c: number, d: number): bigint => {
  let v0 = k0;
  let v1 = k1;
  let v2 = k0 ^ 0x6c796765n;
  let v3 = k1 ^ 0x74656462n;
  const rounds = (count: number) => {
    for (let i = 0; i < count; i++) {
      v0 = (v0 + v1) % WORD;
      v1 = rotate(v1, 5n) ^ v0;
      v0 = rotate(v0, 16n);
      v2 = (v2 + v3) % WORD;
      v3 = rotate(v3, 8n) ^ v2;
      v0 = (v0 + v3) % WORD;
      v3 = rotate(v3, 7n) ^ v0;
      v2 = (v2 + v1) % WORD;
      v1 = rotate(v1, 13n) ^ v2;
      v2 = rotate(v2, 16n);
    }
  };
  const padded = new Uint8Array((Math.floor(data.length / 4) + 1) * 4);
  padded.set(data);
  padded[padded.length - 1] = data.length % 256;
  const words = new DataView(padded.buffer);
  for (let at = 0; at < padded.length; at += 4) {
    const message = BigInt(words.getUint32(at, true));
    v3 ^= message;
    rounds(c);
    v0 ^= message;
  }
  v2 ^= 0xffn;
  rounds(d);
  return v1 ^ v3;
};

test('reference: the published HalfSipHash-2-4 vectors (32 bits, key 00..07, input 00, 01, 02 …)', () => {
  const published = ['a9359f5b', '27475ab8', 'fa62a603', '8afee704', '2a6e4689', 'c5fab669', '5863fc23'];
  const data = Uint8Array.from({ length: 64 }, (_, i) => i);
  for (const [length, vector] of published.entries()) {
    const hash = reference(data.subarray(0, length), 0x03020100n, 0x07060504n, 2, 4);
    assert.equal(
      Buffer.from(new Uint32Array([Number(hash)]).buffer).toString('hex'),
      vector,
      `${length} bytes`,
    );
  }
});

test('halfSipHash: equals the reference with 1 and 3 rounds, anywhere in a buffer, for every tail', () => {
  const input = fc.record({
    data: fc.uint8Array({ maxLength: 80 }),
    before: fc.nat({ max: 9 }),
    k0: fc.integer(),
    k1: fc.integer(),
  });
  fc.assert(
    fc.property(input, ({ data, before, k0, k1 }) => {
      const buffer = new Uint8Array(before + data.length + 9).fill(0xee);
      buffer.set(data, before);
      const hash = halfSipHash(buffer, before, data.length, k0, k1);
      assert.equal(hash, hash | 0, 'a signed 32-bit integer');
      const expected = reference(data, BigInt.asUintN(32, BigInt(k0)), BigInt.asUintN(32, BigInt(k1)), 1, 3);
      assert.equal(BigInt(hash >>> 0), expected);
    }),
    { seed: 3, numRuns: 500 },
  );
});

test('halfSipHash: a long input', () => {
  const data = Uint8Array.from({ length: 100_003 }, (_, i) => (i * 31) & 255);
  assert.equal(BigInt(halfSipHash(data, 0, data.length, 1, 2) >>> 0), reference(data, 1n, 2n, 1, 3));
});
