import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BadPayload } from '../../src/rdb/bad-payload.ts';
import { crc64 } from '../../src/rdb/crc64.ts';
import { compress, decompress } from '../../src/rdb/lzf.ts';
import { valueEnd } from '../../src/rdb/payload.ts';
import { RdbReader } from '../../src/rdb/rdb-reader.ts';
import { RdbText } from '../../src/rdb/rdb-text.ts';
import { RdbWriter } from '../../src/rdb/rdb-writer.ts';

const bytesOf = (text: string) => Buffer.from(text, 'latin1');

const readerOf = (writer: RdbWriter) => new RdbReader(writer.bytes, 0, writer.length);

/** Bytes with repetitions near and far. */
const repetitive = fc
  .array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 40 })), {
    maxLength: 30,
  })
  .map((parts) => Buffer.concat(parts.flatMap(([bytes, times]) => new Array<Uint8Array>(times).fill(bytes))));

test('crc64: the value that the algorithm is known by', () => {
  const sum = Buffer.from(crc64(bytesOf('..123456789.'), 2, 11));
  assert.equal(sum.readBigUInt64LE(), 0xe9c6d914c4b8d9can);
});

test('lzf: what was packed is unpacked', () => {
  fc.assert(
    fc.property(repetitive, fc.nat(3), (bytes, start) => {
      if (bytes.length <= start) return;
      const target = Buffer.alloc(bytes.length * 2 + 10);
      const packed = compress(bytes, start, bytes.length - start, target);
      assert.ok(packed > 0);
      const unpacked = decompress(target, 0, packed, bytes.length - start);
      assert.deepEqual(Buffer.from(unpacked), bytes.subarray(start));
    }),
  );
});

test('lzf: where there is no room, nothing is packed', () => {
  const noise = Buffer.from(Array.from({ length: 200 }, (_, i) => (i * i * 31) & 255));
  assert.equal(compress(noise, 0, noise.length, Buffer.alloc(100)), 0);
  const same = Buffer.alloc(1000, 7);
  assert.ok(compress(same, 0, 1000, Buffer.alloc(20)) > 0);
});

test('lzf: what cannot become the size that is told is refused before memory is taken', () => {
  const faults: [bytes: number[], size: number][] = [
    [[0], 1],
    [[5, 1, 2], 6],
    [[0, 65], 2],
    [[0, 65, 0x20, 1], 4],
    [[0, 65, 0x20], 4],
    [[0, 65, 0xe0, 0], 10],
    [[0, 65, 0x20, 0], 3],
    [[0, 65], 0],
    [[0, 65], 2 ** 40],
    [[], 1],
  ];
  for (const [bytes, size] of faults) {
    assert.throws(
      () => decompress(Uint8Array.from(bytes), 0, bytes.length, size),
      BadPayload,
      `${bytes} ${size}`,
    );
  }
  assert.deepEqual([...decompress(Uint8Array.from([0, 65, 0x20, 0]), 0, 4, 4)], [65, 65, 65, 65]);
});

test('lengths are read as they were written, in their shortest form', () => {
  const sizes: [value: number, bytes: number][] = [
    [0, 1],
    [63, 1],
    [64, 2],
    [16383, 2],
    [16384, 5],
    [2 ** 32 - 1, 5],
    [2 ** 32, 9],
    [Number.MAX_SAFE_INTEGER, 9],
  ];
  for (const [value, bytes] of sizes) {
    const writer = new RdbWriter();
    writer.count(value);
    assert.equal(writer.length, bytes, String(value));
    assert.equal(readerOf(writer).length(), value);
    assert.equal(readerOf(writer).length64(), BigInt(value));
  }
  const writer = new RdbWriter();
  writer.count64(2n ** 64n - 1n);
  assert.equal(readerOf(writer).length64(), 2n ** 64n - 1n);
  assert.throws(() => readerOf(writer).length(), BadPayload);
});

test('texts are read as they were written', () => {
  const text = new RdbText();
  fc.assert(
    fc.property(
      fc.oneof(
        repetitive,
        fc.integer().map((n) => bytesOf(String(n))),
      ),
      (bytes) => {
        const writer = new RdbWriter();
        writer.text(bytes, 0, bytes.length);
        assert.ok(writer.length <= bytes.length + 5);
        readerOf(writer).text(text);
        assert.equal(text.latin1(), bytes.toString('latin1'));
      },
    ),
  );
});

test('a number of elements is no greater than what can follow', () => {
  const writer = new RdbWriter();
  writer.count(3);
  writer.raw(bytesOf('123456'), 0, 6);
  assert.equal(readerOf(writer).count(2), 3);
  assert.throws(() => readerOf(writer).count(3), BadPayload);
});

test('valueEnd: every wrong bit is found, and every version that is too new', () => {
  const writer = new RdbWriter();
  writer.text(bytesOf('value'), 0, 5);
  const end = writer.length;
  writer.seal(0, 12);
  const sealed = writer.take();
  assert.equal(valueEnd(sealed, 0, sealed.length), end);
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    sealed[bit >> 3]! ^= 1 << (bit & 7);
    assert.equal(valueEnd(sealed, 0, sealed.length), -1, String(bit));
    sealed[bit >> 3]! ^= 1 << (bit & 7);
  }
  for (let length = 0; length < sealed.length; length++) assert.equal(valueEnd(sealed, 0, length), -1);
  const newer = new RdbWriter();
  newer.seal(0, 13);
  assert.equal(valueEnd(newer.bytes, 0, newer.length), -1);
});
