import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sortFirst } from '../../src/keyspace/geo/partial-sort.ts';
import { fuzzSettings } from '../fuzz/fuzz-settings.ts';

test('sortFirst(): the first items are those of the whole sorted list, and none is lost', () => {
  const key = fc.oneof(fc.nat(5), fc.nat(1000));
  const property = fc.property(fc.array(key, { maxLength: 300 }), fc.nat(300), (keys, last) => {
    const items = Uint32Array.from(keys, (_, i) => i);
    sortFirst(items, 0, items.length, last, (one, other) => keys[one]! - keys[other]!);
    const wanted = Math.min(last + 1, keys.length);
    const sorted = [...keys].sort((one, other) => one - other);
    assert.deepEqual(
      Array.from(items.subarray(0, wanted), (item) => keys[item]!),
      sorted.slice(0, wanted),
    );
    assert.deepEqual(
      [...items].sort((one, other) => one - other),
      [...keys.keys()],
    );
  });
  fc.assert(property, fuzzSettings(500));
});

test('sortFirst() looks at few of many items for the first ten', () => {
  const count = 100_000;
  const keys = Uint32Array.from({ length: count }, (_, i) => (i * 48_271) % 65_537);
  const items = Uint32Array.from({ length: count }, (_, i) => i);
  let comparisons = 0;
  sortFirst(items, 0, count, 9, (one, other) => {
    comparisons++;
    return keys[one]! - keys[other]!;
  });
  assert.ok(comparisons < count * 5, `${comparisons} comparisons`);
});
