import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { WireConnection } from '../rows/wire.ts';
import { Fault } from './fault.ts';
import { holdPort } from './free-port.ts';
import { startLoops, stopLoops } from './increment-loop.ts';
import { isAlive, signal } from './process-group.ts';
import { MAIN, ServerProcess, temporaryFolder, unsupported } from './server-process.ts';
import { until } from './until.ts';

/** A second, or what this machine needs for it just now. */
function second(): number {
  const begun = performance.now();
  spawnSync(process.execPath, [MAIN, '--version']);
  return Math.max(1000, 8 * (performance.now() - begun));
}

describe('a worker', { skip: unsupported, concurrency: 2 }, () => {
  test('that is killed costs its clients a reconnect and nobody else anything', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 2 } });
    const loops = startLoops(t, 8, { port: server.port, pipeline: 5 });
    await until('all clients are served', () => loops.every(({ tally }) => tally.answered > 100));
    const before = await until('both workers have reported their clients', async () => {
      const metrics = await server.metrics();
      return metrics.sum('connected_clients') === 8 && metrics;
    });
    const victim = server.worker(0);
    const cut = before.sum('connected_clients', 'worker="0"');
    assert.ok(cut > 0 && cut < 8, `${cut} of 8 clients are at worker 0`);

    const bound = second();
    const begun = performance.now();
    signal(victim, 'SIGKILL');
    await until(
      'another worker is up',
      async () => (await server.metrics()).sum('worker_restarts_total') === 1,
    );
    const successor = await until('it is there', () => server.worker(0) !== victim && server.worker(0));
    await server.ready();
    assert.ok(performance.now() - begun < bound, `up after ${performance.now() - begun} ms`);
    const calm = loops.map(({ tally }) => tally.answered);
    await until('all clients are served again', () =>
      loops.every(({ tally }, i) => tally.answered + tally.wrong.length > calm[i]!),
    );
    const hit = loops.filter(({ tally }) => tally.goodbyes + tally.broken > 0);
    assert.equal(hit.length, cut);
    for (const { tally } of loops) {
      const { refused, lost, wrong } = tally;
      assert.equal(refused, 0);
      if (!hit.some((loop) => loop.tally === tally))
        assert.deepEqual({ lost, wrong }, { lost: 0, wrong: [] });
    }
    await stopLoops(loops);

    const after = await until('the books are complete', async () => {
      const metrics = await server.metrics();
      return metrics.sum('connected_clients') === 0 && metrics;
    });
    assert.deepEqual(after.fallenSince(before), []);
    assert.equal(after.sum('worker_restarts_total', 'worker="0"', 'reason="crash"'), 1);
    assert.ok(isAlive(successor));
  });

  test('that hangs is replaced', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 2, 'worker-hang-timeout': 2 } });
    const [hung, other] = [server.worker(0), server.worker(1)];
    signal(hung, 'SIGSTOP');
    await server.logged('worker 0 gives no sign of life');
    await until('another is there', () => ![0, hung].includes(server.worker(0)));
    await server.ready();
    assert.equal(server.worker(1), other);
    assert.equal(isAlive(hung), false);
    const metrics = await server.metrics();
    assert.equal(metrics.sum('worker_restarts_total', 'worker="0"', 'reason="hang"'), 1);
    assert.equal(metrics.sum('worker_restarts_total'), 1);
  });

  test('that cannot start again is tried again, while the others serve', async (t) => {
    const folder = temporaryFolder(t);
    const fault = new Fault(folder, 'worker', 'exit');
    const server = await ServerProcess.start(t, { folder, env: fault.env, settings: { workers: 2 } });
    const other = server.worker(1);
    fault.begin();
    signal(server.worker(0), 'SIGKILL');
    const deaths = () => server.log.filter(({ msg }) => msg.includes('worker 0 has died'));
    await until('it has died a few times', () => deaths().length >= 4);
    const times = deaths().map(({ time }) => Date.parse(String(time)));
    assert.ok(times[3]! - times[2]! >= 200, 'later and later');
    const client = await WireConnection.open(server.port);
    assert.equal(await client.call('PING'), '+PONG\r\n');
    client.close();
    fault.end();
    await server.ready();
    assert.equal(server.worker(1), other);
  });
});

describe('the supervisor gives up', { skip: unsupported, concurrency: 2 }, () => {
  for (const role of ['worker', 'keyspace']) {
    test(`when no ${role} can be started: one line, code 1, nothing left`, async (t) => {
      const folder = temporaryFolder(t);
      const fault = new Fault(folder, role, 'exit').begin();
      const server = ServerProcess.spawn(t, { folder, env: fault.env, settings: { workers: 2 } });
      assert.deepEqual(await server.end(20_000), { code: 1, signal: null });
      const line = role === 'worker' ? 'no worker can be started' : 'the keyspace cannot be started';
      assert.equal(server.errors, `corespond: ${line}\n`);
      const deaths = server.log.filter(({ msg }) => msg.includes('has died'));
      assert.ok(deaths.length >= 5 && deaths.length <= 10, `${deaths.length} attempts`);
    });
  }

  test('when its port is taken while no worker holds it', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 1 } });
    const { port } = server;
    signal(server.worker(0), 'SIGKILL');
    const thief = await until('the port is free', () => holdPort(port).catch(() => undefined));
    t.after(() => thief.release());
    assert.deepEqual(await server.end(20_000), { code: 1, signal: null });
    const fatal = server.log.filter(({ level }) => level === 'fatal');
    assert.equal(fatal.at(-1)?.msg, 'no worker can be started: giving up');
    assert.equal(fatal[0]?.msg, 'cannot listen: the port is in use');
    assert.equal(fatal[0]?.err, undefined);
  });
});

describe('an error that nobody has caught', { skip: unsupported, concurrency: 2 }, () => {
  for (const [role, deed] of [
    ['worker', 'throw'],
    ['keyspace', 'reject'],
    ['supervisor', 'throw'],
  ] as const) {
    test(`is logged with its stack and ends the ${role}`, async (t) => {
      const folder = temporaryFolder(t);
      const { env } = new Fault(folder, role, deed);
      const server = await ServerProcess.start(t, { folder, env, settings: { workers: 1 } });
      const pids = { worker: server.worker(0), keyspace: server.keyspace, supervisor: server.pid };
      signal(pids[role], 'SIGUSR2');
      const { err, level } = await server.logged('ended by an unexpected error');
      assert.equal(level, 'fatal');
      assert.match(JSON.stringify(err), /provoked.*stack.*\.mjs/);
      if (role === 'supervisor') assert.deepEqual(await server.end(), { code: 1, signal: null });
      else
        await until(
          'it is replaced',
          () => ![0, pids[role]].includes(role === 'worker' ? server.worker(0) : server.keyspace),
        );
    });
  }
});
