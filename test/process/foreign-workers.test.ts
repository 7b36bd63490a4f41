import assert from 'node:assert/strict';
import { test } from 'node:test';
import pino from 'pino';
import type { Member } from '../../src/process/control-server.ts';
import { ForeignWorkers } from '../../src/process/foreign-workers.ts';

function create() {
  const restarts: string[] = [];
  const foreign = new ForeignWorkers({
    log: pino({ level: 'silent' }),
    onRestart: (slot, reason) => restarts.push(`${slot} ${reason}`),
  });
  return { foreign, restarts };
}

/** Nobody has such a pid. */
const NOBODY = 2 ** 22 + 1;

function member(slot: number, pid: number): Member {
  return { role: 'worker', slot, pid, ready: true, draining: false, lastHeard: 0, send: () => {} };
}

test('ForeignWorkers: who comes first in a slot, or comes back, replaces nobody', () => {
  const { foreign, restarts } = create();
  const worker = member(0, 10);
  foreign.onHello(worker);
  foreign.onGone(worker);
  foreign.onHello(worker);
  foreign.onHello(member(1, 11));
  assert.deepEqual(restarts, []);
});

test('ForeignWorkers: the next one tells why the one before has gone', () => {
  const { foreign, restarts } = create();
  const [first, second, third] = [member(0, 10), member(0, 11), member(0, NOBODY)];
  foreign.onHello(first);
  foreign.onHello(second);
  first.draining = true;
  foreign.onGone(first);
  assert.deepEqual(restarts, ['0 reload']);
  foreign.onGone(second);
  foreign.onHello(third);
  assert.deepEqual(restarts, ['0 reload', '0 crash']);
  foreign.kill(third);
  foreign.onGone(third);
  foreign.onHello(member(0, 13));
  assert.deepEqual(restarts, ['0 reload', '0 crash', '0 hang']);
});

test('ForeignWorkers.slots: one that has crashed is missed, one that has said goodbye is not', () => {
  const { foreign } = create();
  const [first, second] = [member(0, 10), member(1, 11)];
  for (const each of [first, second]) foreign.onHello(each);
  assert.deepEqual(foreign.slots, [0, 1]);
  foreign.onGone(first);
  assert.deepEqual(foreign.slots, [0, 1], 'a crash');
  second.draining = true;
  foreign.onGone(second);
  assert.deepEqual(foreign.slots, [0], 'a goodbye');
  foreign.onHello(member(1, 12));
  assert.deepEqual(foreign.slots, [0, 1], 'a successor');
  foreign.onGone(second);
  assert.deepEqual(foreign.slots, [0, 1], 'a predecessor goes late');
});
