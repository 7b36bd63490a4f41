import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signal } from '../process/process-group.ts';
import { ServerProcess, unsupported } from '../process/server-process.ts';
import { until } from '../process/until.ts';
import { missing } from './background-program.ts';
import { PrometheusProcess } from './prometheus-process.ts';
import { SteadyLoad } from './steady-load.ts';

/** Commands per second. */
const OFFERED = 500;
/** Many, so that each worker gets some. */
const CLIENTS = 16;

/** The least and the most that a rate of the last 15 seconds was within the last minute. */
const least = (rate: string) => `min_over_time(${rate}[5s:1s])`;
const most = (rate: string) => `max_over_time(${rate}[1m:1s])`;
const COMMANDS = 'sum(rate(corespond_commands_total[15s]))';
const REQUESTS = 'sum(rate(corespond_worker_commands_total[15s]))';

test('Prometheus sees no more commands than there were when a worker is killed under load', {
  skip: unsupported || missing('prometheus'),
}, async (t) => {
  const server = await ServerProcess.start(t, { settings: { workers: 2 } });
  SteadyLoad.start(t, server.port, OFFERED, CLIENTS);
  await until('both workers have clients', async () => {
    const metrics = await server.metrics();
    return [0, 1].every((slot) => metrics.sum('connected_clients', `worker="${slot}"`) > 0);
  });
  const prometheus = await PrometheusProcess.start(t, server.metricsPort);
  await prometheus.scraped('corespond_worker_commands_total', 8);
  const before = await server.metrics();

  signal(server.worker(0), 'SIGKILL');
  // The whole window of the rate lies behind the restart then.
  await prometheus.scraped('corespond_worker_commands_total', 8 + 16);

  assert.deepEqual((await server.metrics()).fallenSince(before), []);
  assert.equal(await prometheus.value('corespond_worker_restarts_total{worker="0",reason="crash"}'), 1);
  assert.equal(await prometheus.value('corespond_worker_up{worker="0"}'), 1);
  for (const rate of [COMMANDS, REQUESTS]) {
    const peak = ((await prometheus.value(most(rate))) ?? 0) / OFFERED;
    const end = ((await prometheus.value(least(rate))) ?? 0) / OFFERED;
    t.diagnostic(
      `${rate}: at most ${peak.toFixed(2)} of what was offered, at the end at least ${end.toFixed(2)}`,
    );
    assert.ok(peak < 1.3, `${rate}: ${peak}`);
    // On a machine that is busy with other things, less is offered than was meant.
    assert.ok(end > 0.5, `${rate}: ${end}`);
  }
});
