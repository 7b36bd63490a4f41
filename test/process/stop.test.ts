import assert from 'node:assert/strict';
import net from 'node:net';
import { describe, test } from 'node:test';
import { encodeCommand, WireConnection } from '../rows/wire.ts';
import { Fault } from './fault.ts';
import { startLoops, stopLoops } from './increment-loop.ts';
import { isAlive, signal } from './process-group.ts';
import { ServerProcess, temporaryFolder, unsupported } from './server-process.ts';
import { until } from './until.ts';

const CLEAN = { code: 0, signal: null };

/** True if nobody accepts connections. */
function isRefused(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });
}

const ways: Array<[title: string, name: NodeJS.Signals, toGroup: boolean]> = [
  ['SIGTERM', 'SIGTERM', false],
  ['SIGINT', 'SIGINT', false],
  ['SIGTERM to the group', 'SIGTERM', true],
  ['SIGINT to the group (Ctrl-C)', 'SIGINT', true],
];

for (const workers of [0, 2]) {
  describe(`workers=${workers}`, { skip: unsupported, concurrency: 2 }, () => {
    for (const [title, name, toGroup] of ways) {
      test(`${title}, twice: accepts no more, answers what was asked, ends with 0`, async (t) => {
        const server = await ServerProcess.start(t, { settings: { workers } });
        const { port } = server;
        const loops = startLoops(t, 4, { port, pipeline: 5, hasty: true, once: true });
        const idle = await WireConnection.open(port);
        await idle.call('PING');
        const asking = await WireConnection.open(port);
        const command = encodeCommand(['SET', 'a', 'b']);
        asking.send(command.subarray(0, 20));
        await until('all clients are served', () => loops.every(({ tally }) => tally.answered > 10));

        const send = () => (toGroup ? server.signalGroup(name) : server.signal(name));
        send();
        assert.equal(await idle.ended(2000), '', 'a client that asks nothing is told goodbye');
        idle.close();
        await until('connections are refused', () => isRefused(port));
        send();
        asking.send(command.subarray(20));
        assert.equal(await asking.receive(), '+OK\r\n', 'what was asked is answered');
        assert.equal(await asking.ended(2000), '');
        asking.close();
        assert.deepEqual(await server.end(5000), CLEAN);
        const { goodbyes, broken, wrong } = await stopLoops(loops);
        assert.deepEqual({ goodbyes, broken, wrong }, { goodbyes: 4, broken: 0, wrong: [] });
        assert.equal(server.errors, '');
      });
    }

    test('SHUTDOWN from a client', async (t) => {
      const server = await ServerProcess.start(t, { settings: { workers } });
      const idle = await WireConnection.open(server.port);
      await idle.call('PING');
      const client = await WireConnection.open(server.port);
      client.send(encodeCommand(['SHUTDOWN', 'NOSAVE']));
      assert.equal(await client.ended(2000), '', 'it gets no answer');
      assert.equal(await idle.ended(2000), '');
      client.close();
      idle.close();
      assert.deepEqual(await server.end(), CLEAN);
    });

    test('clients that do not go keep it no longer than shutdown-timeout', async (t) => {
      const server = await ServerProcess.start(t, { settings: { workers, 'shutdown-timeout': 1 } });
      const stuck = await WireConnection.open(server.port);
      stuck.send(Buffer.from('*1\r\n$4\r\nPI'));
      const silent = await WireConnection.open(server.port);
      await silent.call('PING');
      const begun = performance.now();
      server.signal('SIGTERM');
      // Told goodbye, it does not close its side.
      assert.equal(await silent.ended(), '');
      assert.deepEqual(await server.end(4000), CLEAN);
      assert.ok(performance.now() - begun >= 900, 'who has begun to ask may go on');
      assert.equal(await stuck.ended(), '');
      stuck.close();
      silent.close();
    });
  });
}

test('kill -9 of the supervisor ends all, and workers answer what was asked', {
  skip: unsupported,
}, async (t) => {
  const server = await ServerProcess.start(t, { settings: { workers: 2 } });
  const idle = await WireConnection.open(server.port);
  await idle.call('SET', 'a', 'b');
  const others = server.members.filter(({ pid }) => pid !== server.pid);
  assert.equal(others.length, 3);
  signal(server.pid, 'SIGKILL');
  idle.send(encodeCommand(['GET', 'a']));
  assert.equal(await idle.receive(), '$1\r\nb\r\n');
  assert.equal(await idle.ended(2000), '');
  idle.close();
  await until('nobody is left', () => !others.some(({ pid }) => isAlive(pid)), 5000);
});

test('SIGTERM while it starts', { skip: unsupported }, async (t) => {
  const folder = temporaryFolder(t);
  const fault = new Fault(folder, 'keyspace', 'wait').begin();
  const server = ServerProcess.spawn(t, { folder, env: fault.env, settings: { workers: 2 } });
  await until('the keyspace is starting', () => server.keyspace > 0);
  server.signal('SIGTERM');
  assert.deepEqual(await server.end(3000), CLEAN);
  assert.equal(server.output + server.errors, '');
});

test('a worker that is told to end is replaced', { skip: unsupported }, async (t) => {
  const server = await ServerProcess.start(t, { settings: { workers: 1 } });
  const old = server.worker(0);
  signal(old, 'SIGTERM');
  await until('another is there', () => ![0, old].includes(server.worker(0)));
  await server.ready();
  assert.ok(
    server.log.some(({ msg, level }) => level === 'info' && msg.includes('has ended and is started again')),
  );
  const metrics = await server.metrics();
  assert.equal(metrics.sum('worker_restarts_total', 'worker="0"', 'reason="reload"'), 1);
  assert.equal(metrics.sum('worker_restarts_total'), 1, 'it has not crashed');
});
