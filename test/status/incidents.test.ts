import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Scene } from './scene.ts';

const STARTED = /^ok: corespond \S+ was started$/;

/** The events but that of the start, which is always the last. */
const newsOf = (scene: Scene): string[] => {
  assert.match(scene.events.at(-1) ?? '', STARTED);
  return scene.events.slice(0, -1);
};

describe('the events', () => {
  test('of a quiet instance are that it was started', () => {
    const scene = new Scene();
    scene.pass(10);
    assert.deepEqual(newsOf(scene), []);
  });

  test('name crashes, hangs and reloads', () => {
    const scene = new Scene();
    scene.pass(1);
    scene.crash(0);
    scene.crash(0);
    scene.crash(1, 'hang');
    scene.recorder.restarted('0', 'reload');
    scene.recorder.restarted('1', 'reload');
    assert.deepEqual(newsOf(scene), [
      'ok: 2 processes were reloaded',
      'critical: worker 1 hung and was killed',
      'critical: worker 0 crashed 2 times',
    ]);
  });

  test('name workers that are stopped and started, and those after which none is left', () => {
    const scene = new Scene();
    scene.pass(1);
    scene.recorder.stopped('1');
    assert.deepEqual(newsOf(scene), ['ok: worker 1 was stopped']);
    scene.slots = [];
    scene.recorder.stopped('0');
    scene.recorder.started('0');
    assert.deepEqual(newsOf(scene), [
      'ok: worker 0 was started',
      'critical: worker 0 was stopped: no worker was left',
      'ok: worker 1 was stopped',
    ]);
    scene.recorder.stopped('0');
    scene.slots = [0];
    scene.recorder.started('1');
    scene.recorder.stopped('1');
    assert.deepEqual(newsOf(scene), [
      'ok: 2 workers were stopped',
      'ok: 2 workers were started',
      'critical: worker 0 was stopped 2 times: no worker was left',
    ]);
    assert.deepEqual(
      scene.status().events.map(({ kind }) => kind),
      ['stop', 'start', 'stop', 'start'],
    );
  });

  test('count in numbers that can be read', () => {
    const scene = new Scene();
    scene.pass(1);
    scene.says(0, { counters: { rejected_connections_total: { max_clients: 61_067 } } });
    scene.pass(1);
    assert.match(newsOf(scene).join(), /^warning: 61,067 connections were refused: /);
  });

  test('say of the keyspace each time what was lost with it', () => {
    const scene = new Scene();
    scene.says('keyspace', { gauges: { db_keys: { db0: 12_000, db3: 345 } } });
    scene.pass(1);
    scene.crash('keyspace');
    assert.deepEqual(newsOf(scene), ['critical: the keyspace crashed: all data was lost (12,345 keys)']);
    scene.says('keyspace', { pid: 201 });
    scene.pass(1);
    scene.crash('keyspace');
    assert.equal(newsOf(scene)[0], 'critical: the keyspace crashed: all data was lost');
    assert.equal(newsOf(scene).length, 2);
  });

  test('count the connections that were lost, of all workers together', () => {
    const scene = new Scene();
    scene.pass(1);
    scene.says(0, { counters: { rejected_connections_total: { max_clients: 1, protected_mode: 0 } } });
    scene.pass(1);
    assert.deepEqual(newsOf(scene), ['warning: 1 connection was refused: the limit of clients was reached']);
    scene.says(1, { counters: { rejected_connections_total: { max_clients: 41 } } });
    scene.says(0, {
      counters: {
        rejected_connections_total: { max_clients: 1, protected_mode: 0 },
        connections_closed_total: { slow_client: 1, client: 5 },
      },
    });
    scene.pass(2);
    assert.deepEqual(newsOf(scene), [
      'warning: 42 connections were refused: the limit of clients was reached',
      'warning: 1 client was closed, not having read its replies',
    ]);
  });
});
