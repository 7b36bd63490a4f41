import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readBooks } from '../../src/metrics/books.ts';
import { CATALOGUE, metricName } from '../../src/metrics/catalogue.ts';
import { Exporter } from '../../src/metrics/exporter.ts';
import { Ledger } from '../../src/metrics/ledger.ts';
import { RestartCounters } from '../../src/metrics/restart-counters.ts';
import { type Exposition, readExposition } from './exposition.ts';
import { checkMetrics, promtoolMissing } from './promtool.ts';
import { calls, report } from './reports.ts';
import { busyReports } from './traffic.ts';

const START = 1_000_000;

/** A supervisor's books with a clock that stands still until it is set. */
function supervisor(slots: number[] = [0, 1]) {
  const clock = { now: START };
  const ledger = new Ledger(START);
  const restarts = new RestartCounters();
  const now = () => clock.now;
  const exporter = new Exporter(() =>
    readBooks({ ledger, restarts, slots: () => slots, startedAt: START, now }),
  );
  const read = async (): Promise<Exposition> => readExposition(await exporter.render());
  return { clock, ledger, restarts, exporter, slots, read };
}

function busySupervisor() {
  const made = supervisor();
  for (const busy of busyReports()) made.ledger.accept(busy, START);
  made.restarts.add(0, 'crash');
  return made;
}

describe('Exporter', () => {
  test('contentType is the one that Prometheus 3 insists on', () => {
    assert.equal(supervisor().exporter.contentType, 'text/plain; version=0.0.4; charset=utf-8');
  });

  test('render() shows every family of the catalogue and no other, each with a value', async () => {
    const { types, series } = await busySupervisor().read();
    assert.deepEqual(
      [...types],
      CATALOGUE.map((family) => [metricName(family), family.type]),
    );
    for (const [name, type] of types) {
      const shown = type === 'histogram' ? `${name}_bucket` : name;
      assert.ok(
        [...series.keys()].some((key) => key.replace(/\{.*/, '') === shown),
        name,
      );
    }
  });

  test('render() satisfies promtool check metrics', { skip: promtoolMissing() }, async () => {
    assert.deepEqual(checkMetrics(await busySupervisor().exporter.render()), [0, '']);
  });

  test('render() satisfies promtool check metrics before anybody has reported', {
    skip: promtoolMissing(),
  }, async () => {
    assert.equal(checkMetrics('# HELP a_count Bad.\n# TYPE a_count counter\na_count 1\n')[0], 3);
    assert.deepEqual(checkMetrics(await supervisor().exporter.render()), [0, '']);
  });

  test('render() shows counters with known labels at 0 before anybody has reported, and no gauge of nobody', async () => {
    const { series } = await supervisor().read();
    for (const key of [
      'corespond_connections_received_total{worker="1"}',
      'corespond_connections_closed_total{worker="0",reason="slow_client"}',
      'corespond_worker_restarts_total{worker="keyspace",reason="hang"}',
      'corespond_errors_total{err="WRONGTYPE"}',
      'corespond_errors_total{err="other"}',
      'corespond_keyspace_hits_total',
      'corespond_keyspace_turn_commands_count',
      'corespond_worker_up{worker="0"}',
      'corespond_worker_up{worker="keyspace"}',
    ]) {
      assert.equal(series.get(key), 0, key);
    }
    assert.equal(series.get('corespond_workers'), 2);
    assert.equal(series.has('corespond_max_clients'), false);
    assert.equal(
      [...series.keys()].some((key) => /connected_clients|heap_used|memory_used/.test(key)),
      false,
    );
  });

  test('render() shows all outcomes of a command from its first call', async () => {
    const { ledger, read } = supervisor();
    ledger.accept(
      report({ role: 'keyspace', commands: { get: calls(1), 'client|list': calls(0, 1) } }),
      START,
    );
    const { series } = await read();
    assert.deepEqual(
      ['ok', 'error', 'rejected'].map((outcome) =>
        series.get(`corespond_commands_total{cmd="get",outcome="${outcome}"}`),
      ),
      [1, 0, 0],
    );
    assert.equal(series.get('corespond_commands_total{cmd="client|list",outcome="error"}'), 1);
    assert.equal([...series.keys()].filter((key) => key.startsWith('corespond_commands_total')).length, 6);
  });

  test('render() shows histograms cumulatively and times in seconds', async () => {
    const { ledger, read } = supervisor();
    const get = { ok: 6, error: 0, rejected: 0, microseconds: 1_500_000, buckets: [1, 2, 0, 3] };
    const histograms = {
      eventloop_delay_seconds: { sum: 2500, buckets: [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 5] },
    };
    const counters = { eventloop_seconds_total: { active: 1, idle: 2_000_001 } };
    ledger.accept(report({ role: 'keyspace', commands: { get }, counters, histograms }), START);
    const { series } = await read();
    const bucket = (le: string) =>
      series.get(`corespond_command_duration_seconds_bucket{le="${le}",cmd="get"}`);
    assert.deepEqual(
      ['0.000001', '0.000002', '0.000005', '0.00001', '2.5', '+Inf'].map(bucket),
      [1, 3, 3, 6, 6, 6],
    );
    assert.equal(series.get('corespond_command_duration_seconds_sum{cmd="get"}'), 1.5);
    assert.equal(series.get('corespond_command_duration_seconds_count{cmd="get"}'), 6);
    assert.equal(series.get('corespond_eventloop_seconds_total{worker="keyspace",state="idle"}'), 2.000001);
    const delay = (le: string) =>
      series.get(`corespond_eventloop_delay_seconds_bucket{le="${le}",worker="keyspace"}`);
    assert.deepEqual([delay('5'), delay('+Inf')], [3, 15]);
  });

  test('render() shows the counters of the dead and not their gauges', async () => {
    const { ledger, read } = busySupervisor();
    const { pid } = ledger.live('worker', 0)[0]?.report ?? {};
    const before = await read();
    assert.equal(before.series.get('corespond_connected_clients{worker="0"}'), 9);
    ledger.retire('worker', 0, pid ?? 0);
    const after = await read();
    for (const [key, value] of before.series) {
      if (key.includes('_total{worker="0"')) assert.equal(after.series.get(key), value, key);
    }
    assert.equal(after.series.get('corespond_connected_clients{worker="0"}'), undefined);
    assert.equal(after.series.get('corespond_connected_clients{worker="1"}'), 9);
    assert.equal(after.series.get('corespond_worker_up{worker="0"}'), 0);
  });

  test('render() adds the gauges of both processes of a slot, or takes the greater', async () => {
    const { ledger, read } = supervisor([0]);
    const gauges = (connected_clients: number, client_output_buffer_max_bytes: number) => ({
      connected_clients,
      client_output_buffer_max_bytes,
    });
    ledger.accept(report({ pid: 1, gauges: gauges(3, 10) }), START);
    ledger.accept(report({ pid: 2, gauges: gauges(4, 7) }), START);
    const { series } = await read();
    assert.equal(series.get('corespond_connected_clients{worker="0"}'), 7);
    assert.equal(series.get('corespond_client_output_buffer_max_bytes{worker="0"}'), 10);
  });

  test('render() takes a process that is silent for more than 3 s for down', async () => {
    const { ledger, read, clock } = supervisor([0]);
    ledger.accept(report({ startedAt: START + 500 }), START + 1000);
    clock.now = START + 4000;
    const { series } = await read();
    assert.equal(series.get('corespond_worker_up{worker="0"}'), 1);
    assert.equal(series.get('corespond_worker_start_time_seconds{worker="0"}'), 1000.5);
    assert.equal(series.get('corespond_worker_last_report_timestamp_seconds{worker="0"}'), 1001);
    clock.now = START + 4001;
    assert.equal((await read()).series.get('corespond_worker_up{worker="0"}'), 0);
  });

  test('render() keeps the counters of slots that are no longer used, without calling them down', async () => {
    const { ledger, read, slots } = supervisor([0, 1]);
    ledger.accept(report({ slot: 1, counters: { worker_commands_total: 5 } }), START);
    ledger.retire('worker', 1, 100);
    slots.pop();
    const { series } = await read();
    assert.equal(series.get('corespond_workers'), 1);
    assert.equal(series.get('corespond_worker_commands_total{worker="1"}'), 5);
    assert.equal(series.has('corespond_worker_up{worker="1"}'), false);
  });

  test('render() counts restarts by slot and reason', async () => {
    const { restarts, read } = supervisor();
    restarts.add(1, 'crash');
    restarts.add(1, 'crash');
    restarts.add(1, 'reload');
    restarts.add('keyspace', 'hang');
    const { series } = await read();
    const shown = [...series].filter(
      ([key, value]) => key.startsWith('corespond_worker_restarts_total') && value > 0,
    );
    assert.deepEqual(Object.fromEntries(shown), {
      'corespond_worker_restarts_total{worker="1",reason="crash"}': 2,
      'corespond_worker_restarts_total{worker="1",reason="reload"}': 1,
      'corespond_worker_restarts_total{worker="keyspace",reason="hang"}': 1,
    });
  });

  test('render() passes over what it does not know', async () => {
    const { ledger, read } = supervisor();
    const { types } = await read();
    ledger.accept(report({ counters: { later_total: 1 }, gauges: { later: { a: 1 } } }), START);
    const after = await read();
    assert.deepEqual([...after.types], [...types]);
    assert.equal(
      [...after.series.keys()].some((key) => key.includes('later')),
      false,
    );
  });
});
