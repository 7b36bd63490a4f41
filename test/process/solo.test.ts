import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { createServer, type Server } from '../../src/index.ts';
import { encodeCommand, WireConnection } from '../rows/wire.ts';
import { holdPort } from './free-port.ts';
import { ROOT, temporaryFolder } from './server-process.ts';

const LIBRARY = pathToFileURL(path.join(ROOT, 'dist/index.js')).href;

/** Prints what keeps the program alive, its own output excepted. A handle that is closed is gone at the end of the turn. */
const TELL_OPEN = `
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
  const open = process.getActiveResourcesInfo().filter((name) => !['PipeWrap', 'CloseReq'].includes(name));
  console.log(JSON.stringify(open));`;

async function start(t: TestContext, options: Parameters<typeof createServer>[0] = {}): Promise<Server> {
  const server = await createServer({ port: 0, ...options });
  t.after(() => server.close());
  return server;
}

/** Runs a program that uses the library, to its own end. @returns what it prints, as JSON. */
async function runProgram(t: TestContext, body: string): Promise<unknown> {
  const file = path.join(temporaryFolder(t), 'program.mjs');
  writeFileSync(file, `import net from 'node:net';\nimport { createServer } from '${LIBRARY}';\n${body}`);
  const { stdout } = await promisify(execFile)(process.execPath, [file], { timeout: 10_000 });
  return JSON.parse(stdout);
}

describe('createServer()', () => {
  test('is ready in under 50 ms, the first time in a process', async (t) => {
    // Other tests run beside this one: it is enough to be so fast once.
    const times: number[] = [];
    while (times.length < 10 && Math.min(...times) >= 50) {
      const body = `
        const begun = performance.now();
        const server = await createServer({ port: 0 });
        console.log(performance.now() - begun);
        await server.close();`;
      times.push(Number(await runProgram(t, body)));
    }
    assert.ok(Math.min(...times) < 50, `${times.map(Math.round)} ms`);
  });

  test('close() leaves nothing open: the program ends by itself', async (t) => {
    const body = `
      const servers = await Promise.all([1, 2, 3].map(() => createServer({ port: 0 })));
      const client = net.connect(servers[0].port, '127.0.0.1').setEncoding('utf8');
      client.write('PING\\r\\nSET a 1 EX 100\\r\\nCLIENT PAUSE 1\\r\\nGET a\\r\\n');
      let reply = '';
      await new Promise((resolve) => client.on('data', (part) => {
        reply += part;
        if (reply.endsWith('$1\\r\\n1\\r\\n')) resolve();
      }));
      const ended = new Promise((resolve) => client.on('close', resolve));
      await Promise.all(servers.map((server) => server.close()));
      await ended;
      ${TELL_OPEN}`;
    assert.deepEqual(await runProgram(t, body), []);
  });

  test('a start that fails leaves nothing open either', async (t) => {
    const body = `
      const first = await createServer({ port: 0 });
      await createServer({ port: first.port }).then(() => process.exit(1), () => {});
      await first.close();
      ${TELL_OPEN}`;
    assert.deepEqual(await runProgram(t, body), []);
  });

  test('tells its port and url, and rejects what it cannot be', async (t) => {
    const server = await start(t);
    assert.deepEqual(
      { host: server.host, url: server.url },
      { host: '127.0.0.1', url: `redis://127.0.0.1:${server.port}` },
    );
    const secret = await start(t, { requirepass: 'a@b', host: ['*'] });
    assert.equal(secret.url, `redis://:a%40b@127.0.0.1:${secret.port}`);
    const { port, release } = await holdPort();
    t.after(release);
    await assert.rejects(createServer({ port }), { code: 'EADDRINUSE' });
    await assert.rejects(createServer({ port: -1 }), /port/);
  });

  test('several servers in one process share nothing', async (t) => {
    const [one, two] = await Promise.all([start(t), start(t, { requirepass: 'x' })]);
    const first = await WireConnection.open(one.port);
    const second = await WireConnection.open(two.port);
    assert.equal(await first.call('SET', 'a', '1'), '+OK\r\n');
    assert.equal(await second.call('AUTH', 'x'), '+OK\r\n');
    assert.equal(await second.call('GET', 'a'), '$-1\r\n');
    assert.equal(await first.call('CONFIG', 'SET', 'maxmemory', '100mb'), '+OK\r\n');
    assert.match(await second.call('CONFIG', 'GET', 'maxmemory'), /\r\n0\r\n$/);
    first.close();
    second.close();
  });

  test('the clock that is passed in makes keys expire', async (t) => {
    let now = 1_700_000_000_000;
    const server = await start(t, { clock: { now: () => now } });
    const client = await WireConnection.open(server.port);
    assert.equal(await client.call('SET', 'a', '1', 'EX', '100'), '+OK\r\n');
    now += 99_999;
    assert.equal(await client.call('GET', 'a'), '$1\r\n1\r\n');
    now += 1;
    assert.equal(await client.call('GET', 'a'), '$-1\r\n');
    client.close();
  });
});

describe('close()', () => {
  test('may be called twice, at once and afterwards', async (t) => {
    const server = await start(t);
    await Promise.all([server.close(), server.close()]);
    await server.close();
    await assert.rejects(WireConnection.open(server.port), { code: 'ECONNREFUSED' });
  });

  test('answers what was asked and tells idle clients goodbye', async (t) => {
    const server = await start(t);
    const idle = await WireConnection.open(server.port);
    await idle.call('PING');
    const asking = await WireConnection.open(server.port);
    const command = encodeCommand(['ECHO', 'x']);
    asking.send(Buffer.concat([encodeCommand(['PING']), command.subarray(0, 9)]));
    assert.equal(await asking.receive(), '+PONG\r\n');
    const closed = server.close();
    assert.equal(await idle.ended(1000), '');
    idle.close();
    asking.send(command.subarray(9));
    assert.equal(await asking.receive(), '$1\r\nx\r\n');
    assert.equal(await asking.ended(1000), '');
    asking.close();
    await closed;
  });

  test('sends a large reply whole to a client that reads slowly', async (t) => {
    const server = await start(t);
    const size = 8 * 1024 * 1024;
    const client = net.connect(server.port, '127.0.0.1');
    client.write(encodeCommand(['SETRANGE', 'a', String(size - 1), 'x']));
    await new Promise((resolve) => client.once('data', resolve));
    client.pause();
    client.write(encodeCommand(['GET', 'a']));
    await new Promise((resolve) => client.once('readable', resolve));
    const closed = server.close();
    let length = 0;
    client.on('data', (part: Buffer) => {
      length += part.length;
    });
    const error = await new Promise((resolve) => {
      client.once('error', resolve);
      client.once('end', () => resolve(undefined));
    });
    assert.equal(error, undefined);
    assert.equal(length, `$${size}\r\n`.length + size + 2);
    await closed;
  });

  test('what crosses the goodbye is not run, and does not reset the connection', async (t) => {
    const server = await start(t);
    const client = net.connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    client.write(encodeCommand(['PING']));
    await new Promise((resolve) => client.once('data', resolve));
    const closed = server.close();
    let error: unknown;
    client.once('error', (cause) => {
      error = cause;
    });
    let after = '';
    client.on('data', (part: Buffer) => {
      after += part.toString();
    });
    await new Promise((resolve) => client.once('end', resolve));
    client.write(encodeCommand(['SET', 'late', '1']));
    await new Promise<void>((resolve) => client.end(resolve));
    await closed;
    assert.deepEqual([after, error], ['', undefined]);
  });

  test('follows SHUTDOWN of a client', async (t) => {
    const server = await start(t);
    const client = await WireConnection.open(server.port);
    client.send(encodeCommand(['SHUTDOWN']));
    assert.equal(await client.ended(1000), '');
    client.close();
    await server.close();
    await assert.rejects(WireConnection.open(server.port), { code: 'ECONNREFUSED' });
  });
});
