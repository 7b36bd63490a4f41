import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LastSecond } from '../../src/status/last-second.ts';
import { report } from '../metrics/reports.ts';

const requests = (count: number, pid = 1) => report({ pid, counters: { worker_commands_total: count } });

describe('LastSecond', () => {
  test('is what lies between the last two reports of a process', () => {
    const lastSecond = new LastSecond();
    lastSecond.accept(requests(100), 0);
    assert.equal(lastSecond.of(requests(0)), undefined);
    lastSecond.accept(requests(150), 1000);
    lastSecond.accept(requests(450), 2500);
    const span = lastSecond.of(requests(0));
    assert.equal(span?.seconds, 1.5);
    assert.equal(span?.counted.counter('worker_commands_total'), 300);
  });

  test('reports that come too close are added to the next', () => {
    const lastSecond = new LastSecond();
    lastSecond.accept(requests(0), 0);
    lastSecond.accept(requests(10), 100);
    assert.equal(lastSecond.of(requests(0)), undefined);
    lastSecond.accept(requests(50), 500);
    assert.equal(lastSecond.of(requests(0))?.counted.counter('worker_commands_total'), 50);
  });

  test('processes are told apart, also those that share a pid as worker and keyspace', () => {
    const lastSecond = new LastSecond();
    const both = [requests(7), report({ role: 'keyspace', pid: 1, counters: { keyspace_hits_total: 3 } })];
    for (const one of both) lastSecond.accept({ ...one, counters: {} }, 0);
    for (const one of both) lastSecond.accept(one, 1000);
    assert.equal(
      lastSecond.of({ ...requests(0), role: 'keyspace' })?.counted.counter('keyspace_hits_total'),
      3,
    );
    assert.equal(lastSecond.of(requests(0))?.counted.counter('keyspace_hits_total'), 0);
  });

  test('those that are gone are forgotten', () => {
    const lastSecond = new LastSecond();
    for (const at of [0, 1000]) for (const pid of [1, 2]) lastSecond.accept(requests(at, pid), at);
    lastSecond.keep([requests(0, 2)]);
    assert.equal(lastSecond.of(requests(0, 1)), undefined);
    assert.notEqual(lastSecond.of(requests(0, 2)), undefined);
  });
});
