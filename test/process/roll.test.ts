import assert from 'node:assert/strict';
import { test } from 'node:test';
import { get } from './exposition.ts';
import { Fault } from './fault.ts';
import { startLoops, stopLoops } from './increment-loop.ts';
import { ServerProcess, temporaryFolder, unsupported } from './server-process.ts';
import { until } from './until.ts';

test('SIGHUP replaces the workers one by one: no connection refused, no reply lost, no counter falls', {
  skip: unsupported,
}, async (t) => {
  const server = await ServerProcess.start(t, { settings: { workers: 2 } });
  const { port } = server;
  const polite = startLoops(t, 8, { port, pipeline: 10 });
  const hasty = startLoops(t, 8, { port, pipeline: 10, hasty: true }, 'hasty');
  await until('all clients are served', () =>
    [...polite, ...hasty].every(({ tally }) => tally.answered > 50),
  );
  const before = await server.metrics();
  const old = [server.worker(0), server.worker(1)];

  server.signal('SIGHUP');
  await server.logged('workers replaced');
  assert.equal(server.members.filter(({ pid }) => old.includes(pid)).length, 0);
  assert.ok(server.worker(0) > 0 && server.worker(1) > 0);
  const calm = polite[0]?.tally.answered ?? 0;
  await until('clients are served on', () => (polite[0]?.tally.answered ?? 0) > calm + 30);

  const looking = await stopLoops(polite);
  assert.ok(looking.goodbyes >= 8, 'each client was told goodbye');
  assert.deepEqual(
    { ...looking, answered: 0, goodbyes: 0 },
    { answered: 0, goodbyes: 0, lost: 0, refused: 0, broken: 0, wrong: [] },
  );
  // Those that never pause find some commands unanswered; but then these were not run either.
  const { wrong, refused, broken, answered } = await stopLoops(hasty);
  assert.deepEqual({ wrong, refused, broken }, { wrong: [], refused: 0, broken: 0 });

  const total = looking.answered + answered;
  const after = await until('the books are complete', async () => {
    const metrics = await server.metrics();
    return metrics.sum('commands_total') >= total && metrics.sum('worker_commands_total') >= total && metrics;
  });
  assert.equal(after.sum('commands_total', 'cmd="incr"', 'outcome="ok"'), total);
  assert.equal(after.sum('worker_commands_total'), total);
  assert.deepEqual(after.fallenSince(before), []);
  assert.equal(after.sum('worker_restarts_total', 'reason="reload"'), 2);
  assert.equal(after.sum('worker_restarts_total', 'reason="crash"'), 0);
  server.signal('SIGTERM');
  assert.deepEqual(await server.end(), { code: 0, signal: null });
});

test('while the workers are replaced the server is ready, as there is always one that serves', {
  skip: unsupported,
}, async (t) => {
  const server = await ServerProcess.start(t, { settings: { workers: 2 } });
  await server.ready();
  const answers: string[] = [];
  let rolling = true;
  const asking = (async () => {
    while (rolling) {
      const { status, body } = await get(server.metricsPort, '/readyz');
      if (status !== 200) answers.push(body);
    }
  })();
  server.signal('SIGHUP');
  await server.logged('workers replaced');
  rolling = false;
  await asking;
  assert.deepEqual(answers, []);
});

test('a second SIGHUP while workers are replaced replaces them once more', {
  skip: unsupported,
}, async (t) => {
  const server = await ServerProcess.start(t, { settings: { workers: 1 } });
  server.signal('SIGHUP');
  await server.logged('replacing the workers');
  server.signal('SIGHUP');
  const rolls = () => server.log.filter(({ msg }) => msg === 'workers replaced').length === 2;
  await until('both are done', rolls);
});

test('a new worker that does not start leaves the old ones in place', { skip: unsupported }, async (t) => {
  const folder = temporaryFolder(t);
  const fault = new Fault(folder, 'worker', 'exit');
  const server = await ServerProcess.start(t, { folder, env: fault.env, settings: { workers: 2 } });
  const old = [server.worker(0), server.worker(1)];
  const loops = startLoops(t, 2, { port: server.port });
  fault.begin();
  server.signal('SIGHUP');
  await server.logged('the new worker 0 does not start; the old one stays');
  const tally = await stopLoops(loops);
  assert.deepEqual([tally.goodbyes, tally.lost, tally.refused, tally.broken], [0, 0, 0, 0]);
  assert.deepEqual([server.worker(0), server.worker(1)], old);
  fault.end();
  server.signal('SIGHUP');
  await server.logged('workers replaced');
  assert.equal(server.members.filter(({ pid }) => old.includes(pid)).length, 0);
});
