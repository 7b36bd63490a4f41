import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingProcesses, readBooks } from '../../src/metrics/books.ts';
import { Ledger } from '../../src/metrics/ledger.ts';
import { RestartCounters } from '../../src/metrics/restart-counters.ts';
import { report } from './reports.ts';

test('missingProcesses() names who should be there and is not heard of', () => {
  let now = 1_000_000;
  const slots = [0, 1];
  const ledger = new Ledger(now);
  const options = {
    ledger,
    restarts: new RestartCounters(),
    slots: () => slots,
    startedAt: now,
    now: () => now,
  };
  const missing = () => missingProcesses(readBooks(options));
  assert.deepEqual(missing(), ['the keyspace is not up', 'worker 0 is not up', 'worker 1 is not up']);
  ledger.accept(report({ role: 'keyspace' }), now);
  ledger.accept(report({ slot: 0, pid: 1 }), now);
  ledger.accept(report({ slot: 1, pid: 2 }), now);
  assert.deepEqual(missing(), []);
  now += 3001;
  ledger.accept(report({ role: 'keyspace' }), now);
  ledger.accept(report({ slot: 1, pid: 2 }), now);
  assert.deepEqual(missing(), ['worker 0 is not up']);
  ledger.retire('worker', 0, 1);
  slots.length = 0;
  assert.deepEqual(missing(), []);
  ledger.retire('worker', 1, 2);
  assert.deepEqual(missing(), ['there is no worker']);
});
