import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { LOOP_DELAY_BUCKETS, ProcessProbe } from '../../src/metrics/process-probe.ts';

const PROBE = new URL('../../src/metrics/process-probe.ts', import.meta.url).href;

/** Runs code in a process of its own. @returns what it prints, as JSON. */
async function runAlone(code: string, ...flags: string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      ...flags,
      '--import=tsx',
      '--input-type=module',
      '--eval',
      `const { ProcessProbe } = await import('${PROBE}');${code}`,
    ],
    { timeout: 30_000 },
  );
  return JSON.parse(stdout);
}

describe('ProcessProbe', () => {
  test('figures() names this process and its start', () => {
    const { pid, startedAt } = new ProcessProbe().figures();
    assert.equal(pid, process.pid);
    const uptime = Date.now() - startedAt;
    assert.ok(Math.abs(uptime - process.uptime() * 1000) < 2000, `${uptime}`);
  });

  test('figures() gives event loop time in whole microseconds', () => {
    const probe = new ProcessProbe({ utilization: () => ({ active: 1.23456, idle: 2000.5 }) });
    assert.deepEqual(probe.figures().counters.eventloop_seconds_total, { active: 1235, idle: 2_000_500 });
  });

  test('tick() measures how late the timer of 100 ms is', () => {
    let now = 1000;
    const probe = new ProcessProbe({ now: () => now });
    probe.start();
    for (const milliseconds of [100, 99, 104, 10_100]) {
      now += milliseconds;
      probe.tick();
    }
    probe.stop();
    const { sum, buckets } = probe.figures().histograms.eventloop_delay_seconds ?? { sum: 0, buckets: [] };
    assert.equal(sum, 10_004_000);
    assert.equal(buckets.length, LOOP_DELAY_BUCKETS.length + 1);
    assert.deepEqual([buckets[0], buckets[LOOP_DELAY_BUCKETS.indexOf(5e-3)], buckets.at(-1)], [2, 1, 1]);
  });

  test('noteCollection() adds pauses up by the kinds of V8', () => {
    const probe = new ProcessProbe();
    probe.noteCollection(1, 1.5);
    probe.noteCollection(1, 1);
    probe.noteCollection(4, 20);
    probe.noteCollection(8, 0.25);
    probe.noteCollection(16, 0.001);
    probe.noteCollection(32, 99);
    assert.deepEqual(probe.figures().counters.gc_pause_seconds_total, {
      minor: 2500,
      major: 20_000,
      incremental: 250,
      weakcb: 1,
    });
  });

  test('figures() takes anonymous memory from the kernel, else all resident memory', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'corespond-probe-'));
    try {
      const statusFile = path.join(folder, 'status');
      writeFileSync(statusFile, 'VmRSS:\t 9000 kB\nRssAnon:\t    1234 kB\nRssFile:\t 8 kB\n');
      assert.equal(new ProcessProbe({ statusFile }).figures().gauges.memory_anon_bytes, 1234 * 1024);
    } finally {
      rmSync(folder, { recursive: true });
    }
    const missing = new ProcessProbe({ statusFile: path.join(folder, 'status') }).figures();
    assert.ok(Number(missing.gauges.memory_anon_bytes) > 1e6);
  });

  test('start() sees real collections and keeps no process alive, with and without stop()', async () => {
    const code = `
      const probe = new ProcessProbe();
      probe.start();
      gc();
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
      console.log(JSON.stringify(probe.figures()));`;
    for (const end of ['', 'probe.stop();']) {
      const figures = (await runAlone(code + end, '--expose-gc')) as {
        counters: Record<string, { major: number }>;
      };
      assert.ok((figures.counters.gc_pause_seconds_total?.major ?? 0) > 0);
    }
  });
});
