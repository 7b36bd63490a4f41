import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CommandCounters, Histogram, LATENCY_BUCKETS, TurnCounters } from '../../src/metrics/counters.ts';

const SUM = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);

describe('Histogram', () => {
  test('observe() counts a value in the first bucket whose bound is not below it', () => {
    const histogram = new Histogram([1, 5, 10]);
    for (const value of [0, 1, 1.5, 5, 9, 10, 10.5, 1000]) histogram.observe(value);
    assert.deepEqual(histogram.figures(), { sum: 1037, buckets: [2, 2, 2, 2] });
  });

  test('figures() is a copy and its sum is a whole number', () => {
    const histogram = new Histogram([1]);
    histogram.observe(0.4);
    const before = histogram.figures();
    histogram.observe(0.4);
    assert.deepEqual(before, { sum: 0, buckets: [1, 0] });
    assert.deepEqual(histogram.figures(), { sum: 1, buckets: [2, 0] });
  });
});

describe('CommandCounters', () => {
  test('figures() knows nothing of a command that was never called', () => {
    assert.equal(new CommandCounters(2).figures(1), undefined);
  });

  test('record(), fail() and reject() keep outcomes apart', () => {
    const counters = new CommandCounters(2);
    counters.record(1, 3, 90);
    counters.fail(1);
    counters.reject(1);
    const figures = counters.figures(1);
    assert.deepEqual(
      { ...figures, buckets: [] },
      { ok: 2, error: 1, rejected: 1, microseconds: 90, buckets: [] },
    );
    assert.equal(counters.total, 3);
    assert.equal(counters.figures(0), undefined);
  });

  test('record() puts every call of a run into the bucket of their mean', () => {
    const counters = new CommandCounters(1);
    counters.record(0, 4, 160);
    counters.record(0, 1, 10_000_000);
    const { buckets = [] } = counters.figures(0) ?? {};
    assert.equal(buckets.length, LATENCY_BUCKETS.length + 1);
    assert.equal(buckets[LATENCY_BUCKETS.indexOf(5e-5)], 4);
    assert.equal(buckets.at(-1), 1);
    assert.equal(SUM(buckets), 5);
  });
});

test('TurnCounters.record() counts commands and duration of a turn', () => {
  const turns = new TurnCounters();
  turns.record(3, 20);
  turns.record(5000, 3_000_000);
  const commands = turns.commands.figures();
  assert.equal(commands.sum, 5003);
  assert.equal(commands.buckets[2], 1);
  assert.equal(commands.buckets.at(-1), 1);
  const { sum, buckets } = turns.microseconds.figures();
  assert.equal(sum, 3_000_020);
  assert.deepEqual([buckets[LATENCY_BUCKETS.indexOf(2.5e-5)], buckets.at(-1)], [1, 1]);
});
