import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readField, writeField } from '../../src/keyspace/string/bit-fields.ts';
import { countBits, findBit } from '../../src/keyspace/string/bits.ts';
import { type BitwiseOperation, combineBits, invertBits } from '../../src/keyspace/string/bitwise.ts';
import { seededRandom } from '../memory/seeded-random.ts';

const random = seededRandom(7);
const below = (limit: number): number => Math.floor(random() * limit);

/** Bytes in which long runs of 0 and of 255 are as likely as noise, at any alignment. */
const someBytes = (length: number): Uint8Array => {
  const shift = below(8);
  const bytes = new Uint8Array(length + shift).subarray(shift);
  for (let at = 0; at < length; ) {
    const run = 1 + below(below(2) === 0 ? 4 : 200);
    const kind = below(3);
    for (let i = 0; i < run && at < length; i++) bytes[at++] = kind === 2 ? below(256) : kind * 255;
  }
  return bytes;
};

const bitsOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');

test('countBits: counts what is there, wherever it begins and ends', () => {
  for (let round = 0; round < 500; round++) {
    const bytes = someBytes(1 + below(600));
    const start = below(bytes.length);
    const end = start + below(bytes.length - start + 1);
    const expected = bitsOf(bytes.subarray(start, end)).replaceAll('0', '').length;
    assert.equal(countBits(bytes, start, end), expected);
  }
});

test('countBits: batches of words do not overflow', () => {
  const bytes = new Uint8Array(4096).fill(255);
  assert.equal(countBits(bytes, 0, 4096), 32768);
  assert.equal(countBits(bytes, 1, 4095), 32752);
});

test('findBit: finds the first bit of a range, or none', () => {
  for (let round = 0; round < 1000; round++) {
    const bytes = someBytes(1 + below(600));
    const start = below(bytes.length);
    const text = bitsOf(bytes.subarray(start));
    const first = below(text.length);
    const last = first + below(text.length - first);
    const bit = below(2) === 1 ? 1 : 0;
    const found = text.slice(0, last + 1).indexOf(String(bit), first);
    assert.equal(findBit(bytes, start, first, last, bit), found);
  }
});

const BYTEWISE: Readonly<Record<BitwiseOperation, (a: number, b: number) => number>> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

test('combineBits and invertBits: change these bytes and no others', () => {
  for (let round = 0; round < 600; round++) {
    const target = someBytes(300);
    const source = someBytes(300);
    const [at, from] = round % 2 === 0 ? [8, 16] : [below(20), below(20)];
    const length = below(250);
    const operation = (['and', 'or', 'xor'] as const)[round % 3]!;
    const inRange = (i: number) => i >= at && i < at + length;
    const combined = Array.from(target, (byte, i) =>
      inRange(i) ? BYTEWISE[operation](byte, source[i - at + from]!) : byte,
    );
    combineBits(operation, target, at, source, from, length);
    assert.deepEqual(Array.from(target), combined);
    invertBits(target, at, length);
    assert.deepEqual(
      Array.from(target),
      combined.map((byte, i) => (inRange(i) ? byte ^ 255 : byte)),
    );
  }
});

test('writeField, readField: any width at any place, and no other bit', () => {
  for (let round = 0; round < 1000; round++) {
    const bytes = someBytes(24);
    const width = 1 + below(64);
    const offset = below(24 * 8 - width + 1);
    const value = BigInt.asUintN(width, (BigInt(below(2 ** 32)) << 32n) | BigInt(below(2 ** 32)));
    const text = bitsOf(bytes);
    const written = value.toString(2).padStart(width, '0');
    writeField(bytes, 0, offset, width, value);
    assert.equal(bitsOf(bytes), text.slice(0, offset) + written + text.slice(offset + width));
    assert.equal(readField(bytes, 0, bytes.length, offset, width), value);
  }
});

test('readField: there are zeros behind the end', () => {
  const bytes = Uint8Array.of(0xff, 0xff);
  assert.equal(readField(bytes, 0, 1, 4, 8), 0xf0n);
  assert.equal(readField(bytes, 0, 1, 100, 64), 0n);
  assert.equal(readField(bytes, 0, 2, 0, 64), 0xffff000000000000n);
});
