import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { configFrom } from '../../src/config/config.ts';
import { Settings } from '../../src/config/live.ts';
import { Housekeeping } from '../../src/instance/housekeeping.ts';
import { Instance } from '../../src/instance/instance.ts';
import { TYPE_HASH } from '../../src/keyspace/entry.ts';
import { createLogger } from '../../src/log.ts';
import { KeyspaceFixture, NO_EXPIRY } from '../keyspace/keyspace-fixture.ts';

/** Milliseconds that each reading of the clock lets pass. */
const STEP = 0.05;

/** An instance whose time for turns passes only by being asked for. */
class Household {
  readonly data = new KeyspaceFixture();
  readonly instance: Instance;
  readonly housekeeping: Housekeeping;
  time = 0;

  constructor() {
    const config = configFrom({ logLevel: 'silent' });
    const { keyspace } = this.data;
    const settings = new Settings(config);
    const log = createLogger(config, { role: 'test' });
    this.instance = new Instance({ keyspace, settings, log, commandCount: 1, shutdown: () => {} });
    this.housekeeping = new Housekeeping(this.instance, () => (this.time += STEP));
  }

  /** A round: turns of a millisecond, as long as there is something to do. @returns the longest, in milliseconds. */
  round(): number {
    let longest = 0;
    this.housekeeping.begin();
    for (let more = true; more; ) {
      const began = this.time;
      more = this.housekeeping.turn(began + 1);
      longest = Math.max(longest, this.time - began);
    }
    return longest;
  }

  fill(count: number, ttl: number): void {
    const expiry = ttl === NO_EXPIRY ? NO_EXPIRY : this.data.clock.time + ttl;
    for (let i = 0; i < count; i++) this.data.set(`key:${i}`, 'value', expiry);
  }
}

test('Housekeeping: expired keys are deleted in turns of a millisecond, at most a quarter of the time', () => {
  const house = new Household();
  const { data } = house;
  house.fill(50_000, 100);
  data.advance(100);
  const longest = house.round();
  assert.ok(longest < 1 + 10 * STEP, `a turn of ${longest} ms`);
  assert.ok(house.time > 20 && house.time < 30, `${house.time} ms of the 100 that a round has`);
  assert.ok(data.counts()[0] > 0, 'the round was too short');
  assert.ok(data.statistics.expiryMilliseconds > 20 && data.statistics.expiryMilliseconds < 30);
  let rounds = 1;
  for (; data.counts()[0] > 0; rounds++) house.round();
  assert.ok(rounds < 20, `${rounds} rounds`);
  assert.equal(data.statistics.expired, 50_000);
  assert.ok(data.statistics.expiryTimeCapReached >= rounds - 3);
});

test('Housekeeping: expired fields of hashes are removed in turns of a millisecond', () => {
  const house = new Household();
  const { keyspace, statistics } = house.data;
  const { hashes } = keyspace;
  assert.equal(house.data.peek('hash'), 0);
  const entry = keyspace.databases[0]!.create(Buffer.from('hash'), 0, 4, TYPE_HASH);
  for (let i = 0; i < 20_000; i++) {
    const field = Buffer.from(String(i));
    hashes.set(entry, field, 0, field.length, field, 0, 0);
    hashes.setExpiry(entry, field, 0, field.length, keyspace.now + 100);
  }
  house.data.advance(100);
  const longest = house.round();
  assert.ok(longest < 1 + 10 * STEP, `a turn of ${longest} ms`);
  for (let rounds = 0; rounds < 20 && house.data.counts()[0] > 0; rounds++) house.round();
  assert.equal(statistics.expiredFields, 20_000);
  assert.deepEqual(house.data.counts(), [0, 0]);
});

test('Housekeeping: a round with nothing to do is one short turn', () => {
  const house = new Household();
  house.fill(1000, NO_EXPIRY);
  house.fill(500, 100_000);
  house.housekeeping.begin();
  assert.equal(house.housekeeping.turn(house.time + 1), false);
  assert.deepEqual(house.data.counts(), [1000, 500]);
});

test('Housekeeping: neither DEBUG SET-ACTIVE-EXPIRE 0 nor CLIENT PAUSE lets it expire keys', () => {
  const house = new Household();
  const { data, instance } = house;
  house.fill(100, 100);
  data.advance(100);
  instance.activeExpiry = false;
  house.round();
  assert.deepEqual(data.counts(), [100, 100]);
  instance.activeExpiry = true;
  instance.pause.begin(data.clock.time + 10, false);
  house.round();
  assert.deepEqual(data.counts(), [100, 100]);
  data.advance(10);
  house.round();
  assert.deepEqual(data.counts(), [0, 0]);
});

test('Housekeeping: flushed memory is freed in turns of a millisecond', () => {
  const house = new Household();
  house.fill(100_000, NO_EXPIRY);
  house.data.database().clear();
  const longest = house.round();
  assert.ok(longest < 1 + 10 * STEP, `a turn of ${longest} ms`);
  assert.equal(house.data.usedBytes, 0);
});

test('Housekeeping: keys are evicted after maxmemory was lowered, in turns', () => {
  const house = new Household();
  const { settings } = house.instance;
  house.fill(50_000, NO_EXPIRY);
  const limit = Math.floor(house.data.usedBytes / 2);
  settings.set([['maxmemory', String(limit)]]);
  house.round();
  assert.equal(house.data.counts()[0], 50_000, 'noeviction');
  settings.set([['maxmemory-policy', 'allkeys-lru']]);
  const longest = house.round();
  assert.ok(longest < 2, `a turn of ${longest} ms`);
  assert.ok(house.data.usedBytes <= limit);
});

test('Housekeeping: the keyspace follows the settings of eviction', () => {
  const house = new Household();
  const { access } = house.data.keyspace;
  const { settings } = house.instance;
  assert.equal(access.frequency, false);
  settings.set([
    ['maxmemory-policy', 'volatile-lfu'],
    ['lfu-log-factor', '3'],
    ['lfu-decay-time', '7'],
  ]);
  assert.deepEqual([access.frequency, access.logFactor, access.decayMinutes], [true, 3, 7]);
  settings.set([['maxmemory-policy', 'allkeys-random']]);
  assert.equal(access.frequency, false);
});

test('Housekeeping: a slow turn of expiry is the latency event expire-cycle', () => {
  const house = new Household();
  const { instance, data } = house;
  house.fill(50_000, 100);
  data.advance(100);
  house.round();
  assert.equal(instance.latency.events.size, 0);
  instance.settings.set([['latency-monitor-threshold', '1']]);
  house.round();
  const event = instance.latency.events.get('expire-cycle');
  assert.equal(event?.max, 1);
  assert.equal(event.samples[0]?.at, Math.floor(data.clock.time / 1000));
});

test('Housekeeping: rates and peaks are read ten times a second, whatever hz is', () => {
  for (const hz of [1, 10, 100]) {
    const house = new Household();
    house.instance.settings.set([['hz', String(hz)]]);
    let samples = 0;
    house.instance.sample = () => void samples++;
    for (let i = 0; i < hz; i++) {
      house.housekeeping.begin();
      house.time += 1000 / hz;
    }
    assert.ok(samples >= Math.min(hz, 9) && samples <= 10, `${samples} at ${hz} hz`);
  }
});

test('Housekeeping.start: works in the background, keeps nothing alive, and stop() ends it', async () => {
  const house = new Household();
  const { data } = house;
  const resources = () => process.getActiveResourcesInfo().filter((kind) => /Timeout|Immediate/.test(kind));
  const before = resources();
  house.instance.settings.set([['hz', '500']]);
  house.fill(3000, 100);
  data.advance(100);
  house.housekeeping.start();
  assert.deepEqual(resources(), before, 'the timer is not what keeps a process alive');
  for (let tries = 0; data.counts()[0] > 0; tries++) {
    assert.ok(tries < 500, `${data.counts()[0]} keys left`);
    await wait(10);
  }
  house.fill(100_000, NO_EXPIRY);
  data.database().clear();
  for (let tries = 0; data.keyspace.lazyFree.freed === 0; tries++) {
    assert.ok(tries < 500);
    await wait(1);
  }
  house.housekeeping.stop();
  assert.deepEqual(resources(), before);
  const { time } = house;
  await wait(20);
  assert.equal(house.time, time, 'it works no more');
});

test('Housekeeping: memory that is free goes back to the system, a chunk a round', () => {
  const house = new Household();
  const { data, instance } = house;
  const { arena } = instance.keyspace;
  const value = 'v'.repeat(1024 * 1024);
  for (let i = 0; i < 300; i++) data.set(`k${i}`, value);
  const reserved = arena.reservedBytes;
  data.database().clear();
  house.round();
  for (let before = Number.POSITIVE_INFINITY; before > arena.reservedBytes; house.round())
    before = arena.reservedBytes;
  assert.ok(reserved > 300 * 1024 * 1024);
  assert.ok(arena.reservedBytes < 150 * 1024 * 1024, `${arena.reservedBytes} of ${reserved} bytes are kept`);
});
