import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { run } from './binary.ts';
import { freePort, holdPort } from './free-port.ts';
import {
  MAIN,
  ROOT,
  type ServerOptions,
  ServerProcess,
  temporaryFolder,
  unsupported,
} from './server-process.ts';

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

describe('--check', { skip: unsupported, concurrency: 2 }, () => {
  const check = (t: TestContext, options: ServerOptions) => run(t, { ...options, words: ['--check'] });

  /** A copy of the build. @returns its folder. */
  const copyOfBuild = (t: TestContext): string => {
    const folder = temporaryFolder(t);
    const dist = path.join(folder, 'dist');
    cpSync(path.dirname(MAIN), dist, { recursive: true });
    cpSync(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
    return dist;
  };

  const change = (file: string, changed: (text: string) => string): void =>
    writeFileSync(file, changed(readFileSync(file, 'utf8')));

  /** What a build that is refused says. */
  const refusalOf = async (main: string, cwd: string, ...flags: readonly string[]): Promise<string> => {
    let said = '';
    const asked = promisify(execFile)(process.execPath, [main, '--check', ...flags], { cwd });
    await assert.rejects(asked, ({ code, stdout, stderr }) => {
      assert.deepEqual([code, stdout], [1, '']);
      said = stderr;
      return true;
    });
    return said;
  };

  test('finds a build of which a part is missing or broken, whatever it is for', async (t) => {
    const parts = [
      'index.js',
      'link/worker-link.js',
      'page/browser/main.js',
      'page/browser/theme.css',
      'process/worker-process.js',
      'rdb/lzf.js',
      'top/top.js',
    ];
    const dist = copyOfBuild(t);
    const folder = temporaryFolder(t);
    const said = () =>
      refusalOf(path.join(dist, 'main.js'), folder, '--port', '0', '--metrics-port', '0', '--run-dir', 'run');
    for (const part of parts) {
      const file = path.join(dist, part);
      const whole = readFileSync(file);
      writeFileSync(file, whole.subarray(0, -1));
      assert.match(
        await said(),
        new RegExp(`^corespond: .*${part} is not as it was built; build it again\n$`),
      );
      rmSync(file);
      assert.match(await said(), new RegExp(`^corespond: .*${part} is missing; build it again\n$`));
      writeFileSync(file, whole);
    }
    const list = path.join(dist, 'SHA256SUMS');
    change(list, (text) => text.replace(/^./, 'x'));
    assert.match(await said(), /^corespond: .*SHA256SUMS is not as it was built; build it again\n$/);
    change(list, (text) => text.split(/^/m).slice(1, 100).join(''));
    assert.match(await said(), /^corespond: .*SHA256SUMS is cut short; build it again\n$/);
    rmSync(list);
    assert.match(await said(), /^corespond: .*SHA256SUMS is missing; build it again\n$/);
  });

  test('lists of the build all that is in it, as sha256sum does', () => {
    const dist = path.dirname(MAIN);
    const listed = readFileSync(path.join(dist, 'SHA256SUMS'), 'utf8').match(/(?<= {2}).+$/gm) ?? [];
    const there = readdirSync(dist, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => path.relative(dist, path.join(parentPath, name)))
      .filter((name) => name !== 'SHA256SUMS' && !name.startsWith('readme-'));
    assert.deepEqual(listed.toSorted(), there.toSorted());
  });

  test('finds that a package is not what it should be', async (t) => {
    const dist = copyOfBuild(t);
    const packages = path.join(dist, '../node_modules');
    rmSync(packages);
    mkdirSync(path.join(packages, 'uplot'), { recursive: true });
    writeFileSync(path.join(packages, 'uplot/package.json'), '{"exports":{}}');
    for (const name of readdirSync(path.join(ROOT, 'node_modules'))) {
      if (name !== 'uplot') symlinkSync(path.join(ROOT, 'node_modules', name), path.join(packages, name));
    }
    assert.match(
      await refusalOf(path.join(dist, 'main.js'), temporaryFolder(t)),
      /uPlot\.iife\.min\.js' is not/,
    );
  });

  test('finds a build whose workers would not work with the keyspace that runs', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 1 } });
    const flags = ['--run-dir', 'run', '--workers', '1'];
    const dist = copyOfBuild(t);
    const frame = path.join(dist, 'link/frame.js');
    const before = hashOf(frame);
    change(frame, (text) => text.replace(/LINK_VERSION = \d+/, 'LINK_VERSION = 999'));
    change(path.join(dist, 'SHA256SUMS'), (text) => text.replace(before, hashOf(frame)));
    assert.match(
      await refusalOf(path.join(dist, 'main.js'), server.folder, ...flags),
      /^corespond: workers of this build do not work with the keyspace that runs \(version 999 [^\n]+\n$/,
    );
    await server.ready();
    assert.deepEqual(
      server.log.filter(({ level }) => level !== 'info'),
      [],
    );
  });

  test('finds nothing wrong, leaves nothing behind and ends with 0', async (t) => {
    const folder = temporaryFolder(t);
    const port = await freePort();
    const { code, out, err } = await check(t, { folder, settings: { port } });
    assert.deepEqual([code, out, err], [0, 'corespond: the configuration is good\n', '']);
    assert.deepEqual(readdirSync(folder), []);
  });

  test('says what is wrong and ends with 1', async (t) => {
    const { port, release } = await holdPort();
    t.after(release);
    const taken = await check(t, { settings: { port } });
    assert.deepEqual([taken.code, taken.out], [1, '']);
    assert.match(taken.err, /^corespond: cannot listen on 127\.0\.0\.1:\d+ \(port\): the port is in use\n$/);
    const metrics = await check(t, { settings: { 'metrics-port': port } });
    assert.match(metrics.err, /^corespond: .*\(metrics-port\): the port is in use\n$/);
    const one = await freePort();
    const both = await check(t, { settings: { port: one, 'metrics-port': one } });
    assert.equal(both.err, `corespond: metrics-port is ${one}, and so is port; they must differ\n`);
    const dir = await check(t, { settings: { dir: 'nowhere' } });
    assert.match(dir.err, /^corespond: .*nowhere cannot be used: it does not exist\n$/);
    const runDir = await check(t, { settings: { 'run-dir': '/proc/version/run' } });
    assert.equal(
      runDir.err,
      'corespond: the run directory /proc/version/run cannot be used: it is not a folder\n',
    );
  });

  test('can be asked while the server runs, before a reload', async (t) => {
    const server = await ServerProcess.start(t, { settings: { workers: 1 } });
    const { folder, port, metricsPort } = server;
    const asked = await check(t, { folder, settings: { workers: 1, port, 'metrics-port': metricsPort } });
    assert.deepEqual([asked.code, asked.err], [0, '']);
    assert.match(asked.out, new RegExp(`the configuration is good; .*\\(pid ${server.pid}\\)`));
  });
});
