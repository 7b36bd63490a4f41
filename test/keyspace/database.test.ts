import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meta, RAW, setMeta, valueWord } from '../../src/keyspace/entry.ts';
import { copyKey, moveKey, renameKey } from '../../src/keyspace/key-moves.ts';
import { seededRandom } from '../memory/seeded-random.ts';
import { KEEP_EXPIRY, KeyspaceFixture, NO_EXPIRY } from './keyspace-fixture.ts';

/** Longer than what lies in the entry's own block. */
const LONG = 'x'.repeat(5000);

const rename = (fixture: KeyspaceFixture, from: string, to: string): void => {
  const entry = fixture.peek(from);
  const old = fixture.peek(to);
  const key = Buffer.from(to);
  renameKey(fixture.database(), entry, old, key, 0, key.length);
};

const move = (fixture: KeyspaceFixture, key: string, from: number, to: number): boolean => {
  const entry = fixture.peek(key, from);
  if (entry === 0 || fixture.peek(key, to) !== 0) return false;
  moveKey(entry, fixture.database(from), fixture.database(to));
  return true;
};

const copy = (fixture: KeyspaceFixture, from: string, to: string): void => {
  const entry = fixture.peek(from);
  const old = fixture.peek(to);
  const key = Buffer.from(to);
  copyKey(entry, fixture.database(), old, key, 0, key.length);
};

test('Database.peek: a key is there until its expiry and gone from that millisecond on', () => {
  const fixture = new KeyspaceFixture();
  const empty = fixture.usedBytes;
  fixture.set('k', LONG, fixture.clock.time + 100);
  fixture.advance(99.5);
  assert.equal(fixture.value('k'), LONG);
  assert.equal(fixture.statistics.expired, 0);
  fixture.advance(0.5);
  const { changes } = fixture.statistics;
  assert.equal(fixture.peek('k'), 0);
  assert.deepEqual(fixture.counts(), [0, 0]);
  assert.equal(fixture.statistics.expired, 1);
  assert.equal(fixture.statistics.changes, changes, 'nobody changed anything');
  fixture.database().clear();
  assert.equal(fixture.usedBytes, empty);
});

test('Database: every way to look a key up finds it expired', () => {
  const key = Buffer.from('k');
  for (const look of ['read', 'write', 'peek', 'inspect', 'remove'] as const) {
    const fixture = new KeyspaceFixture();
    fixture.set('k', 'v', fixture.clock.time + 1);
    fixture.advance(1);
    assert.equal(Number(fixture.database()[look](key, 0, key.length)), 0, look);
    assert.deepEqual(fixture.counts(), [0, 0], look);
  }
});

test('Database: read and inspect count hits and misses, only read and write are accesses', () => {
  const fixture = new KeyspaceFixture();
  const key = Buffer.from('k');
  const missing = Buffer.from('missing');
  const { access } = fixture.keyspace;
  for (const [look, hits, idle] of [
    ['read', 1, 0],
    ['inspect', 1, 30],
    ['write', 0, 0],
    ['peek', 0, 30],
  ] as const) {
    fixture.set('k', 'v');
    fixture.advance(30_000);
    const before = { ...fixture.statistics };
    const entry = fixture.database()[look](key, 0, key.length);
    fixture.database()[look](missing, 0, missing.length);
    assert.equal(fixture.statistics.hits - before.hits, hits, look);
    assert.equal(fixture.statistics.misses - before.misses, hits, look);
    assert.equal(access.idleSeconds(entry, fixture.clock.time), idle, look);
  }
});

test('Database.setString: the expiry is taken away, kept or set', () => {
  const fixture = new KeyspaceFixture();
  const at = fixture.clock.time + 1000;
  fixture.set('k', 'a', at);
  fixture.set('k', 'b', KEEP_EXPIRY);
  assert.equal(fixture.expiry('k'), at);
  fixture.set('k', LONG, KEEP_EXPIRY);
  assert.equal(fixture.expiry('k'), at);
  fixture.set('k', 'c', at + 1);
  assert.equal(fixture.expiry('k'), at + 1);
  fixture.set('k', 'd');
  assert.equal(fixture.expiry('k'), NO_EXPIRY);
  assert.deepEqual(fixture.counts(), [1, 0]);
  fixture.set('k', 'e', KEEP_EXPIRY);
  assert.equal(fixture.expiry('k'), NO_EXPIRY);
  assert.equal(fixture.value('k'), 'e');
});

test('Database.setExpiry: value, flags and access clock stay; both tables agree', () => {
  const fixture = new KeyspaceFixture();
  const database = fixture.database();
  const { arena, access } = fixture.keyspace;
  for (const value of ['', 'short', LONG]) {
    fixture.set('k', value);
    setMeta(arena, fixture.peek('k'), meta(arena, fixture.peek('k')) | RAW);
    fixture.advance(50_000);
    const expiring = database.setExpiry(fixture.peek('k'), fixture.clock.time + 5);
    assert.equal(expiring, fixture.peek('k'));
    assert.equal(fixture.value('k'), value);
    assert.equal(meta(arena, expiring) & RAW, RAW);
    assert.equal(access.idleSeconds(expiring, fixture.clock.time), 50);
    assert.deepEqual(fixture.counts(), [1, 1]);
    const persistent = database.setExpiry(expiring, NO_EXPIRY);
    assert.equal(fixture.content(persistent), value);
    assert.equal(fixture.expiry('k'), NO_EXPIRY);
    assert.deepEqual(fixture.counts(), [1, 0]);
    assert.equal(fixture.remove('k'), true);
  }
});

test('renameKey: a long value is not copied; expiry and access clock go along; what had the name is freed', () => {
  const fixture = new KeyspaceFixture();
  const { arena, access } = fixture.keyspace;
  const at = fixture.clock.time + 100_000;
  fixture.set('from', LONG, at);
  const used = fixture.usedBytes;
  const block = valueWord(arena, fixture.peek('from'));
  fixture.set('unto', `${LONG}${LONG}`);
  fixture.advance(20_000);
  rename(fixture, 'from', 'unto');
  assert.equal(fixture.peek('from'), 0);
  assert.equal(fixture.value('unto'), LONG);
  assert.equal(valueWord(arena, fixture.peek('unto')), block);
  assert.equal(fixture.expiry('unto'), at);
  assert.equal(access.idleSeconds(fixture.peek('unto'), fixture.clock.time), 20);
  assert.deepEqual(fixture.counts(), [1, 1]);
  assert.equal(fixture.usedBytes, used);
});

test('moveKey: the entry itself goes to the other database', () => {
  const fixture = new KeyspaceFixture();
  const at = fixture.clock.time + 1000;
  fixture.set('k', LONG, at);
  const entry = fixture.peek('k');
  assert.equal(move(fixture, 'k', 0, 5), true);
  assert.equal(fixture.peek('k', 5), entry);
  assert.equal(fixture.expiry('k', 5), at);
  assert.deepEqual(
    [fixture.counts(0), fixture.counts(5)],
    [
      [0, 0],
      [1, 1],
    ],
  );
});

test('copyKey: the copy has a value, an expiry and flags of its own', () => {
  const fixture = new KeyspaceFixture();
  const { arena, strings } = fixture.keyspace;
  const at = fixture.clock.time + 1000;
  for (const value of ['short', LONG]) {
    fixture.set('a', value, at);
    setMeta(arena, fixture.peek('a'), meta(arena, fixture.peek('a')) | RAW);
    fixture.set('b', 'other');
    copy(fixture, 'a', 'b');
    const { bytes, start } = strings.view(fixture.peek('b'));
    bytes[start] = 'X'.charCodeAt(0);
    assert.equal(fixture.value('a'), value);
    assert.equal(fixture.value('b'), `X${value.slice(1)}`);
    assert.equal(fixture.expiry('b'), at);
    assert.equal(meta(arena, fixture.peek('b')) & RAW, RAW);
    assert.deepEqual(fixture.counts(), [2, 2]);
    fixture.remove('a');
    assert.equal(fixture.value('b'), `X${value.slice(1)}`);
  }
});

test('Database.put: how often a key was used outlives its value under an LFU policy', () => {
  const fixture = new KeyspaceFixture();
  const { access } = fixture.keyspace;
  access.frequency = true;
  fixture.set('k', 'v');
  assert.equal(access.counter(fixture.peek('k'), fixture.clock.time), 5);
  for (let i = 0; i < 1000; i++) fixture.read('k');
  const counter = access.counter(fixture.peek('k'), fixture.clock.time);
  assert.ok(counter > 10, `${counter}`);
  fixture.set('k', LONG);
  assert.ok(access.counter(fixture.peek('k'), fixture.clock.time) >= counter);
  fixture.remove('k');
  fixture.set('k', 'v');
  assert.equal(access.counter(fixture.peek('k'), fixture.clock.time), 5);
});

test('Keyspace.swap: two databases exchange keys and expiries', () => {
  const fixture = new KeyspaceFixture();
  fixture.set('a', '1', fixture.clock.time + 1000, 0);
  fixture.set('b', '2', NO_EXPIRY, 1);
  fixture.keyspace.swap(0, 1);
  assert.equal(fixture.value('a', 1), '1');
  assert.equal(fixture.value('b', 0), '2');
  assert.deepEqual(
    [fixture.counts(0), fixture.counts(1)],
    [
      [1, 0],
      [1, 1],
    ],
  );
});

interface Expected {
  readonly value: string;
  readonly expiry: number;
}

test('Database: agrees with Maps under random commands, and leaves no memory behind', () => {
  const fixture = new KeyspaceFixture();
  const random = seededRandom(7);
  const below = (limit: number): number => Math.floor(random() * limit);
  const expected: [Map<string, Expected>, Map<string, Expected>] = [new Map(), new Map()];
  const live = (key: string, index: number): Expected | undefined => {
    const found = expected[index]!.get(key);
    return found !== undefined && found.expiry !== NO_EXPIRY && found.expiry <= fixture.clock.time
      ? undefined
      : found;
  };
  const drop = (key: string, index: number) => expected[index]!.delete(key);

  const steps: Array<(key: string, other: string, index: number) => void> = [
    (key, _, index) => {
      const value = 'v'.repeat(below(4) === 0 ? below(4000) : below(80));
      const expiry = below(2) === 0 ? NO_EXPIRY : fixture.clock.time + 1 + below(50);
      fixture.set(key, value, expiry, index);
      expected[index]!.set(key, { value, expiry });
    },
    (key, _, index) => {
      const expiry = live(key, index)?.expiry ?? NO_EXPIRY;
      fixture.set(key, 'kept', KEEP_EXPIRY, index);
      expected[index]!.set(key, { value: 'kept', expiry });
    },
    (key, _, index) => {
      assert.equal(fixture.remove(key, index), live(key, index) !== undefined);
      drop(key, index);
    },
    (key, _, index) => {
      const found = live(key, index);
      if (found === undefined) return;
      const expiry = below(3) === 0 ? NO_EXPIRY : fixture.clock.time + 1 + below(50);
      fixture.database(index).setExpiry(fixture.peek(key, index), expiry);
      expected[index]!.set(key, { ...found, expiry });
    },
    (key, other) => {
      const found = live(key, 0);
      if (found === undefined || key === other) return;
      rename(fixture, key, other);
      expected[0].set(other, found);
      drop(key, 0);
    },
    (key, other) => {
      const found = live(key, 0);
      if (found === undefined || key === other) return;
      copy(fixture, key, other);
      expected[0].set(other, found);
    },
    (key, _, index) => {
      const found = live(key, index);
      const moves = found !== undefined && live(key, 1 - index) === undefined;
      assert.equal(move(fixture, key, index, 1 - index), moves);
      if (!moves) return;
      expected[1 - index]!.set(key, found);
      drop(key, index);
    },
    () => fixture.advance(below(10)),
  ];

  for (let i = 0; i < 20_000; i++) {
    const key = `key:${below(60)}`;
    const other = `another:${below(60)}`;
    steps[below(steps.length)]!(below(2) === 0 ? key : other, below(2) === 0 ? key : other, below(2));
    const index = below(2);
    const found = live(key, index);
    assert.equal(fixture.value(key, index), found?.value);
    assert.equal(fixture.expiry(key, index), found?.expiry);
  }
  for (const index of [0, 1]) {
    for (const key of expected[index]!.keys())
      assert.equal(fixture.value(key, index), live(key, index)?.value);
    const kept = [...expected[index]!.keys()].flatMap((key) => live(key, index) ?? []);
    assert.deepEqual(fixture.counts(index), [kept.length, kept.filter(({ expiry }) => expiry > 0).length]);
    fixture.database(index).clear();
  }
  fixture.freeAll();
  assert.equal(fixture.usedBytes, 0);
});
