import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { statusRoutes } from '../../src/status/routes.ts';
import { callsIn, Scene } from './scene.ts';

describe('the status', () => {
  test('shows the rates of the last second and the totals', () => {
    const scene = new Scene();
    const gauges = { max_clients: 100, memory_limit_bytes: 1000, db_keys: { db0: 5, db3: 2 } };
    const worker = { counters: { net_input_bytes_total: 500, worker_commands_total: 50 } };
    scene.pass(1);
    scene.says('keyspace', {
      gauges,
      counters: { keyspace_hits_total: 3, keyspace_misses_total: 1 },
      commands: { get: callsIn(1e-5, 40), 'client|list': callsIn(5e-4, 8, 2) },
    });
    scene.says(0, worker);
    scene.says(1, worker);
    scene.pass(1);
    const { traffic, keys, commands, processes, history } = scene.status();
    assert.equal(traffic.commandsPerSecond, 50);
    assert.equal(traffic.errorsPerSecond, 2);
    assert.equal(traffic.bytesInPerSecond, 1000);
    assert.equal(traffic.commands, 50);
    assert.ok(traffic.p50 !== null && traffic.p50 < 1e-5 && traffic.p99 !== null && traffic.p99 > 2.5e-4);
    assert.deepEqual(keys, { total: 7, expiring: 0, hitRatio: 0.75 });
    assert.deepEqual(
      commands.map(({ command, calls, errors }) => [command, calls, errors]),
      [
        ['get', 40, 0],
        ['client|list', 10, 2],
      ],
    );
    const rates = processes.map(({ worker: name, commandsPerSecond }) => [name, commandsPerSecond]);
    assert.deepEqual(rates, [
      ['0', 50],
      ['1', 50],
      ['keyspace', 50],
    ]);
    assert.deepEqual(history.commandsPerSecond, { get: [null, 40], 'client|list': [null, 10] });
  });

  test('its figures are those at which the charts end, also when it is asked between two seconds', () => {
    const scene = new Scene();
    scene.pass(1);
    const says = (calls: number) => {
      scene.says('keyspace', { commands: { get: callsIn(1e-5, calls), set: callsIn(1e-3, calls) } });
      scene.says(0, { counters: { net_input_bytes_total: calls, net_output_bytes_total: 2 * calls } });
    };
    says(100);
    scene.pass(1);
    says(1000);
    scene.hear(600);
    const { traffic, history } = scene.status();
    const { get = [], set = [] } = history.commandsPerSecond;
    assert.equal(traffic.commandsPerSecond, (get.at(-1) ?? 0) + (set.at(-1) ?? 0));
    assert.deepEqual(
      [traffic.p50, traffic.p99, traffic.bytesInPerSecond, traffic.bytesOutPerSecond],
      [history.p50, history.p99, history.bytesInPerSecond, history.bytesOutPerSecond].map((all) =>
        all.at(-1),
      ),
    );
  });

  test('the rate of a process does not depend on how its reports and our seconds lie', () => {
    const scene = new Scene();
    scene.pass(1);
    scene.says(0, { counters: { worker_commands_total: 100 } });
    scene.pass(1);
    scene.recorder.record();
    scene.recorder.record();
    assert.deepEqual(scene.status().processes[0]?.commandsPerSecond, 100);
  });

  test('what a process that died has counted stays counted, also in the last minute', () => {
    const scene = new Scene();
    const gauges = { max_clients: 100, memory_limit_bytes: 1000 };
    scene.pass(1);
    scene.says('keyspace', { gauges, commands: { get: callsIn(1e-5, 600) } });
    scene.pass(1);
    scene.ledger.retire('keyspace', 0, 200);
    scene.says('keyspace', { gauges, pid: 201 });
    scene.pass(10);
    const [get] = scene.status().commands;
    assert.equal(get?.calls, 600);
    assert.ok((get?.callsPerSecond ?? 0) > 0);
  });

  test('what nobody knows is null', () => {
    const scene = new Scene();
    for (const place of [0, 1, 'keyspace'] as const) scene.silence(place);
    scene.pass(3);
    const { clients, memory, traffic, processes, history } = scene.status();
    assert.deepEqual([clients.limit, memory.limit, traffic.p99], [null, null, null]);
    assert.deepEqual(
      processes.map(({ worker, up, pid, utilisation }) => [worker, up, pid, utilisation]),
      [
        ['0', false, null, null],
        ['1', false, null, null],
        ['keyspace', false, null, null],
      ],
    );
    assert.deepEqual(history.bytesInPerSecond, [null, null, null]);
    const rates = Object.entries(traffic).filter(([name]) => name.endsWith('PerSecond'));
    assert.deepEqual([...new Set(rates.map(([, rate]) => rate))], [null]);
  });

  test('nobody knows how many commands there are in a second without a keyspace', () => {
    const scene = new Scene();
    const told = (calls: number) => ({ commands: { get: callsIn(1e-5, calls), set: callsIn(1e-5, 1) } });
    scene.says('keyspace', told(10));
    scene.pass(1);
    scene.says('keyspace', told(50));
    scene.pass(1);
    scene.silence('keyspace');
    scene.ledger.retire('keyspace', 0, 200);
    scene.pass(2);
    assert.deepEqual(scene.status().history.commandsPerSecond, { get: [null, 40, null, null] });
    assert.equal(scene.status().traffic.commandsPerSecond, null);
    assert.equal(scene.status().traffic.bytesInPerSecond, 0);
  });

  test('shows slow commands by name only', () => {
    const scene = new Scene();
    const slow = { id: 4, at: 5000, command: 'keys', microseconds: 20_000, argc: 2 };
    scene.says('keyspace', { slowCalls: [slow] });
    scene.pass(1);
    assert.deepEqual(scene.status().slowLog, [
      { id: 4, at: 5000, command: 'keys', duration: 0.02, arguments: 2 },
    ]);
  });
});

describe('/status.json', () => {
  const ask = async (query: string) => {
    const scene = new Scene();
    scene.pass(3);
    const route = statusRoutes(scene.recorder)['/status.json'];
    assert.ok(route);
    return route({ path: '/status.json', query: new URLSearchParams(query), knownTag: '' });
  };

  test('answers JSON, with the history since then', async () => {
    const { status, type, body } = await ask('since=1002000');
    assert.deepEqual([status, type], [200, 'application/json; charset=utf-8']);
    assert.deepEqual(JSON.parse(String(body)).history.times, [1_003_000]);
    assert.equal(JSON.parse(String((await ask('')).body)).history.times.length, 3);
  });

  test('refuses what is no moment', async () => {
    for (const since of ['x', '-1', '1.5', '', '1e3', '9'.repeat(16), 'NaN']) {
      assert.equal((await ask(`since=${since}`)).status, 400, since);
    }
    for (const query of ['since=1&since=abc', 'since=1&since=1', 'since=1&x=2&since=']) {
      assert.equal((await ask(query)).status, 400, query);
    }
    assert.equal((await ask('since=1&x=2&x=3')).status, 200);
  });
});
