import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Exposition } from '../process/exposition.ts';
import { signal } from '../process/process-group.ts';
import { ServerProcess, unsupported } from '../process/server-process.ts';
import { until } from '../process/until.ts';

/** What a scrape may take, in milliseconds. */
const PATIENCE = 1000;

/** Scrapes until something is so. @throws if one takes too long. */
async function scrapeUntil(
  what: string,
  server: ServerProcess,
  isSo: (metrics: Exposition) => boolean,
): Promise<void> {
  const slow: number[] = [];
  await until(what, async () => {
    const begun = performance.now();
    const metrics = await Exposition.of(server.metricsPort);
    const took = performance.now() - begun;
    if (took > PATIENCE) slow.push(took);
    return isSo(metrics);
  });
  assert.deepEqual(slow, []);
}

function up(metrics: Exposition): number[] {
  return ['0', '1', 'keyspace'].map((worker) => metrics.sum('worker_up', `worker="${worker}"`));
}

describe('/metrics while a process does not respond', { skip: unsupported, concurrency: 3 }, () => {
  test('answers at once, shows a blocked worker as down, and as up when it goes on', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 2, 'worker-hang-timeout': 20 } });
    const pid = server.worker(0);
    await scrapeUntil('all are up', server, (metrics) => up(metrics).join() === '1,1,1');
    signal(pid, 'SIGSTOP');
    await scrapeUntil('worker 0 is down', server, (metrics) => up(metrics).join() === '0,1,1');
    signal(pid, 'SIGCONT');
    await scrapeUntil('worker 0 is up', server, (metrics) => up(metrics).join() === '1,1,1');
    assert.equal(server.worker(0), pid);
    assert.equal((await server.metrics()).sum('worker_restarts_total'), 0);
  });

  test('shows a worker as down before it is replaced for good', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 2 } });
    signal(server.worker(1), 'SIGSTOP');
    await scrapeUntil('worker 1 is down', server, (metrics) => up(metrics).join() === '1,0,1');
    const hangs = (metrics: Exposition) =>
      metrics.sum('worker_restarts_total', 'worker="1"', 'reason="hang"');
    await scrapeUntil('worker 1 is replaced', server, (metrics) => hangs(metrics) === 1);
    await scrapeUntil('worker 1 is up', server, (metrics) => up(metrics).join() === '1,1,1');
  });

  test('shows a blocked keyspace as down', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 2 } });
    signal(server.keyspace, 'SIGSTOP');
    await scrapeUntil('the keyspace is down', server, (metrics) => up(metrics).join() === '1,1,0');
    signal(server.keyspace, 'SIGCONT');
    await scrapeUntil('the keyspace is up', server, (metrics) => up(metrics).join() === '1,1,1');
  });
});
