import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { test } from 'node:test';
import { configFrom } from '../../src/config/config.ts';
import { createLogger } from '../../src/log.ts';
import { ProcessSlot } from '../../src/process/process-slot.ts';
import { until } from './until.ts';

const alive = (): ChildProcess => spawn('sleep', ['60'], { stdio: 'ignore' });

/** The system says no: at once, or a moment later. */
const refusals = {
  'at once': (): ChildProcess => {
    throw Object.assign(new Error('spawn ENOMEM'), { code: 'ENOMEM' });
  },
  'a moment later': (): ChildProcess => spawn('/nonexistent/program', { stdio: 'ignore' }),
};

for (const [when, refuse] of Object.entries(refusals)) {
  test(`ProcessSlot: a process that the system refuses to start, ${when}, is started again`, async () => {
    const lines: string[] = [];
    const log = createLogger(
      configFrom({ logLevel: 'info' }),
      { role: 'test' },
      { write: (line) => lines.push(line) },
    );
    const restarts: string[] = [];
    const children: ChildProcess[] = [];
    let forks = 0;
    const slot = new ProcessSlot({
      name: 'worker 0',
      log,
      fork: () => {
        if (++forks <= 2) return refuse();
        children.push(alive());
        return children[0]!;
      },
      onRestart: (reason) => restarts.push(reason),
      onHopeless: () => assert.fail('it is not hopeless yet'),
    });
    const serving = slot.start();
    await until('it is born at last', () => children.length === 1);
    slot.markReady(children[0]!.pid ?? 0);
    await serving;
    assert.deepEqual([forks, restarts], [3, ['crash', 'crash']]);
    assert.match(lines.join(''), /worker 0 failed/);
    await slot.stop((child) => child.retire(1000));
  });
}

test('ProcessSlot: a successor that the system refuses to start leaves the old one where it is', async () => {
  const log = createLogger(configFrom({ logLevel: 'silent' }), { role: 'test' });
  const child = alive();
  let forks = 0;
  const slot = new ProcessSlot({
    name: 'worker 0',
    log,
    fork: () => (++forks === 1 ? child : refusals['at once']()),
    onRestart: () => assert.fail('nothing was restarted'),
    onHopeless: () => {},
  });
  const serving = slot.start();
  slot.markReady(child.pid ?? 0);
  await serving;
  assert.equal(await slot.replace(1000), false);
  assert.equal(slot.ready, true);
  await slot.stop((one) => one.retire(1000));
});
