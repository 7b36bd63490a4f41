import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExpiryCycle } from '../../src/keyspace/expiry-cycle.ts';
import { KeyspaceFixture, NO_EXPIRY } from './keyspace-fixture.ts';

const forever = () => 0;

/** `count` keys that expire after `ttl` milliseconds. */
const fill = (fixture: KeyspaceFixture, name: string, count: number, ttl: number, index = 0): void => {
  const expiry = ttl === NO_EXPIRY ? NO_EXPIRY : fixture.clock.time + ttl;
  for (let i = 0; i < count; i++) fixture.set(`${name}:${i}`, 'value', expiry, index);
};

/** One round without a limit of time. */
const round = (cycle: ExpiryCycle): void => {
  cycle.begin();
  assert.equal(cycle.run(forever, 1), false);
};

test('ExpiryCycle: keys whose time has come go without being asked for, all others stay', () => {
  const fixture = new KeyspaceFixture();
  const cycle = new ExpiryCycle(fixture.keyspace);
  fill(fixture, 'stale', 20_000, 100);
  fill(fixture, 'fresh', 3000, 100_000);
  fill(fixture, 'lasting', 3000, NO_EXPIRY);
  round(cycle);
  assert.equal(fixture.statistics.expired, 0);
  fixture.advance(100);
  const { changes } = fixture.statistics;
  for (let rounds = 0; fixture.statistics.expired < 20_000; rounds++) {
    assert.ok(rounds < 1000, `${fixture.statistics.expired} expired`);
    round(cycle);
  }
  assert.deepEqual(fixture.counts(), [6000, 3000]);
  for (const key of ['fresh:0', 'fresh:2999', 'lasting:0', 'lasting:2999'])
    assert.notEqual(fixture.peek(key), 0);
  assert.equal(fixture.statistics.changes, changes, 'nobody changed anything');
  assert.equal(fixture.statistics.misses, 0);
});

test('ExpiryCycle: one round leaves at most a fair part stale', () => {
  const fixture = new KeyspaceFixture();
  const cycle = new ExpiryCycle(fixture.keyspace);
  fill(fixture, 'stale', 5000, 100);
  fill(fixture, 'fresh', 5000, 100_000);
  fixture.advance(100);
  let rounds = 0;
  for (; fixture.counts()[1] > 6250; rounds++) round(cycle);
  assert.ok(rounds < 30, `${rounds} rounds to 20 % stale`);
});

test('ExpiryCycle: every database has its turn', () => {
  const fixture = new KeyspaceFixture();
  const cycle = new ExpiryCycle(fixture.keyspace);
  for (let index = 0; index < 16; index++) fill(fixture, 'k', 15, 100, index);
  fixture.advance(100);
  round(cycle);
  round(cycle);
  for (let index = 0; index < 16; index++) assert.deepEqual(fixture.counts(index), [0, 0]);
});

test('ExpiryCycle.run: stops at the deadline, within one small sample', () => {
  const fixture = new KeyspaceFixture();
  const cycle = new ExpiryCycle(fixture.keyspace);
  fill(fixture, 'stale', 100_000, 100);
  fixture.advance(100);
  let time = 0;
  const now = () => (time += 0.1);
  cycle.begin();
  assert.equal(cycle.run(now, 1), true);
  assert.ok(time <= 1.2, `${time}`);
  const { expired } = fixture.statistics;
  assert.ok(expired > 100 && expired < 1000, `${expired} keys in ten samples`);
  assert.equal(cycle.run(now, 2), true);
  assert.ok(fixture.statistics.expired > expired, 'it goes on where it stopped');
});

test('ExpiryCycle: figures of INFO: rounds out of time, stale share and mean remaining life', () => {
  const fixture = new KeyspaceFixture();
  const cycle = new ExpiryCycle(fixture.keyspace);
  round(cycle);
  assert.equal(fixture.statistics.expiryTimeCapReached, 0);
  assert.equal(fixture.keyspace.stalePercent, 0);

  fill(fixture, 'stale', 10_000, 100);
  fixture.advance(100);
  cycle.begin();
  assert.equal(cycle.run(forever, 0), true);
  cycle.begin();
  assert.equal(fixture.statistics.expiryTimeCapReached, 1);
  assert.ok(fixture.keyspace.stalePercent > 4.9 && fixture.keyspace.stalePercent <= 5);

  fixture.database().clear();
  round(cycle);
  assert.equal(fixture.database().averageTtl, 0);
  fill(fixture, 'fresh', 1000, 5000);
  round(cycle);
  assert.equal(fixture.database().averageTtl, 5000);
  fixture.advance(1000);
  round(cycle);
  assert.equal(fixture.database().averageTtl, 4980);
});
