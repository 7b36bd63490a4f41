import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { encodeCommand, WireConnection } from '../rows/wire.ts';
import { ServerProcess, unsupported } from './server-process.ts';
import { until } from './until.ts';

const CLIENTS = 12;

const waiting = async (control: WireConnection): Promise<number> =>
  Number(/^blocked_clients:(\d+)/m.exec(await control.call('INFO', 'clients'))?.[1]);

/** A connection whose client waits in the command; by then it does. */
const waiter = async (
  server: ServerProcess,
  control: WireConnection,
  ...command: string[]
): Promise<{ connection: WireConnection; reply: Promise<string> }> => {
  const before = await waiting(control);
  const connection = await WireConnection.open(server.port);
  const reply = connection.call(...command);
  await until('it waits', async () => (await waiting(control)) === before + 1);
  return { connection, reply };
};

/** A connection that is answered; undefined if it ends, as one to a worker that dies does. */
const answeredConnection = async (port: number): Promise<WireConnection | undefined> => {
  try {
    const connection = await WireConnection.open(port);
    await connection.call('PING');
    return connection;
  } catch {
    return undefined;
  }
};

describe('clients that wait for a key, on two workers', { skip: unsupported }, () => {
  test('are served in the order in which they came, whichever worker they are on', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 2 } });
    const control = await WireConnection.open(server.port);
    const waiters = [];
    for (let i = 0; i < CLIENTS; i++) waiters.push(await waiter(server, control, 'BLPOP', 'queue', '0'));
    const elements = Array.from({ length: CLIENTS }, (_, i) => `job-${i}`);
    assert.equal(await control.call('RPUSH', 'queue', ...elements), `:${CLIENTS}\r\n`);
    const replies = await Promise.all(waiters.map(({ reply }) => reply));
    assert.deepEqual(
      replies,
      elements.map((element) => `*2\r\n$5\r\nqueue\r\n$${element.length}\r\n${element}\r\n`),
    );
    assert.equal(await control.call('EXISTS', 'queue'), ':0\r\n');
    const metrics = await until('the metrics follow', async () => {
      const now = await server.metrics();
      return now.sum('commands_total', 'cmd="blpop"', 'outcome="ok"') === CLIENTS && now;
    });
    assert.equal(metrics.sum('blocked_clients'), 0);
    for (const { connection } of waiters) connection.close();
    control.close();
  });

  test('are forgotten when they leave, also with their worker, and take nothing with them', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 2 } });
    const control = await WireConnection.open(server.port);
    const left = await waiter(server, control, 'BLPOP', 'queue', '0');
    left.reply.catch(() => {});
    // More than is read ahead of answers, so that its leaving is noticed only if it is read from on.
    const request = encodeCommand(['SET', 'left', 'v'.repeat(100_000)]);
    for (let i = 0; i < 150; i++) left.connection.send(request);
    left.connection.endSending();
    await until('it is forgotten', async () => (await waiting(control)) === 0);
    left.connection.close();
    assert.equal(await control.call('EXISTS', 'left'), ':0\r\n');

    const lost = [];
    for (let i = 0; i < 4; i++)
      lost.push(await waiter(server, control, 'BLMOVE', 'queue', 'x', 'LEFT', 'LEFT', '0'));
    const ends = lost.map(({ reply }) => reply.catch(() => 'lost'));
    control.close();
    for (const worker of [server.worker(0), server.worker(1)]) process.kill(worker, 'SIGKILL');
    assert.deepEqual(await Promise.all(ends), ['lost', 'lost', 'lost', 'lost']);
    const again = await until('a new worker answers', () => answeredConnection(server.port));
    await until('all are forgotten', async () => (await waiting(again)) === 0);
    assert.equal(await again.call('RPUSH', 'queue', 'kept'), ':1\r\n');
    assert.equal(await again.call('LLEN', 'queue'), ':1\r\n');
    again.close();
  });

  test('hear their answers in the order of their requests, and what they send meanwhile runs in that order', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 1 } });
    const control = await WireConnection.open(server.port);
    const connection = await WireConnection.open(server.port);
    for (let i = 0; i < 100; i++) {
      connection.send(
        Buffer.concat([encodeCommand(['BLPOP', 'queue', '0']), encodeCommand(['SET', 'x', 'first'])]),
      );
      await until('it waits', async () => (await waiting(control)) === 1);
      control.send(encodeCommand(['RPUSH', 'queue', 'job']));
      connection.send(
        Buffer.concat([encodeCommand(['SET', 'x', 'second']), encodeCommand(['GET', 'nothing'])]),
      );
      assert.equal(await control.receive(), ':1\r\n');
      const heard = [];
      for (let replies = 0; replies < 4; replies++) heard.push(await connection.receive());
      assert.deepEqual(heard, ['*2\r\n$5\r\nqueue\r\n$3\r\njob\r\n', '+OK\r\n', '+OK\r\n', '$-1\r\n']);
      assert.equal(await connection.call('GET', 'x'), '$6\r\nsecond\r\n');
    }
    connection.close();
    control.close();
  });

  test('are let go when their worker is replaced, and come again', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 2 } });
    const control = await WireConnection.open(server.port);
    const { connection, reply } = await waiter(server, control, 'BRPOP', 'queue', '0');
    const ended = reply.catch((error: Error) => error.message);
    server.signal('SIGHUP');
    await server.logged('workers replaced');
    assert.equal(await ended, 'connection closed by the server');
    connection.close();
    control.close();
    const again = await WireConnection.open(server.port);
    const next = await waiter(server, again, 'BRPOP', 'queue', '0');
    await again.call('LPUSH', 'queue', 'job');
    assert.match(await next.reply, /job/);
    next.connection.close();
    again.close();
  });

  test('wait no shorter than they asked, and hardly longer', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 2 } });
    const connection = await WireConnection.open(server.port);
    for (const seconds of [0.05, 0.2]) {
      const began = performance.now();
      assert.equal(await connection.call('BLPOP', 'nothing', String(seconds)), '*-1\r\n');
      const took = performance.now() - began;
      assert.ok(took >= seconds * 1000, `${took} ms`);
      assert.ok(took < seconds * 1000 + 2000, `${took} ms`);
    }
    connection.close();
  });
});
