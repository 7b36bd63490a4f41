import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Leaders } from '../../src/status/leaders.ts';

const sums = (of: Record<string, number>) => new Map(Object.entries(of));

describe('Leaders', () => {
  test('are the names with the largest sums, largest first', () => {
    const leaders = new Leaders(2);
    assert.deepEqual(leaders.among(sums({ a: 1, b: 3, c: 2 })), ['b', 'c']);
    assert.deepEqual(leaders.among(sums({ a: 1, b: 3, c: 4 })), ['c', 'b']);
  });

  test('stay until another has clearly more', () => {
    const leaders = new Leaders(2);
    leaders.among(sums({ a: 10, b: 9, c: 8 }));
    assert.deepEqual(leaders.among(sums({ a: 10, b: 9, c: 11 })), ['a', 'b']);
    assert.deepEqual(leaders.among(sums({ a: 10, b: 9, c: 12 })), ['c', 'a']);
  });

  test('give way when they are gone, and are fewer if there are no more', () => {
    const leaders = new Leaders(2);
    leaders.among(sums({ a: 10, b: 9, c: 1 }));
    assert.deepEqual(leaders.among(sums({ b: 9, c: 1 })), ['b', 'c']);
    assert.deepEqual(leaders.among(sums({ c: 1 })), ['c']);
    assert.deepEqual(leaders.among(sums({})), []);
  });
});
