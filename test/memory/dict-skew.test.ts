import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arena } from '../../src/memory/arena.ts';
import { Dict } from '../../src/memory/dict.ts';
import { addKey } from './dict-fixture.ts';

test('Dict.removeFound: a walk that deletes as it goes rebuilds few tables, and leaves none behind', () => {
  const arena = new Arena();
  const dict = new Dict(arena);
  const count = 100_000;
  for (let i = 0; i < count; i++) addKey(arena, dict, `key:${i}`);

  let allocations = 0;
  const allocate = arena.allocate.bind(arena);
  arena.allocate = (bytes) => {
    allocations++;
    return allocate(bytes);
  };
  const removed: Array<[entry: number, hash: number]> = [];
  let cursor = 0;
  do {
    removed.length = 0;
    cursor = dict.scan(cursor, (entry, hash) => removed.push([entry, hash]));
    for (const [entry, hash] of removed) {
      assert.equal(dict.findEntry(hash, entry), true);
      dict.removeFound();
      arena.free(entry);
    }
  } while (cursor !== 0);

  assert.equal(dict.count, 0);
  assert.ok(allocations < count / 50, `${allocations} tables were made`);
  assert.ok(arena.usedBytes < 4096, `${arena.usedBytes} bytes left`);
  dict.clear();
  assert.equal(arena.usedBytes, 0);
});

test('Dict.someEntries: as many as asked for, each once, anywhere in the table', () => {
  const arena = new Arena();
  const dict = new Dict(arena);
  const entries = new Set<number>();
  dict.someEntries(
    5,
    () => 0.5,
    () => assert.fail('there is none'),
  );
  for (let i = 0; i < 3000; i++) entries.add(addKey(arena, dict, `key:${i}`));
  const seen = new Set<number>();
  for (let i = 0; i < 4000; i++) {
    const some: number[] = [];
    dict.someEntries(
      5,
      () => i / 4000,
      (entry, hash) => {
        assert.equal(dict.findEntry(hash, entry), true);
        some.push(entry);
      },
    );
    assert.equal(new Set(some).size, 5);
    for (const entry of some) seen.add(entry);
  }
  assert.ok(seen.size > 2900, `${seen.size} of 3000 were seen`);
  const all: number[] = [];
  dict.someEntries(
    10_000,
    () => 0.3,
    (entry) => all.push(entry),
  );
  assert.deepEqual(new Set(all), entries);
  assert.equal(all.length, entries.size);
});
