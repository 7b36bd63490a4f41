import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DEFAULT_LIMITS } from '../../src/keyspace/encoding-limits.ts';
import { TYPE_SORTED_SET } from '../../src/keyspace/entry.ts';
import type { SortedSetForm } from '../../src/keyspace/sorted-set/sorted-set-form.ts';
import { KeyspaceFixture } from './keyspace-fixture.ts';

type Member = readonly [name: string, score: number];

const KEY = Buffer.from('key');

/** One sorted set in an empty keyspace, beside a Map that says what must be in it. */
class Stage {
  readonly fixture: KeyspaceFixture;
  readonly entry: number;
  readonly model = new Map<string, number>();

  constructor(maxEntries: number) {
    this.fixture = new KeyspaceFixture(1, { ...DEFAULT_LIMITS, zsetMaxListpackEntries: maxEntries });
    this.fixture.peek('key');
    this.entry = this.fixture.database().create(KEY, 0, KEY.length, TYPE_SORTED_SET);
  }

  get sortedSets() {
    return this.fixture.keyspace.sortedSets;
  }

  open(): SortedSetForm {
    return this.sortedSets.open(this.entry);
  }

  put(name: string, score: number): void {
    const bytes = Buffer.from(name, 'latin1');
    const isNew = this.sortedSets.put(this.entry, bytes, 0, bytes.length, score);
    assert.equal(isNew, !this.model.has(name));
    this.model.set(name, score);
  }

  remove(name: string): void {
    const bytes = Buffer.from(name, 'latin1');
    const members = this.open();
    assert.equal(Number.isNaN(members.find(bytes, 0, bytes.length)), !this.model.delete(name));
    if (this.model.size < members.count) members.removeFound();
  }

  removeRanks(from: number, count: number): void {
    const gone = this.sorted().slice(from, from + count);
    this.open().removeRanks(from, gone.length);
    for (const [name] of gone) this.model.delete(name);
  }

  /** What must be in the set, in its order. */
  sorted(): Member[] {
    return [...this.model].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
  }

  assertSame(): void {
    const sorted = this.sorted();
    const members = this.open();
    assert.equal(members.count, sorted.length);
    if (sorted.length === 0) return;
    assert.deepEqual(forwards(members), sorted);
    assert.deepEqual(backwards(members), sorted.slice().reverse());
    for (const [rank, [name, score]] of sorted.entries()) this.#assertMember(name, score, rank);
    for (const score of [-Infinity, -1, 0, 0.5, 3, Infinity]) this.#assertRanksOf(score);
  }

  #assertMember(name: string, score: number, rank: number): void {
    const bytes = Buffer.from(name, 'latin1');
    const members = this.open();
    assert.equal(members.find(bytes, 0, bytes.length), score);
    assert.equal(members.rankOfFound(), rank);
    members.seek(rank);
    assert.deepEqual(memberAt(members), [name, score]);
  }

  #assertRanksOf(score: number): void {
    const members = this.open();
    const scores = [...this.model.values()];
    assert.equal(members.rankOfScore(score, false), scores.filter((other) => other < score).length);
    assert.equal(members.rankOfScore(score, true), scores.filter((other) => other <= score).length);
  }
}

const memberAt = ({ member, score }: SortedSetForm): Member => {
  const { bytes, start, length } = member;
  return [Buffer.from(bytes.subarray(start, start + length)).toString('latin1'), score];
};

const forwards = (members: SortedSetForm): Member[] => {
  const seen: Member[] = [];
  members.seek(0);
  do seen.push(memberAt(members));
  while (members.next());
  return seen;
};

const backwards = (members: SortedSetForm): Member[] => {
  const seen: Member[] = [];
  members.seek(members.count - 1);
  do seen.push(memberAt(members));
  while (members.previous());
  return seen;
};

/** Texts, integers and what only looks like one; few enough to meet again. */
const name = fc.oneof(
  fc.integer({ min: -5, max: 20 }).map(String),
  fc.constantFrom(
    '',
    '007',
    '-0',
    '9223372036854775807',
    '9223372036854775808',
    '123456789012',
    'a\0',
    '\xff',
  ),
  fc.string({ maxLength: 3, unit: fc.constantFrom('a', 'b', '\xe9') }),
  fc.integer({ min: 60, max: 70 }).map((length) => 'x'.repeat(length)),
);
const score = fc.oneof(
  fc.integer({ min: -2, max: 5 }),
  fc.constantFrom(
    0.5,
    -0.25,
    2 ** 53,
    1e17,
    127,
    128,
    -4097,
    1e9,
    Infinity,
    -Infinity,
    5e-324,
    1.7976931348623157e308,
  ),
  fc.double({ noNaN: true }).map((value) => value + 0),
);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ put: name, score }) },
  { weight: 2, arbitrary: fc.record({ remove: name }) },
  { weight: 1, arbitrary: fc.record({ from: fc.nat(10), count: fc.nat(4) }) },
);

for (const maxEntries of [0, 8, 1000]) {
  test(`SortedSets: is what a sorted Map would be, packed up to ${maxEntries} members`, () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const stage = new Stage(maxEntries);
        for (const each of steps) {
          if ('put' in each) stage.put(each.put, each.score);
          else if ('remove' in each) stage.remove(each.remove);
          else if (each.from <= stage.model.size) stage.removeRanks(each.from, each.count);
        }
        stage.assertSame();
      }),
      { numRuns: 150 },
    );
  });

  test(`SortedSets: members of equal scores in the order of their bytes, packed up to ${maxEntries}`, () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 30 }), name, (names, limit) => {
        const stage = new Stage(maxEntries);
        for (const each of names) stage.put(each, 7);
        const bytes = Buffer.from(limit, 'latin1');
        const members = stage.open();
        assert.equal(
          members.rankOfMember(bytes, 0, bytes.length, false),
          names.filter((each) => each < limit).length,
        );
        assert.equal(
          members.rankOfMember(bytes, 0, bytes.length, true),
          names.filter((each) => each <= limit).length,
        );
      }),
      { numRuns: 100 },
    );
  });
}

test('SortedSets: a copy has members of its own, packed or ranked', () => {
  for (const size of [3, 100]) {
    const stage = new Stage(8);
    for (let i = 0; i < size; i++) stage.put(`m${i}`, i);
    const copy = stage.fixture.keyspace.duplicate(stage.entry, KEY, 0, KEY.length);
    for (let i = 0; i < size; i++) stage.remove(`m${i}`);
    const members = stage.sortedSets.open(copy);
    assert.equal(members.count, size);
    assert.deepEqual(
      forwards(members),
      Array.from({ length: size }, (_, i) => [`m${i}`, i]),
    );
    stage.fixture.keyspace.release(copy);
  }
});

test('SortedSets: the memory of a set comes back, of a large one in slices', () => {
  for (const size of [5, 50, 5000]) {
    const stage = new Stage(8);
    for (let i = 0; i < size; i++) stage.put(`member ${i}`, i / 3);
    const used = stage.fixture.usedBytes;
    assert.ok(stage.fixture.remove('key'));
    if (size > 1000) assert.ok(stage.fixture.usedBytes > used / 2, 'not all of it may go at once');
    assert.equal(stage.fixture.keyspace.lazyFree.pending, size > 1000 ? 1 : 0);
    stage.fixture.freeAll();
    stage.fixture.database().keys.clear();
    assert.equal(stage.fixture.usedBytes, 0);
  }
});

test('SortedSets: a ranked set is measured as its blocks are, by samples nearly so', () => {
  const stage = new Stage(8);
  const { arena } = stage.fixture.keyspace;
  const before = arena.usedBytes;
  for (let i = 0; i < 3000; i++) stage.put(`member:${i}`, i);
  const taken = arena.usedBytes - before;
  for (const samples of [0, 5]) {
    const measured = stage.sortedSets.externalBytes(stage.entry, samples);
    assert.ok(Math.abs(measured - taken) < taken * 0.1, `${measured} of ${taken} bytes`);
  }
});
