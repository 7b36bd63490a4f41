import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { percentile } from '../../src/commands/server/info/command-sections.ts';
import { humanBytes } from '../../src/commands/server/info/section.ts';
import { memoryLimit } from '../../src/instance/memory-limit.ts';
import { noTraffic } from '../../src/instance/traffic.ts';
import { LATENCY_BUCKETS } from '../../src/metrics/counters.ts';
import { TestKeyspace } from '../metrics/traffic.ts';
import { startOurServer } from '../rows/our-server.ts';
import { realRedisMissing, startRealRedis } from '../rows/real-redis.ts';
import { WireConnection } from '../rows/wire.ts';

/** What we say beyond redis-server 7.0. */
const OURS = new Set(['corespond_version', 'node_version', 'expired_subkeys']);
/** Sections whose lines depend on what was done before. */
const VARYING = /^(cmdstat_|errorstat_|latency_percentiles_|db\d)/;

/** Titles and names of INFO's lines, in order. */
async function outline(port: number): Promise<string[]> {
  const connection = await WireConnection.open(port);
  const text = await connection.call('INFO', 'everything');
  connection.close();
  const names = text
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(':')[0]!);
  return names.filter((name) => name !== '' && !OURS.has(name) && !VARYING.test(name));
}

test('INFO has every name of redis-server 7.0 in its order', {
  skip: realRedisMissing() ?? false,
}, async () => {
  const [server, redis] = await Promise.all([startOurServer(), startRealRedis()]);
  try {
    const expected = await outline(redis.port);
    assert.ok(expected.length > 180);
    assert.deepEqual(await outline(server.port), expected);
  } finally {
    await Promise.all([server.close(), redis.stop()]);
  }
});

test('INFO adds the traffic and the processor time of the workers', () => {
  const keyspace = new TestKeyspace();
  const figures = { received: 4, rejected: 3, bytesIn: 2, bytesOut: 1, cpuUser: 3_000_000_000 };
  keyspace.engine.instance.followTraffic({ ...noTraffic(), ...figures });
  const text = keyspace.say('INFO');
  assert.match(text, /\r\ntotal_connections_received:4\r\n/);
  assert.match(text, /\r\nrejected_connections:3\r\n/);
  assert.match(text, /\r\ntotal_net_input_bytes:2\r\ntotal_net_output_bytes:1\r\n/);
  const seconds = (name: string) => Number(new RegExp(`${name}:([0-9.]+)`).exec(text)?.[1]);
  assert.ok(Math.abs(seconds('used_cpu_user') - seconds('used_cpu_user_main_thread') - 3000) < 1e-3);
});

test('INFO tells the port that was chosen, and its own version', async () => {
  const server = await startOurServer();
  const connection = await WireConnection.open(server.port);
  const text = await connection.call('INFO', 'server');
  connection.close();
  await server.close();
  assert.match(text, new RegExp(`\\r\\ntcp_port:${server.port}\\r\\n`));
  assert.match(text, /\r\ncorespond_version:\d+\.\d+\.\d+/);
});

test('INFO tells the limit in force as maxmemory, CONFIG GET what was set', async () => {
  const server = await startOurServer();
  const connection = await WireConnection.open(server.port);
  const shown = async () =>
    /\r\nmaxmemory:(\d+)\r\nmaxmemory_human:/.exec(await connection.call('INFO', 'memory'))?.[1];
  assert.equal(await shown(), String(memoryLimit(0)));
  assert.match(await connection.call('CONFIG', 'GET', 'maxmemory'), /\r\n0\r\n$/);
  await connection.call('CONFIG', 'SET', 'maxmemory', '100mb');
  assert.equal(await shown(), '104857600');
  connection.close();
  await server.close();
});

test('INFO never tells a false value: no NaN, no undefined', async () => {
  const server = await startOurServer();
  const connection = await WireConnection.open(server.port);
  const text = await connection.call('INFO', 'everything');
  connection.close();
  await server.close();
  assert.doesNotMatch(text, /NaN|undefined|Infinity|\[object/);
});

describe('percentile()', () => {
  const buckets = (counts: Readonly<Record<number, number>>) =>
    Array.from({ length: LATENCY_BUCKETS.length + 1 }, (_, i) => counts[i] ?? 0);

  test('is 0 where nothing was counted', () => assert.equal(percentile(buckets({}), 50), 0));

  test('lies within the bucket, as far as the share of its calls', () => {
    assert.equal(percentile(buckets({ 0: 100 }), 50), 0.5);
    assert.equal(percentile(buckets({ 4: 100 }), 50), 17.5);
    assert.equal(percentile(buckets({ 0: 50, 6: 50 }), 99), 99);
  });

  test('is the last bound for what lies above it', () => {
    assert.equal(percentile(buckets({ [LATENCY_BUCKETS.length]: 7 }), 99.9), 2.5e6);
  });
});

test('humanBytes() prints bytes as Redis does', () => {
  assert.deepEqual([0, 1023, 1024, 916456, 25276510208, 2 ** 50].map(humanBytes), [
    '0B',
    '1023B',
    '1.00K',
    '894.98K',
    '23.54G',
    '1.00P',
  ]);
});
