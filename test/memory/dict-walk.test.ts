import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Arena } from '../../src/memory/arena.ts';
import { Dict } from '../../src/memory/dict.ts';
import { seededRandom } from './seeded-random.ts';

/** A dict of entries that are only numbers; the hash of each follows from it. */
const createTable = () => {
  const arena = new Arena();
  const dict = new Dict(arena);
  const hashOf = (entry: number) => Math.imul(entry, 0x9e3779b1) ^ (entry >>> 3);
  const add = (from: number, count: number) => {
    for (let entry = from; entry < from + count; entry++) {
      if (!dict.findEntry(hashOf(entry), entry)) dict.insert(hashOf(entry), entry);
    }
  };
  const remove = (from: number, count: number) => {
    for (let entry = from; entry < from + count; entry++) {
      if (dict.findEntry(hashOf(entry), entry)) dict.removeFound();
    }
  };
  return { arena, dict, hashOf, add, remove };
};

test('Dict.scan: emits each entry once with its hash, in the order of the hashes, few at a time', () => {
  const { dict, add, hashOf } = createTable();
  add(1, 30_000);
  const seen: number[] = [];
  let last = -1;
  let most = 0;
  let cursor = 0;
  do {
    const before = seen.length;
    cursor = dict.scan(cursor, (entry, hash) => {
      assert.equal(hash, hashOf(entry));
      assert.ok(hash >>> 0 >= last);
      last = hash >>> 0;
      seen.push(entry);
    });
    most = Math.max(most, seen.length - before);
  } while (cursor !== 0);
  assert.equal(new Set(seen).size, 30_000);
  assert.equal(seen.length, 30_000);
  assert.ok(most < 20, `${most} entries in one step`);
});

test('Dict.scan: any cursor is taken, however it was come by', () => {
  const { dict, add } = createTable();
  add(1, 5000);
  for (const cursor of [1, 12345, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]) {
    let next = cursor;
    let steps = 0;
    do {
      const before = next;
      next = dict.scan(next, () => {});
      assert.ok(next === 0 || next > before);
      steps++;
    } while (next !== 0);
    assert.ok(steps < 20_000);
  }
});

test('Dict.scan: an entry that stays is emitted whatever is inserted, removed, split or joined meanwhile', () => {
  const step = fc.record({
    adds: fc.boolean(),
    from: fc.integer({ min: 10_000, max: 60_000 }),
    count: fc.integer({ min: 1, max: 20_000 }),
    steps: fc.integer({ min: 1, max: 3000 }),
  });
  const start = fc.integer({ min: 0, max: 30_000 });
  fc.assert(
    fc.property(
      start,
      fc.integer({ min: 1, max: 500 }),
      fc.array(step, { maxLength: 12 }),
      (size, stays, changes) => {
        const { dict, add, remove } = createTable();
        add(10_000, size);
        add(1, stays);
        const seen = new Set<number>();
        let cursor = 0;
        const advance = (steps: number) => {
          for (let i = 0; i < steps; i++) {
            cursor = dict.scan(cursor, (entry) => seen.add(entry));
            if (cursor === 0) return true;
          }
          return false;
        };
        let done = false;
        for (const { adds, from, count, steps } of changes) {
          done = advance(steps);
          if (done) break;
          if (adds) add(from, count);
          else remove(from, count);
        }
        if (!done) assert.ok(advance(1_000_000));
        for (let entry = 1; entry <= stays; entry++) assert.ok(seen.has(entry), `${entry} was missed`);
      },
    ),
    { seed: 9, numRuns: 80 },
  );
});

test('Dict.randomEntry: each entry about as often as any other', () => {
  const { dict, add } = createTable();
  const count = 3000;
  add(1, count);
  const random = seededRandom(2);
  const times = new Uint32Array(count + 1);
  const draws = 300_000;
  for (let i = 0; i < draws; i++) times[dict.randomEntry(random)]!++;
  assert.equal(times[0], 0);
  const expected = draws / count;
  const chiSquare = times.subarray(1).reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  // 2999 degrees of freedom: a fair draw stays below 3250 in 999 of 1000 runs; segments differ a little in load.
  assert.ok(chiSquare < 3600, `${chiSquare}`);
});

test('Dict.randomEntry: finds the only entry of a table that was large', () => {
  const { dict, add, remove } = createTable();
  add(1, 100_000);
  remove(2, 99_999);
  const random = seededRandom(3);
  for (let i = 0; i < 100; i++) assert.equal(dict.randomEntry(random), 1);
  // A generator that only knows the ends must not keep it from finding one.
  assert.equal(
    dict.randomEntry(() => 0),
    1,
  );
  assert.equal(
    dict.randomEntry(() => 1 - 2 ** -53),
    1,
  );
});

test('Dict.freeSlice: hands out every entry once, never more than asked for, and leaves no memory', () => {
  for (const size of [0, 1, 5, 1000, 50_000]) {
    for (const slice of [1, 7, 256, 1_000_000]) {
      if (size / slice > 10_000) continue;
      const { arena, dict, add } = createTable();
      add(1, size);
      const seen: number[] = [];
      let finished = false;
      for (let calls = 0; !finished; calls++) {
        const before = seen.length;
        finished = dict.freeSlice(slice, (entry) => seen.push(entry));
        assert.ok(seen.length - before <= slice);
        assert.equal(dict.count, size - seen.length);
        assert.ok(calls <= size / slice + 2);
      }
      assert.equal(new Set(seen).size, size);
      assert.equal(seen.length, size);
      assert.equal(arena.usedBytes, 0);
      add(1, 100);
      assert.equal(dict.count, 100, 'it can be used again');
    }
  }
});

test('Dict.clear: gives back every table at once, and the dict can be used again', () => {
  const { arena, dict, add } = createTable();
  add(1, 100_000);
  dict.clear();
  assert.equal(dict.count, 0);
  assert.equal(arena.usedBytes, 0);
  add(1, 10);
  assert.equal(dict.count, 10);
});

test('Dict.scanSegment: emits each entry once, many at a time', () => {
  for (const count of [0, 1, 10, 30_000]) {
    const { dict, add, remove } = createTable();
    add(1, count);
    if (count > 10) remove(1, count / 2);
    const seen: number[] = [];
    let steps = 0;
    let cursor = 0;
    do {
      cursor = dict.scanSegment(cursor, (entry) => seen.push(entry));
      steps++;
    } while (cursor !== 0);
    assert.equal(seen.length, dict.count);
    assert.equal(new Set(seen).size, dict.count);
    assert.ok(steps <= 1 + count / 100, `${steps} steps for ${count} entries`);
  }
});
