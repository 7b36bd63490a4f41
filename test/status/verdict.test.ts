import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { callsIn, Scene } from './scene.ts';

describe('the verdict', () => {
  test('is that all is well while nothing is wrong', () => {
    const scene = new Scene();
    scene.pass(5);
    assert.deepEqual(scene.status().verdict, { level: 'ok', reasons: [] });
  });

  test('names what keeps clients from being served, first', () => {
    const scene = new Scene();
    scene.says('keyspace', {
      gauges: { max_clients: 100, memory_used_bytes: 900, memory_limit_bytes: 1000 },
    });
    scene.pass(1);
    scene.problems = ['worker 1 is not up'];
    assert.deepEqual(scene.reasons, [
      'critical: worker 1 is not up',
      'warning: data takes 90 % of the limit',
    ]);
    assert.equal(scene.status().verdict.level, 'critical');
  });

  test('until all serve for the first time it is starting, unless that fails or takes long', () => {
    const missing = ['the keyspace is not up', 'worker 0 is not up'];
    const starting = ['warning: was just started, and not every process serves yet'];
    const slow = new Scene();
    slow.problems = missing;
    slow.pass(30);
    assert.deepEqual(slow.reasons, starting);
    slow.pass(1);
    assert.deepEqual(slow.reasons, ['critical: the keyspace is not up', 'critical: worker 0 is not up']);
    const served = new Scene();
    served.problems = missing;
    served.pass(2);
    served.problems = [];
    served.pass(1);
    assert.deepEqual(served.reasons, []);
    served.problems = ['worker 1 is not up'];
    assert.deepEqual(served.reasons, ['critical: worker 1 is not up']);
    const failing = new Scene();
    failing.problems = missing;
    failing.crash(0);
    assert.equal(failing.reasons[0], 'critical: the keyspace is not up');
  });

  test('a crash is news for a minute, three of them are a loop for a quarter of an hour', () => {
    const scene = new Scene();
    scene.pass(3);
    scene.crash(1);
    scene.pass(5);
    assert.deepEqual(scene.reasons, ['warning: worker 1 crashed 5 s ago']);
    scene.pass(56);
    assert.deepEqual(scene.reasons, []);
    scene.crash(1, 'hang');
    scene.crash(1);
    assert.deepEqual(scene.reasons, ['critical: worker 1 keeps restarting: 3 times in 15 min']);
    scene.pass(14 * 60);
    assert.deepEqual(scene.reasons, []);
  });

  test('with the keyspace the data was lost, which is no news of a minute', () => {
    const scene = new Scene();
    scene.pass(3);
    scene.crash(1);
    scene.crash('keyspace');
    scene.pass(14 * 60);
    assert.deepEqual(scene.reasons, ['critical: the keyspace crashed 14 min ago: all data was lost']);
    scene.pass(60);
    assert.deepEqual(scene.reasons, []);
    assert.match(scene.events[0] ?? '', /^critical: the keyspace crashed: all data was lost$/);
  });

  test('limits: clients and data near them, and all but reached', () => {
    const scene = new Scene();
    scene.says(0, { gauges: { connected_clients: 50 } });
    scene.says(1, { gauges: { connected_clients: 40 } });
    scene.says('keyspace', { gauges: { max_clients: 100, memory_used_bytes: 96, memory_limit_bytes: 100 } });
    scene.pass(1);
    assert.deepEqual(scene.reasons, [
      'critical: data takes 96 % of the limit',
      'warning: clients are at 90 % of the limit',
    ]);
  });

  test('a cache that evicts may be full, as long as it takes what is written', () => {
    const scene = new Scene();
    const gauges = {
      max_clients: 100,
      memory_used_bytes: 99,
      memory_limit_bytes: 100,
      eviction_enabled: 1,
    };
    scene.says('keyspace', { gauges });
    scene.pass(1);
    assert.deepEqual(scene.reasons, []);
    assert.equal(scene.status().memory.evicts, true);
    scene.says('keyspace', { gauges, counters: { errors_total: { ERR: 9, OOM: 61_067 } } });
    scene.pass(1);
    assert.deepEqual(scene.reasons, [
      'critical: writes refused in the last minute, as the data is at its limit: 61,067',
    ]);
    scene.pass(70);
    assert.deepEqual(scene.reasons, []);
  });

  test('connections that were lost in the last minute, and only those', () => {
    const scene = new Scene();
    const lost = {
      rejected_connections_total: { max_clients: 3000 },
      connections_closed_total: { client: 9, slow_client: 2 },
    };
    scene.pass(1);
    scene.says(0, { counters: lost });
    scene.pass(1);
    assert.deepEqual(scene.reasons, [
      'warning: connections refused in the last minute: 3,000',
      'warning: slow clients closed in the last minute: 2',
    ]);
    scene.pass(70);
    assert.deepEqual(scene.reasons, []);
  });

  test('commands that are slow or fail, if there are enough of them', () => {
    const scene = new Scene();
    const limits = { max_clients: 100, memory_limit_bytes: 1000 };
    scene.pass(1);
    scene.says('keyspace', { gauges: limits, commands: { sort: callsIn(0.1, 5) } });
    scene.pass(1);
    assert.deepEqual(scene.reasons, []);
    scene.says('keyspace', { gauges: limits, commands: { sort: callsIn(0.1, 1000, 500) } });
    scene.pass(1);
    const [slow, failing] = scene.reasons;
    assert.match(slow ?? '', /^warning: commands are slow: p99 of the last minute is 99\.\d ms$/);
    assert.match(failing ?? '', /^warning: 33 % of all commands failed in the last minute, 167\/s$/);
  });

  test('commands that were refused take no time, and do not make one slow command many', () => {
    const scene = new Scene();
    scene.pass(1);
    const refused = { ...callsIn(1e-5, 0), rejected: 500 };
    scene.says('keyspace', { gauges: {}, commands: { sort: callsIn(0.1, 5), unknown: refused } });
    scene.pass(1);
    assert.deepEqual(scene.reasons, ['warning: 99 % of all commands failed in the last minute, 250/s']);
  });

  test('loops that are busy or stall, heaps that are full', () => {
    const scene = new Scene();
    scene.pass(1);
    scene.says(1, {
      counters: { eventloop_seconds_total: { active: 9_500_000, idle: 500_000 } },
      gauges: { heap_used_bytes: 90, heap_limit_bytes: 100 },
      histograms: { eventloop_delay_seconds: { sum: 0, buckets: [0, 0, 0, 0, 0, 0, 0, 0, 10] } },
    });
    scene.pass(1);
    assert.deepEqual(scene.reasons, [
      'warning: worker 1 was busy for 95 % of the last minute',
      'warning: worker 1 stalls for 498 ms',
      'warning: the V8 heap of worker 1 takes 90 % of the limit',
    ]);
  });

  test('a single stall, which no p99 shows', () => {
    const scene = new Scene();
    const watched = (longest: number) => ({
      counters: { eventloop_seconds_total: { active: 1_000_000, idle: 50_000_000 } },
      histograms: {
        eventloop_delay_seconds: { sum: 0, buckets: [500, 0, 0, 0, 0, 0, 0, 0, 0, ...at(longest)] },
      },
    });
    const at = (bucket: number) => [0, 1, 2, 3].map((one) => (one === bucket ? 1 : 0));
    scene.pass(1);
    scene.says(1, watched(0));
    scene.pass(1);
    assert.deepEqual(scene.reasons, []);
    scene.says(1, watched(1));
    scene.pass(1);
    assert.deepEqual(scene.reasons, ['warning: worker 1 stalled for more than 1 s in the last minute']);
    scene.says(1, watched(3));
    scene.pass(1);
    assert.deepEqual(scene.reasons, ['warning: worker 1 stalled for more than 5 s in the last minute']);
  });

  test('one that was silent is not told to have stalled as well', () => {
    const scene = new Scene();
    scene.pass(1);
    scene.silence('keyspace');
    scene.pass(7);
    scene.says('keyspace', {
      counters: { eventloop_seconds_total: { active: 8_000_000, idle: 50_000_000 } },
      histograms: { eventloop_delay_seconds: { sum: 0, buckets: [500, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1] } },
    });
    scene.pass(1);
    assert.deepEqual(scene.reasons, ['warning: the keyspace did not answer for 8 s, 0 s ago']);
    scene.pass(59);
    assert.deepEqual(scene.reasons, ['warning: the keyspace did not answer for 8 s, 59 s ago']);
    for (let second = 0; second < 20; second++) {
      scene.pass(1);
      assert.deepEqual(scene.reasons, []);
    }
  });

  test('times beyond the last bucket are told to be more than its bound', () => {
    const scene = new Scene();
    const slow = { ...callsIn(2.5, 0), ok: 1000, buckets: [...Array(20).fill(0), 1000] };
    scene.pass(1);
    scene.says('keyspace', { commands: { debug: slow } });
    scene.pass(1);
    assert.deepEqual(scene.reasons, ['warning: commands are slow: p99 of the last minute is > 2.5 s']);
  });

  test('a process that has just been started may be busy', () => {
    const scene = new Scene();
    const counters = { eventloop_seconds_total: { active: 1_900_000, idle: 100_000 } };
    const late = { sum: 0, buckets: [0, 0, 0, 0, 0, 0, 0, 0, 10] };
    scene.says(1, { counters, histograms: { eventloop_delay_seconds: late } });
    scene.pass(2);
    assert.deepEqual(scene.reasons, []);
  });
});
