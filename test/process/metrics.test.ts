import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WireConnection } from '../rows/wire.ts';
import { get } from './exposition.ts';
import { ServerProcess, unsupported } from './server-process.ts';
import { until } from './until.ts';

describe('/metrics', { skip: unsupported, concurrency: 2 }, () => {
  for (const workers of [0, 2]) {
    test(`counts each command once and each process once, workers=${workers}`, async (t) => {
      const server = await ServerProcess.start(t, { settings: { workers } });
      const client = await WireConnection.open(server.port);
      for (let i = 0; i < 5; i++) await client.call('PING');
      await client.call('SET', 'a', '1');
      await client.call('GET', 'a');
      await client.call('NONSENSE');
      const metrics = await until('all is reported', async () => {
        const now = await server.metrics();
        return now.sum('commands_total') === 8 && now.sum('worker_commands_total') === 8 && now;
      });
      assert.equal(metrics.sum('commands_total', 'cmd="ping"', 'outcome="ok"'), 5);
      assert.equal(metrics.sum('commands_total', 'cmd="unknown"', 'outcome="rejected"'), 1);
      assert.equal(metrics.sum('connected_clients'), 1);
      assert.equal(metrics.sum('db_keys', 'db="db0"'), 1);
      assert.equal(metrics.sum('workers'), Math.max(1, workers));
      assert.equal(metrics.sum('worker_up'), Math.max(1, workers) + 1);
      const measured = [
        metrics.sum('heap_used_bytes', 'worker="0"') > 0,
        metrics.sum('heap_used_bytes', 'keyspace') > 0,
      ];
      assert.deepEqual(measured, [true, workers > 0]);
      assert.equal((await get(server.metricsPort, '/readyz')).status, 200);
      client.close();
    });
  }

  test('metrics-port=off serves none', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 1, 'metrics-port': 'off' } });
    assert.match(server.output, /^ {2}metrics {4}off$/m);
  });

  test('CONFIG SET reaches the processes that it concerns', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 1, 'shutdown-timeout': 60 } });
    const client = await WireConnection.open(server.port);
    assert.equal(await client.call('CONFIG', 'SET', 'loglevel', 'debug', 'shutdown-timeout', '1'), '+OK\r\n');
    // The worker hears of it on the link: before the answer to what is asked there next.
    assert.equal(await client.call('DBSIZE'), ':0\r\n');
    const late = await WireConnection.open(server.port);
    await server.logged('client connected');
    late.close();
    client.send(Buffer.from('*1\r\n$4\r\nPI'));
    server.signal('SIGTERM');
    assert.deepEqual(await server.end(5000), { code: 0, signal: null });
    client.close();
  });
});
