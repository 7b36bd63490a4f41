import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arena, byteOffset, chunkIndex, wordOffset } from '../../src/memory/arena.ts';
import { RANKED_HEADER_BYTES, setScore } from '../../src/memory/ranked-key.ts';
import { RankedTree } from '../../src/memory/ranked-tree.ts';
import { seededRandom } from './seeded-random.ts';

interface Item {
  readonly score: number;
  readonly key: string;
  readonly entry: number;
}

const createEntry = (arena: Arena, score: number, key: string): Item => {
  const bytes = Buffer.from(key);
  const entry = arena.allocate(RANKED_HEADER_BYTES + bytes.length);
  arena.words[chunkIndex(entry)]![wordOffset(entry)] = bytes.length;
  setScore(arena, entry, score);
  arena.bytes[chunkIndex(entry)]!.set(bytes, byteOffset(entry) + RANKED_HEADER_BYTES);
  return { score, key, entry };
};

const order = (a: Item, b: Item) =>
  a.score - b.score || Buffer.compare(Buffer.from(a.key), Buffer.from(b.key));

const forwards = (tree: RankedTree): number[] => {
  const entries: number[] = [];
  tree.seekScore(Number.NEGATIVE_INFINITY, false);
  for (let { entry } = tree; entry !== 0; entry = tree.next()) entries.push(entry);
  return entries;
};

const backwards = (tree: RankedTree): number[] => {
  const entries: number[] = [];
  tree.seekEnd();
  for (let entry = tree.previous(); entry !== 0; entry = tree.previous()) entries.push(entry);
  return entries;
};

const assertSame = (tree: RankedTree, items: Item[], random: () => number): void => {
  const sorted = items.slice().sort(order);
  assert.equal(tree.count, sorted.length);
  assert.deepEqual(
    forwards(tree),
    sorted.map(({ entry }) => entry),
  );
  assert.deepEqual(backwards(tree), sorted.map(({ entry }) => entry).reverse());
  for (let i = 0; i < 50 && sorted.length > 0; i++) {
    const rank = Math.floor(random() * sorted.length);
    const item = sorted[rank]!;
    assert.equal(tree.rankOf(item.entry), rank);
    assert.equal(tree.entry, item.entry);
    tree.seekRank(rank);
    assert.equal(tree.entry, item.entry);
    assert.equal(
      tree.seekScore(item.score, false),
      sorted.findIndex(({ score }) => score >= item.score),
    );
    const higher = sorted.findIndex(({ score }) => score > item.score);
    assert.equal(tree.seekScore(item.score, true), higher < 0 ? sorted.length : higher);
    assert.equal(tree.entry, sorted[higher]?.entry ?? 0);
    const between = Buffer.from(`${item.key}\0`);
    assert.equal(tree.seek(item.score, between, 0, between.length), rank + 1);
  }
};

const ORDERS: Readonly<Record<string, (i: number, random: () => number) => number>> = {
  ascending: (i) => i,
  descending: (i) => -i,
  'at random': (_, random) => Math.floor(random() * 1e6) / 8,
  'of few scores': (_, random) => Math.floor(random() * 3),
  'of one score': () => 0,
};

for (const [name, scoreOf] of Object.entries(ORDERS)) {
  test(`RankedTree: entries ${name} come, are found by rank, score and key, and go`, () => {
    const arena = new Arena();
    const tree = new RankedTree(arena);
    const random = seededRandom(7);
    let items: Item[] = [];
    const add = (i: number) => {
      const item = createEntry(arena, scoreOf(i, random), `key:${Math.floor(random() * 1e9)}:${i}`);
      tree.insert(item.entry);
      items.push(item);
    };
    for (let i = 0; i < 6000; i++) {
      add(i);
      if (i === 10 || i === 70 || i === 500) assertSame(tree, items, random);
    }
    assertSame(tree, items, random);
    const removeWhere = (goes: (i: number) => boolean) => {
      const left: Item[] = [];
      for (const [i, item] of items.sort(order).entries()) {
        if (!goes(i)) {
          left.push(item);
          continue;
        }
        tree.remove(item.entry);
        arena.free(item.entry);
      }
      items = left;
      assertSame(tree, items, random);
    };
    removeWhere((i) => i % 3 === 1);
    removeWhere((i) => i >= 1000 && i < 2500);
    for (let i = 0; i < 1000; i++) add(i);
    assertSame(tree, items, random);
    removeWhere(() => random() < 0.9);
    removeWhere((i) => i < items.length - 5);
    removeWhere(() => true);
    assert.equal(tree.root, 0);
    assert.equal(arena.usedBytes, 0);
  });
}

test('RankedTree: random mixtures of insertions and removals', () => {
  const random = seededRandom(3);
  for (let round = 0; round < 30; round++) {
    const arena = new Arena();
    const tree = new RankedTree(arena);
    const items: Item[] = [];
    const growth = 0.3 + random() * 0.5;
    for (let i = 0; i < 3000; i++) {
      if (items.length === 0 || random() < growth) {
        const item = createEntry(arena, Math.floor(random() * 50), `k${i}`);
        tree.insert(item.entry);
        items.push(item);
      } else {
        const [item] = items.splice(Math.floor(random() * items.length), 1);
        tree.remove(item!.entry);
        arena.free(item!.entry);
      }
      if (i % 500 === 499) assertSame(tree, items, random);
    }
  }
});

test('RankedTree: is taken apart in slices, each entry once, and leaves no memory', () => {
  const arena = new Arena();
  const tree = new RankedTree(arena);
  const items = Array.from({ length: 10_000 }, (_, i) => createEntry(arena, i % 100, `k${i}`));
  for (const { entry } of items) tree.insert(entry);
  const freed = new Set<number>();
  let slices = 0;
  const free = (entry: number) => {
    freed.add(entry);
    arena.free(entry);
  };
  while (!tree.freeSlice(100, free)) slices++;
  assert.ok(slices > 50 && slices < 200, `${slices} slices`);
  assert.equal(freed.size, items.length);
  assert.equal(arena.usedBytes, 0);
});
