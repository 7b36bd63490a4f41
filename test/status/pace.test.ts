import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Pace } from '../../src/status/pace.ts';
import { report } from '../metrics/reports.ts';

const requests = (count: number, pid = 1) => report({ pid, counters: { worker_commands_total: count } });

describe('Pace', () => {
  test('is what lies between the last two reports of a process', () => {
    const pace = new Pace();
    pace.accept(requests(100), 0);
    assert.equal(pace.of(requests(0)), undefined);
    pace.accept(requests(150), 1000);
    pace.accept(requests(450), 2500);
    const span = pace.of(requests(0));
    assert.equal(span?.seconds, 1.5);
    assert.equal(span?.counted.counter('worker_commands_total'), 300);
  });

  test('reports that come too close are added to the next', () => {
    const pace = new Pace();
    pace.accept(requests(0), 0);
    pace.accept(requests(10), 100);
    assert.equal(pace.of(requests(0)), undefined);
    pace.accept(requests(50), 500);
    assert.equal(pace.of(requests(0))?.counted.counter('worker_commands_total'), 50);
  });

  test('processes are told apart, also those that share a pid as worker and keyspace', () => {
    const pace = new Pace();
    const both = [requests(7), report({ role: 'keyspace', pid: 1, counters: { keyspace_hits_total: 3 } })];
    for (const one of both) pace.accept({ ...one, counters: {} }, 0);
    for (const one of both) pace.accept(one, 1000);
    assert.equal(pace.of({ ...requests(0), role: 'keyspace' })?.counted.counter('keyspace_hits_total'), 3);
    assert.equal(pace.of(requests(0))?.counted.counter('keyspace_hits_total'), 0);
  });

  test('those that are gone are forgotten', () => {
    const pace = new Pace();
    for (const at of [0, 1000]) for (const pid of [1, 2]) pace.accept(requests(at, pid), at);
    pace.keep([requests(0, 2)]);
    assert.equal(pace.of(requests(0, 1)), undefined);
    assert.notEqual(pace.of(requests(0, 2)), undefined);
  });
});
