import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { StatusDocument } from '../../src/view/status-document.ts';
import { WireConnection } from '../rows/wire.ts';
import { get } from './exposition.ts';
import { signal } from './process-group.ts';
import { ServerProcess, unsupported } from './server-process.ts';
import { until } from './until.ts';

/** A worker's death must be seen after so many milliseconds. */
const SEEN_WITHIN = 3000;

const statusOf = async ({ metricsPort }: ServerProcess, since = 0): Promise<StatusDocument> =>
  JSON.parse((await get(metricsPort, `/status.json?since=${since}`)).body);

describe('/status.json', { skip: unsupported, concurrency: 2 }, () => {
  for (const [workers, mode] of [
    [0, 'solo'],
    [2, 'cluster'],
  ] as const) {
    test(`tells how the instance does, workers=${workers}`, async (t) => {
      const server = await ServerProcess.start(t, { settings: { workers, 'slowlog-log-slower-than': 0 } });
      const client = await WireConnection.open(server.port);
      await client.call('SET', 'secret-key', 'secret-value');
      await client.call('LPUSH', 'secret-key', 'x');
      const status = await until('all is told', async () => {
        const now = await statusOf(server);
        return (
          now.traffic.commands === 2 && now.clients.connected === 1 && now.history.times.length > 2 && now
        );
      });
      assert.equal(status.server.mode, mode);
      assert.deepEqual(status.verdict, { level: 'ok', reasons: [] });
      assert.deepEqual(status.server.workers, { expected: Math.max(1, workers), up: Math.max(1, workers) });
      assert.equal(status.keys.total, 1);
      assert.deepEqual(
        status.slowLog.map(({ command, arguments: count }) => [command, count]),
        [
          ['lpush', 3],
          ['set', 3],
        ],
      );
      assert.ok(status.slowLog.every(({ at, duration }) => at <= status.now && duration < 1));
      const lpush = status.commands.find(({ command }) => command === 'lpush');
      assert.deepEqual([lpush?.calls, lpush?.errors], [1, 1]);
      const { body } = await get(server.metricsPort, '/status.json');
      for (const private_ of ['secret', '127.0.0.1', client.localAddress]) {
        assert.equal(body.includes(private_), false, private_);
      }
      const last = status.history.times.at(-1) ?? 0;
      const later = await until('a second is over', async () => {
        const now = await statusOf(server, last);
        return now.history.times.length > 0 && now;
      });
      assert.ok(later.history.times.every((at) => at > last));
      client.close();
    });
  }

  for (const workers of [0, 2]) {
    test(`a stop is no trouble: who has ended is not missed, workers=${workers}`, async (t) => {
      const server = await ServerProcess.start(t, { settings: { workers, 'shutdown-timeout': 30 } });
      await server.ready();
      const asking = await WireConnection.open(server.port);
      asking.send(Buffer.from('*1\r\n$4\r\nPI'));
      await until('its worker knows it', async () => (await statusOf(server)).clients.connected === 1);
      server.signal('SIGTERM');
      const stopping = await until('one worker at most is left', async () => {
        const now = await statusOf(server);
        return now.verdict.level !== 'ok' && now.server.workers.expected < 2 && now;
      });
      const { status, body } = await get(server.metricsPort, '/readyz');
      assert.deepEqual([status, body.trim()], [503, 'the server is being stopped']);
      const since = stopping.history.times.at(-1) ?? 0;
      const later = await until('two more seconds are over', async () => {
        const now = await statusOf(server, since);
        return now.history.times.length > 1 && now;
      });
      assert.equal(later.verdict.level, 'warning');
      assert.equal(later.verdict.reasons[0]?.text, 'the server is being stopped');
      assert.deepEqual(later.server.workers, { expected: 1, up: 1 });
      assert.deepEqual(
        later.events.map(({ kind }) => kind),
        ['start'],
      );
      asking.close();
      assert.deepEqual(await server.end(), { code: 0, signal: null });
    });
  }

  test('a keyspace that did not answer for a while is told when it answers again', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 1 } });
    const before = await until('commands are known', async () => {
      const now = await statusOf(server);
      return now.traffic.commandsPerSecond !== null && now;
    });
    const pid = before.processes.at(-1)?.pid ?? assert.fail();
    signal(pid, 'SIGSTOP');
    const silent = await until('it is down', async () => {
      const now = await statusOf(server);
      return now.events[0]?.kind === 'down' && now;
    });
    assert.equal(silent.events[0]?.text, 'the keyspace is down');
    assert.deepEqual(silent.verdict.reasons[0], { level: 'critical', text: 'the keyspace is not up' });
    assert.deepEqual([silent.traffic.commandsPerSecond, silent.traffic.p99], [null, null]);
    signal(pid, 'SIGCONT');
    const after = await until('it is up', async () => {
      const now = await statusOf(server);
      return now.verdict.level !== 'critical' && now;
    });
    const reasons = after.verdict.reasons.map(({ text }) => text).join();
    assert.match(reasons, /the keyspace did not answer for \d+ s, \d+ s ago/);
    assert.match(after.events[0]?.text ?? '', /^the keyspace did not answer for \d+ s$/);
    assert.equal(after.events[0]?.id, silent.events[0]?.id);
  });

  test('shows within 3 seconds that a worker was killed, and the new one', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 2 } });
    const before = await until('both have reported', async () => {
      const now = await statusOf(server);
      return now.processes.every(({ pid }) => pid !== null) && now;
    });
    const victim = server.worker(1);
    signal(victim, 'SIGKILL');
    const killedAt = performance.now();
    const after = await until('it shows', async () => {
      const now = await statusOf(server);
      return now.processes[1]?.restarts.crash === 1 && now;
    });
    assert.ok(performance.now() - killedAt < SEEN_WITHIN);
    assert.notEqual(after.verdict.level, 'ok');
    assert.match(after.verdict.reasons.map(({ text }) => text).join(), /worker 1/);
    const told = after.events.map(({ text }) => text);
    assert.ok(told.includes('worker 1 crashed'), told.join());
    assert.equal(before.processes[1]?.pid, victim);
    await until('the new one is up', async () => {
      const worker = (await statusOf(server)).processes[1];
      return worker?.up && worker.pid !== victim;
    });
  });
});
