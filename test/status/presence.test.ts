import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Scene } from './scene.ts';

/** The events but that of the start, which is always the last. */
const newsOf = (scene: Scene): string[] => scene.events.slice(0, -1);

describe('a process that is not heard of', () => {
  test('is down, and then was: one event, with how long it was', () => {
    const scene = new Scene();
    scene.pass(1);
    scene.silence(1);
    scene.pass(4);
    assert.deepEqual(newsOf(scene), []);
    scene.pass(6);
    assert.deepEqual(newsOf(scene), ['critical: worker 1 is down']);
    const { id } = scene.status().events[0] ?? assert.fail();
    scene.says(1, { pid: 151 });
    scene.pass(2);
    assert.deepEqual(newsOf(scene), ['critical: worker 1 was down for 11 s']);
    const { id: later, at, kind } = scene.status().events[0] ?? assert.fail();
    assert.deepEqual([later, at, kind], [id, scene.now - 1000, 'down']);
  });

  test('is told with its end if it has crashed, however often, and not beside it', () => {
    const scene = new Scene();
    scene.pass(1);
    for (const [pid, seconds] of [
      [151, 5],
      [152, 8],
    ] as const) {
      scene.silence(1);
      scene.crash(1, 'crash', pid === 151 ? 101 : 151);
      scene.pass(seconds);
      assert.match(newsOf(scene)[0] ?? '', /^critical: worker 1 is down$/);
      scene.says(1, { pid });
      scene.pass(1);
    }
    assert.deepEqual(newsOf(scene), ['critical: worker 1 crashed 2 times, and was down for 15 s']);
  });

  test('is told each time, however soon it is again', () => {
    const scene = new Scene();
    scene.pass(1);
    for (const seconds of [14, 9]) {
      scene.silence('keyspace');
      scene.pass(seconds);
      scene.says('keyspace', {});
      scene.pass(3);
    }
    assert.deepEqual(newsOf(scene), [
      'critical: the keyspace did not answer for 10 s',
      'critical: the keyspace did not answer for 15 s',
    ]);
  });

  test('is a reason for a minute if it was silent and lives, with the length', () => {
    const scene = new Scene();
    scene.pass(1);
    scene.silence('keyspace');
    scene.pass(14);
    scene.says('keyspace', {});
    scene.pass(5);
    assert.deepEqual(scene.reasons, ['warning: the keyspace did not answer for 15 s, 4 s ago']);
    assert.equal(scene.status().verdict.level, 'warning');
    scene.pass(55);
    assert.deepEqual(scene.reasons.length, 1);
    scene.pass(1);
    assert.deepEqual(scene.reasons, []);
  });

  test('of several silences of one process the latest is a reason', () => {
    const scene = new Scene();
    scene.pass(1);
    for (const seconds of [7, 4]) {
      scene.silence(1);
      scene.pass(seconds);
      scene.says(1, {});
      scene.pass(2);
    }
    assert.deepEqual(scene.reasons, ['warning: worker 1 did not answer for 5 s, 1 s ago']);
  });

  test('is passed over if it is heard before it counts as down', () => {
    const scene = new Scene();
    scene.pass(1);
    scene.silence(1);
    scene.pass(2);
    scene.says(1, {});
    scene.pass(1);
    assert.deepEqual([newsOf(scene), scene.reasons], [[], []]);
  });

  test('is not told to have been silent while nobody listened', () => {
    const scene = new Scene();
    scene.pass(1);
    scene.now += 15_000;
    scene.pass(2);
    assert.deepEqual([newsOf(scene), scene.reasons], [[], []]);
  });

  test('is not down if it was stopped', () => {
    const scene = new Scene();
    scene.pass(1);
    scene.slots = [0];
    scene.silence(1);
    scene.ledger.retire('worker', 1, 101);
    scene.pass(10);
    assert.deepEqual(newsOf(scene), []);
  });

  test('is no more down when nobody misses it any more', () => {
    const scene = new Scene();
    scene.pass(1);
    scene.silence(1);
    scene.pass(10);
    scene.slots = [0];
    scene.ledger.retire('worker', 1, 101);
    scene.pass(1);
    assert.deepEqual(newsOf(scene), ['critical: worker 1 was down, and is not missed any more']);
  });

  test('is starting and not down before it was ever there', () => {
    const scene = new Scene();
    scene.silence('keyspace');
    scene.pass(20);
    assert.deepEqual(newsOf(scene), []);
    scene.says('keyspace', { counters: { keyspace_hits_total: 0 } });
    scene.pass(2);
    assert.deepEqual(newsOf(scene), []);
  });
});
