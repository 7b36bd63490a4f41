import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { quantile } from '../../src/metrics/quantile.ts';

describe('quantile()', () => {
  test('spreads the observations of a bucket evenly, from the bound below it', () => {
    assert.equal(quantile(0.5, [1, 2, 4], [0, 10, 0, 0]), 1.5);
    assert.equal(quantile(0.99, [1, 2, 4], [0, 0, 100, 0]), 3.98);
    assert.equal(quantile(0.5, [1, 2, 4], [10, 0, 0, 0]), 0.5);
  });

  test('finds the bucket in which the rank lies', () => {
    assert.equal(quantile(0.5, [1, 2, 4], [5, 0, 5, 0]), 1);
    assert.equal(quantile(0.75, [1, 2, 4], [5, 0, 5, 0]), 3);
  });

  test('what is above all bounds counts as the last', () => {
    assert.equal(quantile(0.99, [1, 2], [1, 0, 99]), 2);
  });

  test('is null where nothing was observed', () => {
    assert.equal(quantile(0.5, [1, 2], [0, 0, 0]), null);
    assert.equal(quantile(0.5, [1, 2], []), null);
  });
});
