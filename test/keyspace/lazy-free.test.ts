import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeyspaceFixture, NO_EXPIRY } from './keyspace-fixture.ts';

/** A stopwatch: milliseconds for which other processes and other threads of this one are not to blame. */
const stopwatch = (): (() => number) => {
  const began = performance.now();
  const cpu = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return Math.min(performance.now() - began, (user + system) / 1000);
  };
};

test('LazyFree: a flush of a million keys takes under 10 ms, and so does each slice that frees their memory', () => {
  const fixture = new KeyspaceFixture();
  const { lazyFree } = fixture.keyspace;
  for (let i = 0; i < 1_000_000; i++) {
    fixture.set(`key:${i}`, 'value', i % 4 === 0 ? fixture.clock.time + 1_000_000 : NO_EXPIRY);
  }
  assert.ok(fixture.usedBytes > 40_000_000);

  const flush = stopwatch();
  fixture.database().clear();
  assert.ok(flush() < 10, 'the flush');
  assert.deepEqual(fixture.counts(), [0, 0]);
  assert.equal(lazyFree.pending, 1_000_000);
  fixture.set('key:1', 'new');

  let worst = 0;
  let slices = 0;
  for (let more = true; more; slices++) {
    const slice = stopwatch();
    more = lazyFree.run(slice, 1);
    worst = Math.max(worst, slice());
  }
  assert.ok(worst < 10, `a slice of ${worst} ms`);
  assert.ok(slices > 10, `${slices} slices`);
  assert.equal(lazyFree.freed, 1_000_000);
  assert.equal(lazyFree.pending, 0);
  assert.equal(fixture.value('key:1'), 'new');
  assert.ok(fixture.usedBytes < 1000, `${fixture.usedBytes}`);
});

test('LazyFree.run: stops at the deadline and goes on where it stopped; long values are freed too', () => {
  const fixture = new KeyspaceFixture();
  const { lazyFree } = fixture.keyspace;
  for (let i = 0; i < 5000; i++) fixture.set(`key:${i}`, 'v'.repeat(i));
  fixture.database(0).clear();
  fixture.set('other', 'v', NO_EXPIRY, 1);
  fixture.database(1).clear();
  assert.equal(lazyFree.pending, 5001);
  let time = 0;
  const now = () => time++;
  assert.equal(lazyFree.run(now, 1), true);
  assert.ok(lazyFree.pending > 0 && lazyFree.pending < 5001);
  assert.equal(
    lazyFree.run(() => 0, 1),
    false,
  );
  assert.equal(lazyFree.pending, 0);
  assert.equal(fixture.usedBytes, 0);
});

test('LazyFree.add: a database without keys leaves nothing to be done', () => {
  const fixture = new KeyspaceFixture();
  fixture.database().clear();
  fixture.set('k', 'v');
  fixture.remove('k');
  fixture.database().clear();
  assert.equal(
    fixture.keyspace.lazyFree.run(() => 0, 0),
    false,
  );
  assert.equal(fixture.usedBytes, 0);
});
