import assert from 'node:assert/strict';
import { test } from 'node:test';
import pino from 'pino';
import type { Member } from '../../src/process/control-server.ts';
import { ForeignWorkers } from '../../src/process/foreign-workers.ts';
import { member } from './member.ts';

const NOW = 1_000_000;

function create(uptime = () => 0, expected = 0) {
  const news: string[] = [];
  const foreign = new ForeignWorkers({
    log: pino({ level: 'silent' }),
    expected,
    now: () => NOW,
    uptime,
    onStart: (slot) => news.push(`${slot} start`),
    onStop: (slot) => news.push(`${slot} stop`),
    onRestart: (slot, reason) => news.push(`${slot} ${reason}`),
  });
  /** What was told since this was last asked. */
  return { foreign, told: () => news.splice(0) };
}

/** Nobody has such a pid. */
const NOBODY = 2 ** 22 + 1;

const workerAt = (slot: number, pid: number, age = 0): Member => member({ slot, pid, startedAt: NOW - age });

/** It says goodbye, and is gone. */
function stop(foreign: ForeignWorkers, worker: Member): void {
  worker.draining = true;
  foreign.onGone(worker);
}

test('ForeignWorkers: who comes first in a slot is started, who comes back replaces nobody', () => {
  const { foreign, told } = create();
  const worker = workerAt(0, 10);
  foreign.onHello(worker);
  assert.deepEqual(told(), ['0 start']);
  foreign.onGone(worker);
  foreign.onHello(worker);
  assert.deepEqual(told(), []);
  foreign.onHello(workerAt(0, 11));
  assert.deepEqual(told(), ['0 reload'], 'that its line was cut once is forgotten');
});

test('ForeignWorkers: who was there before us comes, but is not started', () => {
  const { foreign, told } = create();
  foreign.onHello(workerAt(0, 10, 59_999));
  foreign.onHello(workerAt(1, 11, 60_000));
  assert.deepEqual(told(), ['0 start']);
  assert.deepEqual(foreign.slots, [0, 1]);
});

test('ForeignWorkers: the next one tells why the one before has gone', () => {
  const { foreign, told } = create();
  const [first, second, third] = [workerAt(0, 10), workerAt(0, 11), workerAt(0, NOBODY)];
  foreign.onHello(first);
  foreign.onHello(second);
  stop(foreign, first);
  assert.deepEqual(told(), ['0 start', '0 reload']);
  foreign.onGone(second);
  foreign.onHello(third);
  assert.deepEqual(told(), ['0 crash']);
  foreign.kill(third);
  foreign.onGone(third);
  foreign.onHello(workerAt(0, 13));
  assert.deepEqual(told(), ['0 hang']);
});

test('ForeignWorkers: who comes after one was stopped replaces nobody', () => {
  const { foreign, told } = create();
  const worker = workerAt(0, 10);
  foreign.onHello(worker);
  stop(foreign, worker);
  foreign.onHello(workerAt(0, 11));
  assert.deepEqual(told(), ['0 start', '0 stop', '0 start']);
});

test('ForeignWorkers.slots: one that has crashed is missed, one that has said goodbye is not', () => {
  const { foreign } = create();
  const [first, second] = [workerAt(0, 10), workerAt(1, 11)];
  for (const each of [first, second]) foreign.onHello(each);
  assert.deepEqual(foreign.slots, [0, 1]);
  foreign.onGone(first);
  assert.deepEqual(foreign.slots, [0, 1], 'a crash');
  stop(foreign, second);
  assert.deepEqual(foreign.slots, [0], 'a goodbye');
  foreign.onHello(workerAt(1, 12));
  assert.deepEqual(foreign.slots, [0, 1], 'a successor');
  foreign.onGone(second);
  assert.deepEqual(foreign.slots, [0, 1], 'a predecessor goes late');
});

test('ForeignWorkers: after a start those who lived before are awaited, as many as are configured for longer', () => {
  let uptime = 5_000;
  const { foreign } = create(() => uptime, 2);
  const texts = ({ problems }: ForeignWorkers) => problems.map(({ text }) => text);
  const awaiting = ['workers may still be on their way'];
  foreign.onHello(workerAt(0, 10));
  foreign.onHello(workerAt(1, 11));
  assert.deepEqual(texts(foreign), awaiting, 'there may be more');
  uptime += 1000;
  assert.deepEqual(texts(foreign), []);

  const { foreign: alone } = create(() => uptime, 2);
  alone.onHello(workerAt(0, 10));
  uptime += 9_999;
  assert.deepEqual(texts(alone), awaiting);
  uptime += 1;
  assert.deepEqual(texts(alone), [], 'fewer may have been started');
});
