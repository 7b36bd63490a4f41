import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { encodeCommand, WireConnection } from '../rows/wire.ts';
import { Fault } from './fault.ts';
import { signal } from './process-group.ts';
import { ServerProcess, temporaryFolder, unsupported } from './server-process.ts';
import { until } from './until.ts';

const LOADING = '-LOADING Redis is loading the dataset in memory\r\n';

/** A client that has said something, so that it is known to the keyspace. */
async function client(port: number, ...commands: readonly string[][]): Promise<WireConnection> {
  const connection = await WireConnection.open(port);
  for (const command of commands) assert.doesNotMatch(await connection.call(...command), /^-/);
  return connection;
}

describe('kill -9 of the keyspace', { skip: unsupported, concurrency: 2 }, () => {
  test('idle clients stay, get -LOADING until it is back, and keep what they were', async (t) => {
    const folder = temporaryFolder(t);
    const fault = new Fault(folder, 'keyspace', 'wait');
    const server = await ServerProcess.start(t, {
      folder,
      env: fault.env,
      settings: { workers: 2, requirepass: 'x' },
    });
    const { port } = server;
    const auth = ['AUTH', 'x'];
    const plain = await client(port, auth, ['SET', 'a', '1']);
    const selected = await client(port, auth, ['SELECT', '3'], ['SET', 'b', '1']);
    const third = await client(port, ['HELLO', '3', 'AUTH', 'default', 'x']);
    const stranger = await WireConnection.open(port);
    assert.match(await stranger.call('GET', 'a'), /^-NOAUTH/);
    const clients = [plain, selected, third, stranger];
    const before = await until('the books are complete', async () => {
      const metrics = await server.metrics();
      return metrics.sum('commands_total', 'cmd="set"') === 2 && metrics;
    });

    fault.begin();
    signal(server.keyspace, 'SIGKILL');
    const noticed = () => {
      const lines = server.log.filter(({ msg }) => msg.includes('the keyspace is gone'));
      if (new Set(lines.map(({ slot }) => slot)).size === 2) return true;
      throw new Error(`the log has only\n${server.output}`);
    };
    await until('both workers notice the loss', noticed);
    for (const one of clients) assert.equal(await one.call('GET', 'a'), LOADING);
    const late = await WireConnection.open(port);
    assert.equal(await late.call('PING'), LOADING, 'a client that comes meanwhile');

    fault.end();
    for (const one of [...clients, late]) {
      await until('it is back', async () => (await one.call('GET', 'a')) !== LOADING);
    }
    assert.equal(await plain.call('GET', 'a'), '$-1\r\n', 'the data is lost');
    assert.equal(await selected.call('SET', 'b', '2'), '+OK\r\n');
    assert.equal(await plain.call('GET', 'b'), '$-1\r\n');
    await plain.call('SELECT', '3');
    assert.equal(await plain.call('GET', 'b'), '$1\r\n2\r\n', 'SELECT was remembered');
    assert.equal(await third.call('GET', 'nothing'), '_\r\n', 'RESP3 was remembered');
    assert.match(await stranger.call('GET', 'a'), /^-NOAUTH/);
    assert.match(await late.call('GET', 'a'), /^-NOAUTH/);
    assert.equal(await late.call(...auth), '+OK\r\n');
    for (const one of [...clients, late]) one.close();

    await server.ready();
    const after = await server.metrics();
    assert.deepEqual(after.fallenSince(before), []);
    assert.equal(after.sum('worker_restarts_total', 'worker="keyspace"', 'reason="crash"'), 1);
  });

  test('clients with a command in flight, in MULTI or under WATCH are cut', async (t) => {
    const settings = { workers: 2, 'enable-debug-command': 'yes', 'worker-hang-timeout': 2 };
    const server = await ServerProcess.start(t, { settings });
    const { port } = server;
    const idle = await client(port, ['SET', 'a', '1']);
    const transaction = await client(port, ['MULTI']);
    const watching = await client(port, ['WATCH', 'a']);
    const asking = await client(port, ['PING']);
    const behind = await client(port, ['SET', 'a', '1']);
    const counted = async () => (await server.metrics()).sum('worker_commands_total');
    await until('all is counted', async () => (await counted()) === 5);
    asking.send(encodeCommand(['DEBUG', 'SLEEP', '20']));
    await until('one command is on its way', async () => (await counted()) === 6);
    behind.send(encodeCommand(['GET', 'a']));
    await until('another waits behind it', async () => (await counted()) === 7);
    signal(server.keyspace, 'SIGKILL');
    for (const cut of [transaction, watching, asking, behind]) {
      assert.equal(await cut.ended(2000), '');
      cut.close();
    }
    await until('it is back', async () => (await idle.call('GET', 'a')) === '$-1\r\n', 20_000);
    idle.close();
  });

  test('a keyspace that dies again and again comes back each time', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 1 } });
    const idle = await client(server.port, ['SET', 'a', '1']);
    for (let i = 0; i < 3; i++) {
      signal(server.keyspace, 'SIGKILL');
      const losses = () => server.log.filter(({ msg }) => msg.includes('the keyspace is gone')).length;
      await until('the worker notices the loss', () => losses() === i + 1);
      await until('it serves', async () => (await idle.call('SET', 'a', '1')) === '+OK\r\n');
    }
    idle.close();
  });
});
