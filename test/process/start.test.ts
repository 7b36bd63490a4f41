import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { WireConnection } from '../rows/wire.ts';
import { refusal, run } from './binary.ts';
import { get } from './exposition.ts';
import { freePort, holdPort } from './free-port.ts';
import { signal } from './process-group.ts';
import { MAIN, ServerProcess, temporaryFolder, unsupported } from './server-process.ts';
import { until } from './until.ts';

const hasIpv6 = Object.values(os.networkInterfaces()).some((known) =>
  known?.some(({ family }) => family === 'IPv6'),
);

/** A Unix socket on which nobody listens any more, as a killed process leaves it. */
async function staleSocket(file: string): Promise<void> {
  const other = net.createServer();
  await new Promise<void>((done) => other.listen(`${file}.live`, done));
  // Under the new name Node does not remove it at close.
  renameSync(`${file}.live`, file);
  await new Promise((done) => other.close(done));
}

describe('the binary', { skip: unsupported, concurrency: 2 }, () => {
  test('prints where it listens, how many workers, where metrics, status and documents are', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 2 } });
    const lines = server.output.split('\n').filter((line) => !line.startsWith('{'));
    assert.match(lines.shift() ?? '', /^corespond \d+\.\d+\.\d+$/);
    assert.equal(lines.shift(), `  listening  127.0.0.1:${server.port}`);
    assert.equal(lines.shift(), '  workers    2, and one keyspace process');
    assert.equal(lines.shift(), `  metrics    http://127.0.0.1:${server.metricsPort}/metrics`);
    assert.equal(lines.shift(), `  status     http://127.0.0.1:${server.metricsPort}/`);
    const docs = /^ {2}docs {7}(.+)$/.exec(lines.shift() ?? '')?.[1] ?? '';
    assert.ok(existsSync(docs), docs);
    assert.deepEqual(lines, ['']);
    assert.equal(server.errors, '');
    assert.deepEqual(server.members.map(({ role, slot }) => `${role} ${slot}`).sort(), [
      ' -1',
      'keyspace -1',
      'worker 0',
      'worker 1',
    ]);
    await server.ready();
    assert.equal((await get(server.metricsPort, '/healthz')).status, 200);
  });

  for (const [host, bound, shown] of [
    ['0.0.0.0', '0.0.0.0', '127.0.0.1'],
    ['*', '0.0.0.0', '127.0.0.1'],
    ['::', '[::]', '[::1]'],
    ['localhost', 'localhost', 'localhost'],
  ] as const) {
    const skip = bound.includes('[') && !hasIpv6 && 'this machine has no IPv6';
    test(`prints addresses that can be opened, also with ${host} as metrics-host`, { skip }, async (t) => {
      const settings = { workers: 0, host, 'metrics-host': host };
      const server = await ServerProcess.start(t, { settings });
      const { port, metricsPort, output } = server;
      const wide = bound === shown ? '' : ` (listening on ${bound}:${metricsPort})`;
      assert.ok(output.includes(`  listening  ${bound}:${port}\n`), output);
      assert.ok(output.includes(`  metrics    http://${shown}:${metricsPort}/metrics${wide}\n`), output);
      assert.ok(output.includes(`  status     http://${shown}:${metricsPort}/${wide}\n`), output);
      assert.equal((await fetch(`http://${shown}:${metricsPort}/`)).status, 200);
    });
  }

  test('port 0 is one port for all workers', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 3, 'log-level': 'debug' } });
    for (let i = 0; i < 6; i++) {
      const connection = await WireConnection.open(server.port);
      assert.equal(await connection.call('PING'), '+PONG\r\n');
      connection.close();
    }
    await until('all workers have had clients', () => {
      const slots = server.log.filter(({ msg }) => msg === 'client disconnected').map(({ slot }) => slot);
      return new Set(slots).size === 3;
    });
    assert.ok(server.log.some(({ msg, level }) => msg === 'client connected' && level === 'debug'));
  });

  test('--help and --version print and end with 0', async (t) => {
    const help = await run(t, { words: ['--help'] });
    assert.deepEqual([help.code, help.err], [0, '']);
    assert.match(help.out, /^Usage: corespond/);
    const version = await run(t, { words: ['--version'] });
    assert.deepEqual([version.code, version.err], [0, '']);
    assert.match(version.out, /^corespond \d+\.\d+\.\d+\n$/);
  });

  test('goes on when nobody reads its output any more', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 1, 'log-level': 'debug' } });
    server.child.stdout?.destroy();
    for (let i = 0; i < 3; i++) {
      const connection = await WireConnection.open(server.port);
      assert.equal(await connection.call('PING'), '+PONG\r\n');
      connection.close();
    }
    assert.equal(server.ended, false);
  });
});

describe('a start that is refused says why in one line and ends with 1', {
  skip: unsupported,
  concurrency: 2,
}, () => {
  for (const workers of [0, 2]) {
    test(`port in use, workers=${workers}`, async (t) => {
      const { port, release } = await holdPort();
      t.after(release);
      assert.match(
        await refusal(t, { settings: { workers, port } }),
        new RegExp(`${port}.*the port is in use`),
      );
    });

    test(`metrics-port in use, workers=${workers}`, async (t) => {
      const { port, release } = await holdPort();
      t.after(release);
      const line = await refusal(t, { settings: { workers, 'metrics-port': port } });
      assert.equal(line, `cannot serve metrics on 127.0.0.1:${port}: the port is in use`);
    });
  }

  test('an address that this machine does not have', async (t) => {
    const line = await refusal(t, { settings: { host: '192.0.2.1', workers: 1 } });
    assert.match(line, /192\.0\.2\.1.*no such address/);
  });

  test('a bad value and an unknown variable', async (t) => {
    assert.match(await refusal(t, { settings: { workers: 'many' } }), /many/);
    assert.match(await refusal(t, { env: { CORESPOND_PROT: '1' } }), /CORESPOND_PROT/);
    assert.match(await refusal(t, { words: ['wroker'] }), /wroker/);
  });

  test('a whole server as one of a cluster, and a keyspace without a supervisor', async (t) => {
    const folder = temporaryFolder(t);
    const program = path.join(folder, 'cluster.mjs');
    writeFileSync(
      program,
      `import cluster from 'node:cluster';
      cluster.setupPrimary({ exec: ${JSON.stringify(MAIN)}, args: ['--port', '0'] });
      cluster.fork().on('exit', (code) => process.exit(code));`,
    );
    const forked = promisify(execFile)(process.execPath, [program], { cwd: folder });
    await assert.rejects(forked, {
      code: 1,
      stderr: /^corespond: [^\n]+ start ecosystem\.config\.js instead\n$/,
    });
    assert.match(await refusal(t, { words: ['keyspace'] }), /started by its supervisor only/);
    assert.match(await refusal(t, { words: ['worker'] }), /set a port/);
  });

  test('a data directory that is not there', async (t) => {
    assert.match(
      await refusal(t, { settings: { dir: 'nowhere' } }),
      /nowhere cannot be used: it does not exist/,
    );
  });

  test('a run directory that others may write to, or that is a file: both stay as they are', async (t) => {
    const folder = temporaryFolder(t);
    const open = path.join(folder, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    const line = await refusal(t, { folder, settings: { workers: 1, 'run-dir': 'open' } });
    assert.match(line, /open is writable by others/);
    assert.equal(statSync(open).mode & 0o777, 0o777);
    writeFileSync(path.join(folder, 'file'), 'x');
    assert.match(await refusal(t, { folder, settings: { workers: 1, 'run-dir': 'file' } }), /not a folder/);
    assert.equal(statSync(path.join(folder, 'file')).size, 1);
  });

  test('a second instance in the same run directory, and the first does not notice', async (t) => {
    const first = await ServerProcess.start(t, { settings: { workers: 1 } });
    const { folder } = first;
    const line = await refusal(t, { folder, settings: { workers: 1, port: await freePort() } });
    assert.match(line, new RegExp(`another corespond \\(pid ${first.pid}\\) runs in .*/run`));
    const connection = await WireConnection.open(first.port);
    assert.equal(await connection.call('SET', 'a', '1'), '+OK\r\n');
    connection.close();
  });
});

describe('the run directory', { skip: unsupported, concurrency: 2 }, () => {
  test('is private, holds sockets for the owner alone, and is gone afterwards', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 1 } });
    const directory = path.join(server.folder, 'run');
    assert.equal(statSync(directory).mode & 0o777, 0o700);
    for (const socket of ['control.sock', 'keyspace.sock']) {
      assert.equal(statSync(path.join(directory, socket)).mode & 0o077, 0, socket);
    }
    server.signal('SIGTERM');
    await server.end();
    assert.equal(existsSync(directory), false);
  });

  test('what a crash has left in it does not matter, and what is not ours is left alone', async (t) => {
    const folder = temporaryFolder(t);
    const directory = path.join(folder, 'run');
    mkdirSync(directory, { mode: 0o700 });
    await staleSocket(path.join(directory, 'control.sock'));
    await staleSocket(path.join(directory, 'keyspace.sock'));
    writeFileSync(path.join(directory, 'supervisor.pid'), '1\n');
    writeFileSync(path.join(directory, 'precious'), 'x');
    const server = await ServerProcess.start(t, { folder, settings: { workers: 1 } });
    const connection = await WireConnection.open(server.port);
    assert.equal(await connection.call('SET', 'a', '1'), '+OK\r\n');
    connection.close();
    server.signal('SIGTERM');
    assert.deepEqual(await server.end(), { code: 0, signal: null });
    assert.deepEqual(readdirSync(directory), ['precious']);
  });

  test('can be used again at once after kill -9 of everything', async (t) => {
    const first = await ServerProcess.start(t, { settings: { workers: 1 } });
    first.signalGroup('SIGKILL');
    await first.end();
    const { folder, port } = first;
    const second = await ServerProcess.start(t, { folder, settings: { workers: 1, port } });
    assert.equal(second.port, port);
  });

  test('can be used again at once after kill -9 of the supervisor alone', async (t) => {
    const first = await ServerProcess.start(t, { settings: { workers: 1 } });
    const client = await WireConnection.open(first.port);
    await client.call('PING');
    signal(first.pid, 'SIGKILL');
    const { folder, port } = first;
    const second = await ServerProcess.start(t, { folder, settings: { workers: 1, port } });
    await until('nothing is left of the first', () => first.members.length === 0);
    const connection = await WireConnection.open(second.port);
    assert.equal(await connection.call('SET', 'a', '1'), '+OK\r\n');
    connection.close();
    client.close();
  });
});
