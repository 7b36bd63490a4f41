import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noTraffic } from '../../src/instance/traffic.ts';
import { trafficIn } from '../../src/metrics/instance-traffic.ts';
import { Ledger } from '../../src/metrics/ledger.ts';
import { ProcessProbe } from '../../src/metrics/process-probe.ts';
import { workerReport } from '../../src/metrics/worker-report.ts';
import { busyCounters } from './traffic.ts';

test('trafficIn() is what the counters of all workers say themselves, of those who are gone, too', () => {
  const ledger = new Ledger(0);
  assert.deepEqual(trafficIn(ledger), noTraffic());
  const counters = busyCounters();
  const probe = new ProcessProbe();
  const reports = [0, 1].map((slot) => workerReport(counters, slot, 9, probe));
  for (const report of reports) ledger.accept(report, 0);
  ledger.retire('worker', 0, process.pid);
  const { cpuUser, cpuSystem, ...traffic } = trafficIn(ledger);
  const { cpuUser: _user, cpuSystem: _system, ...own } = counters.traffic;
  assert.deepEqual(
    traffic,
    Object.fromEntries(Object.entries(own).map(([name, value]) => [name, 2 * value])),
  );
  const cpu = reports.map(({ counters }) => counters.cpu_seconds_total as Record<string, number>);
  assert.equal(cpuUser, cpu[0]!.user! + cpu[1]!.user!);
  assert.equal(cpuSystem, cpu[0]!.system! + cpu[1]!.system!);
});
