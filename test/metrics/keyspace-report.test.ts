import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryLimit } from '../../src/instance/memory-limit.ts';
import type { CommandFigures } from '../../src/metrics/counters.ts';
import { ProcessProbe } from '../../src/metrics/process-probe.ts';
import { soloReports } from '../../src/metrics/solo-reports.ts';
import { workerReport } from '../../src/metrics/worker-report.ts';
import { busyCounters, TestKeyspace } from './traffic.ts';

function outcomes(commands: Readonly<Record<string, CommandFigures>>) {
  return Object.fromEntries(
    Object.entries(commands).map(([name, { ok, error, rejected }]) => [name, { ok, error, rejected }]),
  );
}

describe('keyspaceReport()', () => {
  test('tells outcomes of the commands that were called, unknown ones under one name', () => {
    const keyspace = new TestKeyspace();
    keyspace.say('SET k v\nGET k\nGET\nSELECT 99\nnosuch 1\nNOSUCH2\nCLIENT ID\nCLIENT NOSUCH');
    assert.deepEqual(outcomes(keyspace.report().commands), {
      set: { ok: 1, error: 0, rejected: 0 },
      get: { ok: 1, error: 0, rejected: 1 },
      select: { ok: 0, error: 1, rejected: 0 },
      unknown: { ok: 0, error: 0, rejected: 2 },
      'client|id': { ok: 1, error: 0, rejected: 0 },
      client: { ok: 0, error: 0, rejected: 1 },
    });
  });

  test('tells hits, misses, errors by code and wrong passwords', () => {
    const keyspace = new TestKeyspace({ requirepass: 'secret' });
    keyspace.say('AUTH wrong\nGET k\nAUTH secret\nSET k v\nGET k\nGET none\nGET none2\nSELECT 99');
    const { counters } = keyspace.report();
    assert.deepEqual([counters.keyspace_hits_total, counters.keyspace_misses_total], [1, 2]);
    assert.equal(counters.auth_failures_total, 1);
    const errors = Object.entries(counters.errors_total ?? {}).filter(([, count]) => count > 0);
    assert.deepEqual(Object.fromEntries(errors), { ERR: 1, NOAUTH: 1, WRONGPASS: 1 });
  });

  test('tells keys per database, memory and limits', () => {
    const keyspace = new TestKeyspace({ maxclients: 77, maxmemory: 1e9 });
    keyspace.say('SET a 1\nSET b 1\nEXPIRE b 10\nSELECT 3\nSET c 1');
    const { gauges } = keyspace.report();
    const databases = Array.from({ length: 16 }, (_, i) => `db${i}`);
    const none = Object.fromEntries(databases.map((name) => [name, 0]));
    assert.deepEqual(gauges.db_keys, { ...none, db0: 2, db3: 1 });
    assert.deepEqual(gauges.db_keys_expiring, { ...none, db0: 1 });
    assert.equal(gauges.max_clients, 77);
    assert.equal(gauges.memory_limit_bytes, 1e9);
    const unlimited = new TestKeyspace().report().gauges;
    assert.equal(unlimited.memory_limit_bytes, memoryLimit(0));
    assert.ok(Number(gauges.memory_used_bytes) > 0);
    assert.ok(Number(gauges.memory_reserved_bytes) >= Number(gauges.memory_used_bytes));
  });

  test('tells whether keys are evicted at the limit', () => {
    const tell = (settings: ConstructorParameters<typeof TestKeyspace>[0]) =>
      new TestKeyspace(settings).report().gauges.eviction_enabled;
    assert.equal(tell({ maxmemory: 1e9, maxmemoryPolicy: 'allkeys-lru' }), 1);
    assert.equal(tell({ maxmemory: 1e9, maxmemoryPolicy: 'noeviction' }), 0);
    assert.equal(tell({ maxmemory: 0, maxmemoryPolicy: 'allkeys-lru' }), 0);
  });

  test('tells how many commands a turn had', () => {
    const keyspace = new TestKeyspace();
    keyspace.say('PING\nPING\nPING');
    assert.equal(keyspace.report().histograms.keyspace_turn_commands?.sum, 3);
  });

  test('goes on after CONFIG RESETSTAT', () => {
    const keyspace = new TestKeyspace();
    keyspace.say('SET k v\nGET k\nGET none\nSELECT 99\nNOSUCH');
    const before = keyspace.report();
    keyspace.engine.instance.resetStatistics();
    keyspace.say('GET k\nGET none\nSELECT 99\nNOSUCH');
    const { counters, commands } = keyspace.report();
    assert.equal(counters.keyspace_hits_total, Number(before.counters.keyspace_hits_total) + 1);
    assert.equal(counters.keyspace_misses_total, Number(before.counters.keyspace_misses_total) + 1);
    assert.deepEqual(counters.errors_total, { ...Object(before.counters.errors_total), ERR: 4 });
    assert.deepEqual(outcomes(commands).get, { ok: 4, error: 0, rejected: 0 });
    assert.deepEqual(outcomes(commands).unknown, { ok: 0, error: 0, rejected: 2 });
  });

  test('holds whole numbers only in what is added up, and survives JSON', () => {
    const keyspace = new TestKeyspace();
    keyspace.say('SET k v\nGET k\nGET none');
    const report = keyspace.report();
    assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
    const { counters, histograms, commands } = report;
    const added = JSON.stringify([counters, histograms, commands]);
    assert.match(added, /\d/);
    assert.doesNotMatch(added, /\d\.\d|e-/);
  });
});

test('workerReport() tells connections, bytes and commands of one slot', () => {
  const { role, slot, counters, gauges, commands } = workerReport(busyCounters(), 3, 9, new ProcessProbe());
  assert.deepEqual([role, slot, commands], ['worker', 3, {}]);
  assert.equal(counters.connections_received_total, 11);
  assert.deepEqual(counters.connections_closed_total, {
    client: 1,
    idle_timeout: 0,
    slow_client: 1,
    protocol_error: 1,
    killed: 0,
    error: 0,
    shutdown: 0,
  });
  assert.deepEqual(counters.rejected_connections_total, { max_clients: 1, protected_mode: 0 });
  const { protocol_errors_total, net_input_bytes_total, net_output_bytes_total, worker_commands_total } =
    counters;
  assert.deepEqual(
    [protocol_errors_total, net_input_bytes_total, net_output_bytes_total, worker_commands_total],
    [1, 1000, 2000, 30],
  );
  const { connected_clients, client_output_buffer_bytes, client_output_buffer_max_bytes } = gauges;
  assert.deepEqual(
    [connected_clients, client_output_buffer_bytes, client_output_buffer_max_bytes],
    [9, 500, 400],
  );
});

test('soloReports() reports as a worker and as the keyspace, but the process only once', () => {
  const { engine, turns, probe } = new TestKeyspace();
  const sources = { counters: busyCounters(), connected: 9, probe, turns };
  const [worker, keyspace] = soloReports({ ...sources, instance: engine.instance, table: engine.table });
  assert.deepEqual(
    [worker?.role, worker?.slot, keyspace?.role, keyspace?.slot],
    ['worker', 0, 'keyspace', 0],
  );
  assert.deepEqual([keyspace?.pid, keyspace?.startedAt], [worker?.pid, worker?.startedAt]);
  assert.ok(worker?.gauges.heap_used_bytes);
  assert.equal(keyspace?.gauges.heap_used_bytes, undefined);
  assert.equal(keyspace?.counters.connections_received_total, undefined);
  assert.equal(keyspace?.counters.cpu_seconds_total, undefined);
  assert.equal(keyspace?.counters.keyspace_hits_total, 0);
});
