import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  applyEvictionSettings,
  type EvictionSettings,
  evict,
  isOverLimit,
} from '../../src/keyspace/eviction.ts';
import { KeyspaceFixture, NO_EXPIRY } from './keyspace-fixture.ts';

const POLICIES = [
  'allkeys-lru',
  'allkeys-lfu',
  'allkeys-random',
  'volatile-lru',
  'volatile-lfu',
  'volatile-random',
  'volatile-ttl',
];
const KEYS = 10_000;

const name = (i: number) => `key:${i}`;

const settingsOf = (maxmemory: number, maxmemoryPolicy: string): EvictionSettings => ({
  maxmemory,
  maxmemoryPolicy,
  maxmemorySamples: 5,
  lfuLogFactor: 10,
  lfuDecayTime: 1,
});

const opened = (policy: string): KeyspaceFixture => {
  const fixture = new KeyspaceFixture();
  applyEvictionSettings(fixture.keyspace, settingsOf(0, policy));
  return fixture;
};

/** Evicts until the data takes no more than a share of what it takes now. */
const evictTo = (fixture: KeyspaceFixture, share: number, policy: string): boolean => {
  const settings = settingsOf(Math.max(1, fixture.usedBytes * share), policy);
  while (isOverLimit(fixture.keyspace, settings)) if (!evict(fixture.keyspace, settings)) return false;
  return true;
};

/** Evicts one key after the other. */
const evictKeys = (fixture: KeyspaceFixture, count: number, policy: string): void => {
  const until = fixture.statistics.evicted + count;
  while (fixture.statistics.evicted < until) {
    assert.equal(evict(fixture.keyspace, settingsOf(fixture.usedBytes - 1, policy)), true);
  }
};

/** Share of the keys number `from` to `to` that is still there. */
const survivors = (fixture: KeyspaceFixture, from: number, to: number): number => {
  let count = 0;
  for (let i = from; i < to; i++) if (fixture.peek(name(i)) !== 0) count++;
  return count / (to - from);
};

test('evict: nothing happens without a limit or below it', () => {
  const fixture = opened('allkeys-lru');
  fixture.set('k', 'v');
  for (const maxmemory of [0, fixture.usedBytes, fixture.usedBytes + 1]) {
    assert.equal(evict(fixture.keyspace, settingsOf(maxmemory, 'allkeys-lru')), true);
  }
  assert.deepEqual(fixture.counts(), [1, 0]);
});

test('evict: noeviction deletes nothing and says that there is no room', () => {
  const fixture = opened('noeviction');
  for (let i = 0; i < 100; i++) fixture.set(name(i), 'v', fixture.clock.time + 1000);
  assert.equal(evict(fixture.keyspace, settingsOf(100, 'noeviction')), false);
  assert.deepEqual(fixture.counts(), [100, 100]);
});

for (const policy of POLICIES) {
  test(`evict: ${policy} brings the memory under the limit, in any database, and counts what it deletes`, () => {
    const fixture = opened(policy);
    for (let i = 0; i < KEYS; i++)
      fixture.set(name(i), 'v'.repeat(i % 100), fixture.clock.time + 1000 + i, i % 3);
    assert.equal(evictTo(fixture, 0.5, policy), true);
    const left = [0, 1, 2].map((index) => fixture.counts(index)[0]);
    for (const count of left) assert.ok(count > KEYS / 12 && count < KEYS / 4, `${left}`);
    const total = left.reduce((sum, count) => sum + count);
    assert.equal(fixture.statistics.evicted, KEYS - total);
    assert.ok(total > KEYS * 0.3, `${total} left, when half of the memory had to be freed`);
  });

  test(`evict: ${policy} is at its end when no key may be evicted`, () => {
    const fixture = opened(policy);
    for (let i = 0; i < 100; i++) fixture.set(name(i), 'v', i < 50 ? NO_EXPIRY : fixture.clock.time + 1000);
    assert.equal(evictTo(fixture, 0, policy), false);
    assert.deepEqual(fixture.counts(), [policy.startsWith('allkeys') ? 0 : 50, 0]);
  });
}

test('evict: allkeys-lru keeps the keys that were used of late', () => {
  const fixture = opened('allkeys-lru');
  for (let i = 0; i < KEYS; i++) fixture.set(name(i), 'value');
  fixture.advance(60_000);
  for (let i = 0; i < KEYS / 2; i++) fixture.read(name(i));
  fixture.advance(60_000);
  evictKeys(fixture, KEYS * 0.3, 'allkeys-lru');
  assert.ok(survivors(fixture, 0, KEYS / 2) > 0.98, `${survivors(fixture, 0, KEYS / 2)} of those used`);
  assert.ok(survivors(fixture, KEYS / 2, KEYS) < 0.5);
});

test('evict: allkeys-lru, keys of every age: the older a key, the sooner it goes', () => {
  const fixture = opened('allkeys-lru');
  for (let i = 0; i < KEYS; i++) {
    fixture.set(name(i), 'value');
    fixture.advance(1000);
  }
  evictKeys(fixture, KEYS * 0.3, 'allkeys-lru');
  assert.ok(survivors(fixture, KEYS / 2, KEYS) > 0.97, 'the younger half');
  // About one key in six was never looked at: three thousand samples of five.
  assert.ok(survivors(fixture, 0, KEYS / 5) < 0.25, 'the oldest fifth');
});

test('evict: allkeys-lfu keeps the keys that are used often, however long ago the others', () => {
  const fixture = opened('allkeys-lfu');
  for (let i = 0; i < KEYS; i++) fixture.set(name(i), 'value');
  for (let reads = 0; reads < 100; reads++) for (let i = 0; i < KEYS / 2; i++) fixture.read(name(i));
  fixture.advance(1000);
  for (let i = KEYS / 2; i < KEYS; i++) fixture.read(name(i));
  evictKeys(fixture, KEYS * 0.3, 'allkeys-lfu');
  assert.ok(survivors(fixture, 0, KEYS / 2) > 0.98, `${survivors(fixture, 0, KEYS / 2)} of those used often`);
});

test('evict: the counter of allkeys-lfu falls with time', () => {
  const fixture = opened('allkeys-lfu');
  for (let i = 0; i < KEYS; i++) fixture.set(name(i), 'value');
  for (let reads = 0; reads < 100; reads++) for (let i = 0; i < KEYS / 2; i++) fixture.read(name(i));
  fixture.advance(30 * 60_000);
  for (let reads = 0; reads < 5; reads++) for (let i = KEYS / 2; i < KEYS; i++) fixture.read(name(i));
  evictKeys(fixture, KEYS * 0.3, 'allkeys-lfu');
  assert.ok(survivors(fixture, KEYS / 2, KEYS) > 0.95, 'those used of late');
});

test('evict: volatile-ttl takes first what expires first', () => {
  const fixture = opened('volatile-ttl');
  for (let i = 0; i < KEYS; i++) fixture.set(name(i), 'value', fixture.clock.time + 10_000 + i * 10);
  evictKeys(fixture, KEYS * 0.3, 'volatile-ttl');
  assert.ok(survivors(fixture, KEYS / 2, KEYS) > 0.97, 'the half that lives longer');
  assert.ok(survivors(fixture, 0, KEYS / 5) < 0.25, 'the fifth that expires first');
});

test('evict: volatile policies never touch a key without expiry', () => {
  for (const policy of POLICIES.filter((candidate) => candidate.startsWith('volatile'))) {
    const fixture = opened(policy);
    for (let i = 0; i < 1000; i++)
      fixture.set(name(i), 'value', i % 2 === 0 ? NO_EXPIRY : fixture.clock.time + 1000);
    evictTo(fixture, 0.7, policy);
    for (let i = 0; i < 1000; i += 2) assert.notEqual(fixture.peek(name(i)), 0, policy);
  }
});

test('evict: a key that was sampled and then used, persisted or replaced is judged anew', () => {
  const fixture = opened('volatile-lru');
  const { keyspace } = fixture;
  for (let i = 0; i < 100; i++) fixture.set(name(i), 'value', fixture.clock.time + 10_000_000);
  fixture.advance(1_000_000);
  const settings = { ...settingsOf(fixture.usedBytes - 1, 'volatile-lru'), maxmemorySamples: 90 };
  assert.equal(evict(keyspace, settings), true);
  for (let i = 0; i < 100; i++) {
    const entry = fixture.peek(name(i));
    if (entry === 0) continue;
    if (i % 3 === 0) fixture.read(name(i));
    if (i % 3 === 1) fixture.database().setExpiry(entry, NO_EXPIRY);
    if (i % 3 === 2) fixture.set(name(i), 'another', fixture.clock.time + 10_000_000);
  }
  fixture.set('oldest', 'value', fixture.clock.time + 10_000_000);
  keyspace.access.touch(fixture.peek('oldest'), fixture.clock.time - 5000);
  const before = fixture.statistics.evicted;
  assert.equal(evict(keyspace, { ...settings, maxmemory: fixture.usedBytes - 1 }), true);
  assert.equal(fixture.statistics.evicted, before + 1);
  assert.equal(fixture.peek('oldest'), 0);
});

test('evict: one call does a bounded part of the work, and later calls the rest', () => {
  for (const policy of POLICIES) {
    const fixture = opened(policy);
    for (let i = 0; i < KEYS; i++) fixture.set(name(i), 'value', fixture.clock.time + 1000);
    const settings = settingsOf(fixture.usedBytes / 10, policy);
    assert.equal(evict(fixture.keyspace, settings), true);
    const { evicted } = fixture.statistics;
    assert.ok(evicted > 100 && evicted < 3000, `${policy}: ${evicted}`);
    assert.equal(evict(fixture.keyspace, settings), true);
    assert.ok(fixture.statistics.evicted > evicted);
  }
});

test('evict: flushed memory is freed before any key has to go', () => {
  for (const policy of ['allkeys-lru', 'noeviction']) {
    const fixture = opened(policy);
    fixture.set('kept', 'v', NO_EXPIRY, 1);
    for (let i = 0; i < KEYS; i++) fixture.set(name(i), 'value');
    fixture.database().clear();
    const settings = settingsOf(10_000, policy);
    for (let calls = 0; isOverLimit(fixture.keyspace, settings); calls++) {
      assert.ok(calls < 100);
      assert.equal(evict(fixture.keyspace, settings), true);
    }
    assert.equal(fixture.statistics.evicted, 0);
    assert.notEqual(fixture.peek('kept', 1), 0);
  }
});

test('applyEvictionSettings: the access clock follows the policy', () => {
  const { keyspace } = new KeyspaceFixture();
  for (const [policy, frequency] of [
    ['allkeys-lfu', true],
    ['allkeys-lru', false],
    ['volatile-lfu', true],
    ['noeviction', false],
  ] as const) {
    applyEvictionSettings(keyspace, { ...settingsOf(0, policy), lfuLogFactor: 3, lfuDecayTime: 7 });
    assert.equal(keyspace.access.frequency, frequency, policy);
    assert.deepEqual([keyspace.access.logFactor, keyspace.access.decayMinutes], [3, 7]);
  }
});
