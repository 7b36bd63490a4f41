import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RunChunk } from '../../src/memory/run-chunk.ts';

test('RunChunk: first fit, lowest page first', () => {
  const chunk = new RunChunk(100);
  assert.deepEqual([chunk.take(10), chunk.take(20), chunk.take(30)], [0, 10, 30]);
  chunk.give(10);
  assert.equal(chunk.take(21), 60, 'the gap of 20 is too small');
  assert.equal(chunk.take(15), 10);
  assert.equal(chunk.take(5), 25);
  assert.equal(chunk.take(20), -1);
  assert.equal(chunk.take(19), 81);
  assert.equal(chunk.largest, 19, 'the failed search knew the largest extent');
  assert.equal(chunk.take(1), -1);
  assert.equal(chunk.largest, 0);
});

test('RunChunk.give: joins the run to its free neighbours', () => {
  const chunk = new RunChunk(40);
  for (let i = 0; i < 4; i++) chunk.take(10);
  assert.equal(chunk.isFree, false);
  chunk.give(0);
  chunk.give(20);
  assert.equal(chunk.take(20), -1);
  chunk.give(10);
  assert.equal(chunk.take(30), 0);
  chunk.give(30);
  chunk.give(0);
  assert.equal(chunk.isFree, true);
  assert.equal(chunk.take(40), 0);
});

test('RunChunk: random takes and gives agree with a map of pages', () => {
  const step = fc.record({ pages: fc.integer({ min: 1, max: 40 }), give: fc.nat() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const chunk = new RunChunk(256);
      const taken = new Uint8Array(256);
      const runs: { page: number; pages: number }[] = [];
      for (const { pages, give } of steps) {
        if (give % 2 === 0 && runs.length > 0) {
          const [run] = runs.splice(give % runs.length, 1);
          chunk.give(run!.page);
          taken.fill(0, run!.page, run!.page + run!.pages);
          continue;
        }
        const page = chunk.largest < pages ? -1 : chunk.take(pages);
        assert.equal(page, firstFit(taken, pages));
        if (page < 0) continue;
        assert.equal(chunk.pagesAt(page), pages);
        taken.fill(1, page, page + pages);
        runs.push({ page, pages });
      }
      for (const run of runs) chunk.give(run.page);
      assert.equal(chunk.isFree, true);
    }),
    { seed: 7 },
  );
});

const firstFit = (taken: Uint8Array, pages: number): number => {
  for (let page = 0, free = 0; page < taken.length; page++) {
    free = taken[page] === 0 ? free + 1 : 0;
    if (free === pages) return page - pages + 1;
  }
  return -1;
};
