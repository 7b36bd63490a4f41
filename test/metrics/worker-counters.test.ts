import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLOSE_REASONS, REJECT_REASONS } from '../../src/instance/session.ts';
import { WorkerCounters } from '../../src/metrics/worker-counters.ts';

test('WorkerCounters.connectionEnded() counts every reason under its own name and once', () => {
  const counters = new WorkerCounters();
  for (const reason of [...CLOSE_REASONS, ...REJECT_REASONS]) counters.connectionEnded(reason);
  assert.deepEqual(counters.closedBy, Object.fromEntries(CLOSE_REASONS.map((reason) => [reason, 1])));
  assert.deepEqual(counters.rejectedBy, Object.fromEntries(REJECT_REASONS.map((reason) => [reason, 1])));
});

test('WorkerCounters.connectionsAccepted leaves out who was refused, and never falls', () => {
  const counters = new WorkerCounters();
  const seen = () => [counters.connectionsAccepted, counters.traffic.received];
  counters.connectionsReceived = 2;
  assert.deepEqual(seen(), [2, 2]);
  counters.connectionEnded('max_clients');
  assert.deepEqual(seen(), [2, 2]);
  counters.connectionsReceived = 3;
  assert.deepEqual(seen(), [2, 2]);
  counters.connectionEnded('client');
  counters.connectionsReceived = 4;
  assert.deepEqual(seen(), [3, 3]);
});

test('WorkerCounters.traffic is always up to date, also as JSON', () => {
  const counters = new WorkerCounters();
  const { traffic } = counters;
  counters.connectionsReceived = 9;
  counters.bytesIn = 100;
  counters.bytesOut = 200;
  counters.reads = 3;
  counters.writes = 4;
  counters.queryBufferLimitCloses = 1;
  for (const reason of ['slow_client', 'slow_client', 'slow_client', 'client'] as const) {
    counters.connectionEnded(reason);
  }
  for (const reason of ['max_clients', 'protected_mode'] as const) counters.connectionEnded(reason);
  const expected = {
    received: 7,
    rejected: 2,
    bytesIn: 100,
    bytesOut: 200,
    reads: 3,
    writes: 4,
    queryBufferLimitCloses: 1,
    outputLimitCloses: 2,
    cpuUser: 0,
    cpuSystem: 0,
  };
  assert.deepEqual({ ...traffic }, expected);
  assert.deepEqual(JSON.parse(JSON.stringify(traffic)), expected);
});
