import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLASS_BYTES, MAX_SMALL_BYTES, SPAN_BYTES, sizeClassOf } from '../../src/memory/size-classes.ts';

test('CLASS_BYTES: ascending multiples of 8, every one of them from 16 to 128', () => {
  const sizes = [...CLASS_BYTES];
  assert.ok(sizes.every((size, i) => size % 8 === 0 && (i === 0 || size > sizes[i - 1]!)));
  assert.deepEqual(
    sizes.filter((size) => size <= 128),
    Array.from({ length: 15 }, (_, i) => 16 + 8 * i),
  );
  assert.equal(sizes.at(-1), MAX_SMALL_BYTES);
});

test('CLASS_BYTES: powers of two are classes, and no span wastes more than 2 % on its tail', () => {
  for (let size = 16; size <= MAX_SMALL_BYTES; size *= 2) assert.ok(CLASS_BYTES.includes(size), `${size}`);
  for (const size of CLASS_BYTES) assert.ok(SPAN_BYTES % size <= SPAN_BYTES * 0.02, `${size}`);
});

test('sizeClassOf: the smallest class that holds the bytes', () => {
  for (let bytes = 0; bytes <= MAX_SMALL_BYTES; bytes++) {
    const sizeClass = sizeClassOf(bytes);
    assert.ok(CLASS_BYTES[sizeClass]! >= bytes, `${bytes} fits`);
    assert.ok(
      sizeClass === 0 || CLASS_BYTES[sizeClass - 1]! < bytes,
      `${bytes} would not fit a smaller class`,
    );
  }
});
