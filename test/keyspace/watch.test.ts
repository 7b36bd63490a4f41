import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeyspaceFixture, NO_EXPIRY } from './keyspace-fixture.ts';

const watched = (...keys: string[]) => {
  const fixture = new KeyspaceFixture();
  fixture.set('k', 'v');
  const watcher = { watchBroken: false };
  for (const key of keys) fixture.keyspace.watch.add(watcher, 0, key);
  return { fixture, watcher };
};

test('WatchRegistry: whatever changes a watched key breaks the watch', () => {
  const changes: Array<(fixture: KeyspaceFixture) => void> = [
    (fixture) => fixture.set('k', 'other'),
    (fixture) => fixture.set('k', 'v'),
    (fixture) => fixture.set('k', 'long'.repeat(1000)),
    (fixture) => fixture.remove('k'),
    (fixture) => fixture.database().setExpiry(fixture.peek('k'), fixture.clock.time + 1000),
    (fixture) => fixture.database().modified(fixture.peek('k')),
    (fixture) => fixture.database().expire(fixture.peek('k')),
    (fixture) => fixture.database().clear(),
    (fixture) => fixture.keyspace.swap(0, 1),
    (fixture) => fixture.keyspace.swap(1, 0),
  ];
  for (const change of changes) {
    const { fixture, watcher } = watched('k');
    change(fixture);
    assert.equal(watcher.watchBroken, true, change.toString());
  }
});

test('WatchRegistry: a key that appears breaks the watch; looks, other keys and other databases do not', () => {
  const { fixture, watcher } = watched('k', 'missing');
  fixture.read('k');
  fixture.peek('missing');
  fixture.set('other', 'v');
  fixture.set('missing', 'v', NO_EXPIRY, 1);
  fixture.remove('other');
  fixture.database(1).clear();
  fixture.keyspace.swap(1, 2);
  assert.equal(watcher.watchBroken, false);
  fixture.set('missing', 'v');
  assert.equal(watcher.watchBroken, true);
});

test('WatchRegistry.touchAll: a key that is in neither database does not change when they are flushed or swapped', () => {
  const { fixture, watcher } = watched('missing');
  fixture.database().clear();
  fixture.keyspace.swap(0, 1);
  assert.equal(watcher.watchBroken, false);
});

test('WatchRegistry.refresh: a key whose time came while it was watched counts as changed', () => {
  const fixture = new KeyspaceFixture();
  const watcher = { watchBroken: false };
  fixture.set('k', 'v', fixture.clock.time + 10);
  fixture.keyspace.watch.add(watcher, 0, 'k');
  fixture.advance(9);
  fixture.keyspace.watch.refresh(watcher, fixture.keyspace.databases);
  assert.equal(watcher.watchBroken, false);
  fixture.advance(1);
  fixture.keyspace.watch.refresh(watcher, fixture.keyspace.databases);
  assert.equal(watcher.watchBroken, true);
});

test('WatchRegistry: keys are bytes, and each watcher is told', () => {
  const { fixture, watcher } = watched();
  const other = { watchBroken: false };
  const bytes = Buffer.from([0x00, 0xff, 0x0d, 0x0a, 0xc3, 0xa9, 0x20]);
  fixture.keyspace.watch.add(watcher, 0, bytes.toString('latin1'));
  fixture.keyspace.watch.add(other, 0, bytes.toString('latin1'));
  fixture.database().setString(bytes, 0, bytes.length, bytes, 0, 1, NO_EXPIRY);
  assert.deepEqual([watcher.watchBroken, other.watchBroken], [true, true]);
});

test('WatchRegistry.remove: forgets all keys of one watcher and nothing else', () => {
  const { fixture, watcher } = watched('k', 'a', 'b');
  const other = { watchBroken: false };
  fixture.keyspace.watch.add(other, 0, 'a');
  assert.equal(fixture.keyspace.watch.countOf(watcher), 3);
  fixture.keyspace.watch.remove(watcher);
  assert.equal(fixture.keyspace.watch.countOf(watcher), 0);
  assert.equal(fixture.keyspace.watch.size, 1);
  fixture.set('k', 'w');
  fixture.set('a', 'w');
  assert.deepEqual([watcher.watchBroken, other.watchBroken], [false, true]);
  fixture.keyspace.watch.remove(other);
  assert.equal(fixture.keyspace.watch.size, 0);
});
