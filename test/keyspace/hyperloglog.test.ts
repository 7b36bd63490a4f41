import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  countElements,
  countMerged,
  EMPTY_BYTES,
  makeDense,
  mergeRegisters,
  raiseRegister,
  writeEmpty,
} from '../../src/keyspace/hyperloglog/hyperloglog.ts';
import { denseRegister, setDenseRegister } from '../../src/keyspace/hyperloglog/hyperloglog-dense.ts';
import { INDEX_BITS, observe } from '../../src/keyspace/hyperloglog/hyperloglog-hash.ts';
import {
  cardinalityOf,
  DENSE,
  DENSE_BYTES,
  encodingOf,
  HEADER_BYTES,
  REGISTERS,
  SPARSE,
} from '../../src/keyspace/hyperloglog/hyperloglog-layout.ts';
import {
  CORRUPT,
  RAISED,
  raiseSparse,
  TOO_DENSE,
  UNCHANGED,
} from '../../src/keyspace/hyperloglog/hyperloglog-sparse.ts';
import { OwnBytes } from '../../src/keyspace/string/growable-bytes.ts';
import { StringBytes } from '../../src/keyspace/string/string-bytes.ts';
import { fuzzSettings } from '../fuzz/fuzz-settings.ts';
import { KeyspaceFixture } from './keyspace-fixture.ts';

const MASK = (1n << 64n) - 1n;
const FACTOR = 0xc6a4a7935bd1e995n;
const NO_LIMIT = 100_000;

/** MurmurHash64A as its author wrote it, with Redis's seed. */
const murmur = (bytes: Uint8Array): bigint => {
  let hash = 0xadc83b19n ^ ((BigInt(bytes.length) * FACTOR) & MASK);
  const whole = bytes.length - (bytes.length % 8);
  const wordOf = (part: Uint8Array) => part.reduceRight((word, byte) => (word << 8n) | BigInt(byte), 0n);
  for (let at = 0; at < whole; at += 8) {
    let block = (wordOf(bytes.subarray(at, at + 8)) * FACTOR) & MASK;
    block ^= block >> 47n;
    hash = ((hash ^ ((block * FACTOR) & MASK)) * FACTOR) & MASK;
  }
  if (whole < bytes.length) hash = ((hash ^ wordOf(bytes.subarray(whole))) * FACTOR) & MASK;
  hash = ((hash ^ (hash >> 47n)) * FACTOR) & MASK;
  return hash ^ (hash >> 47n);
};

const observed = (bytes: Uint8Array): { index: number; count: number } => {
  const hash = murmur(bytes);
  let rest = hash >> 14n;
  let count = 1;
  for (; count < 51 && (rest & 1n) === 0n; count++) rest >>= 1n;
  return { index: Number(hash & 0x3fffn), count };
};

const emptySketch = (): OwnBytes => {
  const sketch = new OwnBytes(new Uint8Array(EMPTY_BYTES));
  writeEmpty(sketch.bytes, 0);
  return sketch;
};

const registersOf = (sketch: OwnBytes): Uint8Array => {
  const registers = new Uint8Array(REGISTERS);
  assert.ok(mergeRegisters(sketch, registers));
  return registers;
};

test('observe() is MurmurHash64A, wherever the element lies', () => {
  const property = fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(9), (element, at) => {
    const bytes = new Uint8Array(element.length + at + 5).fill(0xaa);
    bytes.set(element, at);
    const seen = observe(bytes, at, element.length);
    const { index, count } = observed(element);
    assert.deepEqual([seen & (REGISTERS - 1), seen >>> INDEX_BITS], [index, count]);
  });
  fc.assert(property, fuzzSettings(2000));
});

test('dense registers: each keeps its value whatever its neighbours are given', () => {
  const bytes = new Uint8Array(DENSE_BYTES + 2).fill(0xff);
  const expected = new Map<number, number>();
  for (let round = 0; round < 3; round++) {
    for (let index = 0; index < REGISTERS; index++) {
      const value = (index * 29 + round * 17) % 64;
      setDenseRegister(bytes, HEADER_BYTES, index, value);
      expected.set(index, value);
    }
    for (const [index, value] of expected) assert.equal(denseRegister(bytes, HEADER_BYTES, index), value);
  }
  assert.deepEqual([...bytes.subarray(DENSE_BYTES)], [0xff, 0xff], 'nothing is written behind the registers');
});

const raise = fc.tuple(fc.oneof(fc.nat(REGISTERS - 1), fc.nat(40)), fc.integer({ min: 1, max: 32 }));

test('sparse registers hold what an array would, and say whether they have changed', () => {
  const property = fc.property(fc.array(raise, { maxLength: 300 }), (raises) => {
    const sketch = emptySketch();
    const expected = new Uint8Array(REGISTERS);
    for (const [index, count] of raises) {
      const outcome = raiseSparse(sketch, index, count, NO_LIMIT);
      assert.equal(outcome, count > expected[index]! ? RAISED : UNCHANGED);
      expected[index] = Math.max(expected[index]!, count);
    }
    assert.deepEqual(registersOf(sketch), expected);
    const counted = countElements(sketch);
    assert.ok(makeDense(sketch));
    assert.deepEqual(registersOf(sketch), expected);
    assert.equal(countElements(sketch), counted);
    assert.equal(countMerged(expected), counted);
  });
  fc.assert(property, fuzzSettings(200));
});

test('a sketch becomes dense for a value that is too large, and for want of room', () => {
  const large = emptySketch();
  assert.equal(raiseSparse(large, 5, 33, NO_LIMIT), TOO_DENSE);
  assert.equal(encodingOf(large.bytes, 0), SPARSE);
  assert.equal(raiseRegister(large, 5, 51, NO_LIMIT), RAISED);
  assert.equal(encodingOf(large.bytes, 0), DENSE);
  assert.equal(registersOf(large)[5], 51);
  assert.equal(raiseRegister(large, 5, 50, NO_LIMIT), UNCHANGED);
  const small = emptySketch();
  assert.equal(raiseRegister(small, 100, 1, EMPTY_BYTES + 3), RAISED);
  assert.equal(small.length, EMPTY_BYTES + 3);
  assert.equal(raiseRegister(small, 200, 2, EMPTY_BYTES + 3), RAISED);
  assert.equal(small.length, DENSE_BYTES);
  assert.deepEqual([registersOf(small)[100], registersOf(small)[200]], [1, 2]);
});

test('a corrupt sketch is told from a sound one and stays as it is', () => {
  const sketch = new OwnBytes(Uint8Array.from([...emptySketch().bytes.subarray(0, HEADER_BYTES), 0x3f]));
  const before = Uint8Array.from(sketch.bytes);
  assert.equal(raiseRegister(sketch, 64, 1, NO_LIMIT), CORRUPT);
  assert.equal(raiseRegister(sketch, 0, 40, NO_LIMIT), CORRUPT);
  assert.equal(makeDense(sketch), false);
  assert.ok(Number.isNaN(countElements(sketch)));
  assert.deepEqual(sketch.bytes, before);
});

test('estimates are within a few standard errors', () => {
  const sketch = emptySketch();
  const element = new Uint32Array(2);
  const bytes = new Uint8Array(element.buffer);
  for (let i = 1; i <= 300_000; i++) {
    element[0] = i;
    const seen = observe(bytes, 0, 8);
    raiseRegister(sketch, seen & (REGISTERS - 1), seen >>> INDEX_BITS, 3000);
    if (i % 30_000 !== 0) continue;
    const error = Math.abs(countElements(sketch) - i) / i;
    assert.ok(error < 0.03, `${i} elements are estimated with an error of ${error}`);
  }
});

test('cardinalityOf() is exact beyond 2^53 and the smallest integer beyond 2^63', () => {
  assert.equal(cardinalityOf(12), 12);
  assert.equal(cardinalityOf(2 ** 60), 2n ** 60n);
  assert.equal(cardinalityOf(2 ** 63), -(2n ** 63n));
  assert.equal(cardinalityOf(Infinity), -(2n ** 63n));
});

test('a sketch in the keyspace keeps its expiry and takes no more room than it needs', () => {
  const fixture = new KeyspaceFixture();
  const sketch = new StringBytes();
  fixture.set('key', Buffer.from(emptySketch().bytes).toString('latin1'), fixture.clock.time + 1000);
  sketch.open(fixture.database(), fixture.peek('key'));
  writeEmpty(sketch.bytes, sketch.start);
  sketch.resize(EMPTY_BYTES, EMPTY_BYTES);
  for (let index = 0; index < 1500; index++) raiseRegister(sketch, index * 7, (index % 30) + 1, 3000);
  assert.equal(encodingOf(sketch.bytes, sketch.start), DENSE);
  assert.equal(sketch.entry, fixture.peek('key'));
  assert.equal(fixture.expiry('key'), fixture.clock.time + 1000);
  assert.ok(fixture.keyspace.sizeOf(sketch.entry, 0) < DENSE_BYTES + 4200);
  fixture.remove('key');
});
