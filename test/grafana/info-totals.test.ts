import assert from 'node:assert/strict';
import { test } from 'node:test';
import { get } from '../process/exposition.ts';
import { signal } from '../process/process-group.ts';
import { ServerProcess, unsupported } from '../process/server-process.ts';
import { until } from '../process/until.ts';
import { encodeCommand, WireConnection } from '../rows/wire.ts';
import { SteadyLoad } from './steady-load.ts';
import { infoTotals, metricsTotals, type Totals } from './totals.ts';

/** Connections that ask one after the other. */
const ASKING = 24;
const QUESTION = encodeCommand(['INFO', 'ALL']);

/** What each kind of total grows by when somebody connects and asks. */
const OWN: Totals = new Map([
  ['connections', 1],
  ['input', QUESTION.length],
]);

/** Totals that are counted by the workers. */
const TRAFFIC_TOTALS = ['connections', 'refused', 'input', 'output'];

const TRAFFIC = `
  SET a 1|SET b 1 PX 1|GET a|GET none|INCR a|LPUSH a x|GET|NOSUCH|CLIENT NOSUCH|PING|ECHO x|AUTH wrong|MULTI|EXEC x
  CONFIG SET maxclients 1|CONFIG SET maxclients 1000|GET b
  CONFIG SET maxmemory-policy allkeys-lru maxmemory 1|SET c 1|CONFIG SET maxmemory 0|SET d 1`;

/** Traffic of all kinds: errors, a connection that is refused, a key that expires, keys that are evicted. */
async function makeTraffic(port: number): Promise<void> {
  for (let i = 0; i < 4; i++) {
    const connection = await WireConnection.open(port);
    for (const line of TRAFFIC.split(/[|\n]/)
      .map((words) => words.trim())
      .filter(Boolean)) {
      await connection.call(...line.split(' '));
      if (line.endsWith('maxclients 1')) await beRefused(port);
    }
    connection.close();
  }
}

async function beRefused(port: number): Promise<void> {
  const connection = await WireConnection.open(port);
  assert.match(await connection.ended(), /max number of clients/);
  connection.close();
}

async function ask(port: number): Promise<Totals> {
  const connection = await WireConnection.open(port);
  connection.send(QUESTION);
  const totals = infoTotals(await connection.receive());
  connection.close();
  return totals;
}

/** The totals of /metrics when nothing moves any more: the same after two reports. */
async function quietMetrics(server: ServerProcess): Promise<Totals> {
  let latest: Totals = new Map();
  let since = 0;
  return until('nothing moves', async () => {
    const now = metricsTotals((await get(server.metricsPort, '/metrics')).body);
    if (!same(now, latest)) since = performance.now();
    latest = now;
    return performance.now() - since > 2500 && now;
  });
}

function same(a: Totals, b: Totals): boolean {
  return a.size === b.size && [...a].every(([name, value]) => b.get(name) === value);
}

/** The totals of INFO are these. What the one who asks has cost counts when its worker has told: all, some or none. */
async function assertSame(
  server: ServerProcess,
  metrics: Totals,
  part: (totals: Totals) => Totals = (all) => all,
): Promise<void> {
  const info = part(await ask(server.port));
  const expected = [...metrics].map(([name, value]): [string, number] => {
    const withOwn = value + (OWN.get(name) ?? 0);
    return [name, info.get(name) === withOwn ? withOwn : value];
  });
  assert.deepEqual(info, new Map(expected));
}

/** Totals that are lower than before, or gone. */
function fallen(before: Totals, now: Totals): string[] {
  return [...before].filter(([name, value]) => (now.get(name) ?? -1) < value).map(([name]) => name);
}

test('INFO and /metrics have the same totals, whichever worker is asked', {
  skip: unsupported,
}, async (t) => {
  const server = await ServerProcess.start(t, { settings: { workers: 2 } });
  await makeTraffic(server.port);
  const answers: Totals[] = [];
  for (let i = 0; i < ASKING; i++) answers.push(await ask(server.port));
  for (const [i, answer] of answers.entries())
    assert.deepEqual(fallen(answers[i - 1] ?? new Map(), answer), []);

  const metrics = await quietMetrics(server);
  for (const slot of [0, 1]) {
    const received = (await server.metrics()).sum('connections_received_total', `worker="${slot}"`);
    assert.ok(received > 1, `worker ${slot} has answered ${received} connections`);
  }
  for (const name of [
    'hits',
    'misses',
    'expired',
    'evicted',
    'refused',
    'calls of get',
    'failed lpush',
    'error ERR',
  ])
    assert.ok((metrics.get(name) ?? 0) > 0, name);
  await assertSame(server, metrics);
});

test('INFO and /metrics have the same totals after workers have died under load, and none has fallen', {
  skip: unsupported,
}, async (t) => {
  const settings = { workers: 2, 'worker-hang-timeout': 1 };
  const server = await ServerProcess.start(t, { settings });
  const load = SteadyLoad.start(t, server.port, 500, 16);
  for (const [death, fault] of (['SIGKILL', 'SIGKILL', 'SIGSTOP', 'SIGKILL', 'SIGKILL'] as const).entries()) {
    const victim = server.worker(death % 2);
    const before = await ask(server.port);
    const earlier = await server.metrics();
    const busy = earlier.sum('net_input_bytes_total') + 2000;
    await until('there is load', async () => (await server.metrics()).sum('net_input_bytes_total') > busy);
    signal(victim, fault);
    await until('another is there', () => ![0, victim].includes(server.worker(death % 2)));
    await server.ready();
    assert.deepEqual(fallen(before, await ask(server.port)), []);
    assert.deepEqual((await server.metrics()).fallenSince(earlier), []);
  }
  load.stop();
  await assertSame(server, await quietMetrics(server));
});

test('INFO has the connections and bytes of /metrics after the keyspace has died', {
  skip: unsupported,
}, async (t) => {
  const server = await ServerProcess.start(t, { settings: { workers: 2 } });
  await makeTraffic(server.port);
  signal(server.worker(0), 'SIGKILL');
  const victim = server.keyspace;
  signal(victim, 'SIGKILL');
  await until('another is there', () => ![0, victim].includes(server.keyspace));
  await server.ready();
  await makeTraffic(server.port);
  const traffic = (totals: Totals) => new Map([...totals].filter(([name]) => TRAFFIC_TOTALS.includes(name)));
  await assertSame(server, traffic(await quietMetrics(server)), traffic);
});
