import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loopLines } from '../../src/page/browser/loop-lines.ts';

const workers = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [String(i), [i / 10, null]]));

test('loopLines() has each process while there are few', () => {
  assert.deepEqual(loopLines({ utilisation: { ...workers(2), keyspace: [0.5, 0.6] } }), [
    ['worker 0', [0, null]],
    ['worker 1', [0.1, null]],
    ['keyspace', [0.5, 0.6]],
  ]);
  assert.equal(loopLines({ utilisation: workers(8) }).length, 8);
});

test('loopLines() has the busiest worker and the mean of many, of those that are known', () => {
  const some = { ...workers(9), 4: [null, 0.25], keyspace: [0.5, 0.6] };
  assert.deepEqual(loopLines({ utilisation: some }), [
    ['busiest worker', [0.8, 0.25]],
    ['mean of 9 workers', [0.4, 0.25]],
    ['keyspace', [0.5, 0.6]],
  ]);
});
