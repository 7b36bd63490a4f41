import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { plain } from '../../src/http/answer.ts';
import { plainText } from '../../src/top/plain-text.ts';
import { viewOf } from '../../src/view/status-view.ts';
import { MAIN, temporaryFolder } from '../process/server-process.ts';
import { until } from '../process/until.ts';
import { IN_TROUBLE, NOW, WELL } from '../view/examples/fixed.ts';
import { FakeInstance } from './fake-instance.ts';
import { TopProcess } from './top-process.ts';

const blockOf = (fake: FakeInstance, document = WELL): string =>
  `${plainText(fake.url, viewOf(document), NOW)}\n`;

/** Runs a program to its end. */
const run = (file: string, args: string[]): Promise<{ status: unknown; stderr: string }> =>
  new Promise((resolve) => {
    execFile(file, args, { timeout: 10_000 }, (error, _, stderr) =>
      resolve({ status: error?.code ?? 0, stderr }),
    );
  });

describe('corespond top, piped', () => {
  test('writes one block with --count 1', async (t) => {
    const fake = await FakeInstance.start(t, IN_TROUBLE);
    const top = new TopProcess(t, [String(fake.port), '--count', '1']);
    assert.equal(await top.end(), 0);
    assert.equal(top.output, blockOf(fake, IN_TROUBLE));
    assert.equal(top.errors, '');
  });

  test('writes a block for each interval, and a blank line between two', async (t) => {
    const fake = await FakeInstance.start(t);
    const begin = performance.now();
    const top = new TopProcess(t, [fake.url, '-n', '3', '--interval', '0.2']);
    assert.equal(await top.end(), 0);
    assert.ok(performance.now() - begin >= 400);
    assert.equal(top.output, [1, 2, 3].map(() => blockOf(fake)).join('\n'));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: there must be none
    assert.doesNotMatch(top.output, /[\x00-\x09\x0b-\x1f\x7f\u2500-\u259f]/);
  });

  const places: Array<
    [what: string, args: (port: number) => string[], env: (port: number) => object, file: string]
  > = [
    ['a flag', (port) => ['--metrics-port', String(port)], () => ({}), ''],
    ['the environment', () => [], (port) => ({ CORESPOND_METRICS_PORT: String(port) }), ''],
    ['.env', () => [], () => ({}), 'CORESPOND_METRICS_HOST=*\nCORESPOND_METRICS_PORT='],
  ];
  for (const [what, args, env, file] of places) {
    test(`finds the instance by ${what}`, async (t) => {
      const fake = await FakeInstance.start(t);
      const folder = temporaryFolder(t);
      if (file !== '') writeFileSync(path.join(folder, '.env'), `${file}${fake.port}\n`);
      const top = new TopProcess(t, ['-n', '1', ...args(fake.port)], { env: { ...env(fake.port) }, folder });
      assert.equal(await top.end(), 0, top.errors);
      assert.equal(top.output, blockOf(fake));
    });
  }

  test('ends quietly when nobody reads any more', async (t) => {
    const fake = await FakeInstance.start(t);
    const top = new TopProcess(t, [fake.url, '--interval', '0.1']);
    await top.says('Events');
    top.child.stdout?.destroy();
    assert.equal(await top.end(), 0);
    assert.equal(top.errors, '');
  });

  test('has one line for a disk that is full', { skip: !existsSync('/dev/full') }, async (t) => {
    const fake = await FakeInstance.start(t);
    const command = '"$0" "$1" top "$2" -n 1 > /dev/full';
    const { status, stderr } = await run('sh', ['-c', command, process.execPath, MAIN, fake.url]);
    assert.equal(status, 1);
    assert.match(stderr, /^corespond: cannot write: ENOSPC.*\n$/);
  });

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    test(`ends by ${signal}`, async (t) => {
      const fake = await FakeInstance.start(t);
      const top = new TopProcess(t, [fake.url]);
      await top.says('Events');
      top.child.kill(signal);
      assert.equal(await top.end(), 0);
      assert.equal(top.errors, '');
    });
  }

  test('has one line for a server that is not there', async (t) => {
    const fake = await FakeInstance.start(t);
    await fake.stop();
    const top = new TopProcess(t, [String(fake.port)]);
    assert.equal(await top.end(), 1);
    assert.equal(top.output, '');
    assert.equal(
      top.errors,
      `corespond: no answer from ${fake.url}: connect ECONNREFUSED 127.0.0.1:${fake.port}\n`,
    );
  });

  test('has one line for a server that is something else', async (t) => {
    const fake = await FakeInstance.start(t, plain(404, 'nothing here'));
    const top = new TopProcess(t, [String(fake.port)]);
    assert.equal(await top.end(), 1);
    assert.equal(top.errors, `corespond: ${fake.url} is no corespond: it has no status.json (404)\n`);
  });

  test('goes on when the server goes away and comes back', async (t) => {
    const fake = await FakeInstance.start(t);
    const top = new TopProcess(t, [fake.url, '--interval', '0.1']);
    await top.says('Events');
    await fake.stop();
    await until('it tells', () => top.errors.split('\n').length > 2);
    assert.match(top.errors, /^(corespond: no answer from \S+ for \d s: .+\n)+$/);
    fake.answer = IN_TROUBLE;
    await fake.start();
    await top.says('In trouble');
    assert.equal(top.child.exitCode, null);
  });

  const refused: Array<[args: string[], message: RegExp]> = [
    [['--metrics-port', 'off'], /^corespond: metrics-port is off, .+\n$/],
    [['no such host'], /^corespond: "no such host" is not an address: .+\n$/],
    [['--metrics-port', 'x'], /^corespond: --metrics-port: "x" is not allowed, .+\n$/],
    [['--count', '0'], /^corespond: --count "0" must be a whole number .+\n$/],
  ];
  for (const [args, message] of refused) {
    test(`refuses ${args.join(' ')}`, async (t) => {
      const top = new TopProcess(t, args);
      assert.equal(await top.end(), 1);
      assert.match(top.errors, message);
      assert.equal(top.output, '');
    });
  }
});
