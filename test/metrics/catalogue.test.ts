import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CATALOGUE, type Family, labelNames, metricName } from '../../src/metrics/catalogue.ts';
import type { ProcessReport } from '../../src/metrics/snapshot.ts';
import { labelled } from '../../src/metrics/totals.ts';
import { busyReports } from './traffic.ts';

/** Counters of workers that INFO shows and /metrics does not. */
const FOR_INFO_ONLY: readonly string[] = [
  'socket_reads_total',
  'socket_writes_total',
  'query_buffer_limit_closes_total',
];

/** What a process may report under a name: the kind of the figure and the label values it has. */
function figuresOf({
  counters,
  gauges,
  histograms,
}: ProcessReport): Array<[name: string, type: Family['type'], labels: string[]]> {
  const labels = (value: Parameters<typeof labelled>[0]) => labelled(value).map(([label]) => label);
  return [
    ...Object.entries(counters).map(([name, value]) => [name, 'counter', labels(value)] as const),
    ...Object.entries(gauges).map(([name, value]) => [name, 'gauge', labels(value)] as const),
    ...Object.keys(histograms).map((name) => [name, 'histogram', ['']] as const),
  ].map(([name, type, values]) => [name, type, [...values]]);
}

describe('CATALOGUE', () => {
  const reports = busyReports();

  test('has every name once, in the words of Prometheus', () => {
    const names = CATALOGUE.map(metricName);
    assert.equal(new Set(names).size, names.length);
    for (const family of CATALOGUE) {
      assert.match(metricName(family), family.standard ? /^process_[a-z_]+$/ : /^corespond_[a-z_]+$/);
      assert.equal(family.type === 'counter', family.name.endsWith('_total'), family.name);
      assert.match(family.help, /^[A-Z0-9].*\.$/, family.name);
      assert.equal(new Set(labelNames(family)).size, labelNames(family).length);
      if (family.time) assert.match(family.name, /_seconds(_total)?$/);
    }
  });

  test('never tells a command and a worker apart in one family', () => {
    for (const family of CATALOGUE) {
      const names = labelNames(family);
      assert.ok(!(names.includes('cmd') || names.includes('err')) || !names.includes('worker'), family.name);
    }
  });

  test('gives histograms ascending buckets, and nothing else any', () => {
    for (const { type, buckets, name } of CATALOGUE) {
      assert.equal(buckets !== undefined, type === 'histogram', name);
      assert.deepEqual(
        [...(buckets ?? [])].sort((a, b) => a - b),
        buckets ?? [],
        name,
      );
    }
  });

  test('knows every figure that processes report, its type and its labels', () => {
    for (const report of reports) {
      for (const [name, type, values] of figuresOf(report)) {
        if (FOR_INFO_ONLY.includes(name)) continue;
        const family = CATALOGUE.find((candidate) => candidate.name === name);
        assert.ok(family, `${name} is in no catalogue`);
        assert.equal(family.type, type, name);
        assert.ok([report.role, 'process'].includes(family.scope), `${report.role} reports ${name}`);
        const [label] = family.labels;
        if (label === undefined) assert.deepEqual(values, [''], name);
        else
          assert.deepEqual(
            values.filter((value) => label.values?.includes(value) === false),
            [],
            name,
          );
      }
    }
  });

  test('has nothing that no process reports', () => {
    const reported = new Set(reports.flatMap(figuresOf).map(([name]) => name));
    const expected = CATALOGUE.filter(({ scope }) => ['worker', 'keyspace', 'process'].includes(scope));
    assert.ok(expected.length > 20);
    assert.deepEqual(
      expected.map(({ name }) => name).filter((name) => !reported.has(name)),
      [],
    );
  });
});
