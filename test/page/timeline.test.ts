import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { spanName, spanOf, stepOf } from '../../src/page/browser/time-window.ts';
import { mean, timelineOf, worst } from '../../src/page/browser/timeline.ts';

const at = (...times: number[]) => ({ interval: 1, times });

describe('timelineOf()', () => {
  test('gives seconds, and values as they are', () => {
    const timeline = timelineOf(at(1000, 2000, 3500));
    assert.deepEqual(timeline.seconds, [1, 2, 3.5]);
    assert.deepEqual(timeline.of([7, null, 8]), [7, null, 8]);
    assert.deepEqual(timelineOf(at()).seconds, []);
    assert.deepEqual(timelineOf(at(), 3).of([]), []);
  });

  test('puts null between moments that are far apart', () => {
    const timeline = timelineOf(at(1000, 2000, 9000, 10_000, 60_000));
    assert.deepEqual(timeline.seconds, [1, 2, 3, 9, 10, 11, 60]);
    assert.deepEqual(timeline.of([1, 2, 3, 4, 5]), [1, 2, null, 3, 4, null, 5]);
  });

  test('has one value for each step, in the middle of its moments: of what is known, null if nothing is', () => {
    const timeline = timelineOf(at(3000, 4000, 5000, 6000, 7000, 8000, 9000), 3);
    assert.deepEqual(timeline.seconds, [4, 7, 9]);
    assert.deepEqual(timeline.of([1, 2, 6, 4, null, 8, 5]), [3, 6, 5]);
    assert.deepEqual(timeline.of([1, 2, 6, null, null, null, 5]), [3, null, 5]);
    assert.deepEqual(timelineOf(at(3000, 4000), 3, worst).of([1, 5]), [5]);
    assert.deepEqual(timelineOf(at(3000, 4000), 3, mean).of([1, 5]), [3]);
  });

  test('has the same values for the same steps when time has gone on', () => {
    const times = Array.from({ length: 60 }, (_, i) => 1000 * i);
    const values = times.map((time) => (time * 7919) % 101);
    const before = timelineOf(at(...times.slice(0, 50)), 5).of(values.slice(0, 50));
    const after = timelineOf(at(...times.slice(7)), 5).of(values.slice(7));
    assert.deepEqual(after.slice(1, -2), before.slice(2));
  });

  test('puts null between steps that are far apart', () => {
    const timeline = timelineOf(at(3000, 4000, 5000, 30_000), 3);
    assert.deepEqual(timeline.seconds, [4, 7, 30]);
    assert.deepEqual(timeline.of([1, 1, 1, 2]), [1, null, 2]);
  });
});

describe('the time that a chart shows', () => {
  test('is from two minutes to fifteen, and whole ones', () => {
    const spans = [0, 30, 120, 121, 899, 5000].map((age) => spanOf(1000, 1000 + age));
    assert.deepEqual(spans, [120, 120, 120, 180, 900, 900]);
    assert.equal(spanName(900), 'last 15 minutes');
  });

  test('has a value for each second where there are two pixels for it', () => {
    assert.deepEqual([stepOf(120, 800), stepOf(900, 815), stepOf(900, 270)], [1, 3, 7]);
  });
});
