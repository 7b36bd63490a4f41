import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startLoops, stopLoops } from '../process/increment-loop.ts';
import { signal } from '../process/process-group.ts';
import { ServerProcess, unsupported } from '../process/server-process.ts';
import { until } from '../process/until.ts';
import { noBrowser, TestBrowser } from './browser.ts';
import { drawings } from './canvases.ts';

/** A worker's death must be on the page after so many milliseconds. */
const SEEN_WITHIN = 3000;

test('a worker that is killed shows on the page of a real server within 3 seconds, and so does the new one', {
  skip: unsupported || noBrowser,
}, async (t) => {
  const server = await ServerProcess.start(t, { settings: { workers: 2 } });
  const loops = startLoops(t, 8, { port: server.port, pipeline: 5 });
  const browser = await TestBrowser.launch();
  t.after(() => browser.close());
  const { page, errors, violations } = await browser.open(`http://127.0.0.1:${server.metricsPort}/`);
  await until('the charts are drawn', async () => {
    const charts = await drawings(page);
    return charts.length === 5 && charts.every(({ inked }) => inked > 2000);
  });
  const victim = server.worker(1);
  const row = () => page.textContent('#processes tr[data-key="1"]');
  await until('its row has its pid', async () => (await row())?.includes(String(victim)));

  signal(victim, 'SIGKILL');
  const killedAt = performance.now();
  await until('its death shows', async () => {
    const events = (await page.textContent('#events')) ?? '';
    return events.includes('worker 1 crashed') && !(await row())?.includes(String(victim));
  });
  const seenAfter = performance.now() - killedAt;
  assert.ok(seenAfter < SEEN_WITHIN, `seen after ${seenAfter} ms`);
  assert.match((await page.textContent('#verdict')) ?? '', /worker 1/);
  const successor = await until('another is there', () => server.worker(1) !== victim && server.worker(1));
  await until('the row has the new pid', async () => (await row())?.includes(String(successor)));
  assert.deepEqual([errors, await violations()], [[], []]);
  await stopLoops(loops);
});
