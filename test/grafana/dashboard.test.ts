import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CATALOGUE, labelNames, metricName } from '../../src/metrics/catalogue.ts';
import { alertRules } from './alert-rules.ts';
import { type Dashboard, type Panel, queriesOf } from './dashboard.ts';
import { faultsOfDashboard } from './dashboard-check.ts';
import { DASHBOARD, readJson } from './files.ts';
import { groupingLabels, selectorsOf } from './promql.ts';

/** Families that no panel shows, and why. */
const NOT_SHOWN: Readonly<Record<string, string>> = {
  corespond_eviction_enabled: 'a setting; the panel of memory has the keys that were evicted',
  process_start_time_seconds: 'the same as start_time_seconds, for dashboards about processes of any kind',
};

/** The labels of every series by the name of its metric, those that Prometheus adds included. */
const LABELS = new Map<string, readonly string[]>(
  CATALOGUE.flatMap((family): Array<readonly [string, readonly string[]]> => {
    const labels = ['job', 'instance', ...labelNames(family)];
    const own = [metricName(family), labels] as const;
    if (family.type !== 'histogram') return [own];
    const parts = ['_sum', '_count'].map((end) => [metricName(family) + end, labels] as const);
    return [...parts, [`${metricName(family)}_bucket`, [...labels, 'le']] as const];
  }),
).set('up', ['job', 'instance']);

const dashboard = readJson<Dashboard>(DASHBOARD);
const panels = queriesOf(dashboard);
const alerts = alertRules().map(({ alert, expr }) => ({ where: alert, expr, legend: '' }));

describe('grafana/dashboards/corespond.json', () => {
  test('is in order', () => assert.deepEqual(faultsOfDashboard(dashboard), []));

  test('takes the age of a report at its scrape, as one of up to 15 seconds ago is no late report', () => {
    const ages = panels.filter(({ expr }) => expr.includes('last_report_timestamp_seconds'));
    assert.ok(ages.length > 0);
    for (const { where, expr } of ages) assert.doesNotMatch(expr, /\btime\(\)/, where);
  });

  test('shows every family of the catalogue', () => {
    const shown = new Set(panels.flatMap(({ expr }) => selectorsOf(expr)).map(({ name }) => name));
    const hidden = CATALOGUE.map(metricName).filter(
      (name) => !['', '_bucket', '_sum', '_count'].some((end) => shown.has(name + end)),
    );
    assert.deepEqual(hidden, Object.keys(NOT_SHOWN));
  });

  test('and the alerts name only metrics of the catalogue, with labels that they have', () => {
    for (const { where, expr, legend } of [...panels, ...alerts]) {
      const selectors = selectorsOf(expr);
      assert.ok(selectors.length > 0, where);
      for (const { name, labels } of selectors) {
        const known = LABELS.get(name);
        assert.ok(known, `${where}: there is no ${name}`);
        assert.deepEqual(
          labels.filter((label) => !known.includes(label)),
          [],
          `${where}: labels of ${name}`,
        );
      }
      const all = new Set(selectors.flatMap(({ name }) => LABELS.get(name) ?? []));
      const shown = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
      assert.deepEqual(
        [...groupingLabels(expr), ...shown].filter((label) => !all.has(label)),
        [],
        where,
      );
    }
  });
});

describe('faultsOfDashboard()', () => {
  /** The dashboard with something else in its second panel, the first that is no row. */
  const changed = (change: Partial<Panel>) => ({
    ...dashboard,
    panels: dashboard.panels.map((panel, i) => (i === 1 ? { ...panel, ...change } : panel)),
  });
  const query = (expr: string) => changed({ targets: [{ refId: 'A', expr, legendFormat: 'x' }] });
  const CASES: ReadonlyArray<readonly [finding: RegExp, faulty: Dashboard]> = [
    [/id is that/, { ...dashboard, id: 7 }],
    [/has __inputs/, { ...dashboard, __inputs: [] }],
    [/no variable for the datasource/, { ...dashboard, templating: { list: [] } }],
    [/id 1 is used twice/, changed({ id: 1 })],
    [/no description/, changed({ description: '' })],
    [/no unit/, changed({ fieldConfig: { defaults: {} } })],
    [/datasource of its own/, changed({ datasource: { type: 'prometheus', uid: 'mine' } })],
    [/no query/, changed({ targets: [] })],
    [/lies on/, changed({ gridPos: { x: 3, y: 1, w: 3, h: 4 } })],
    [/beside the grid/, changed({ gridPos: { x: 22, y: 500, w: 3, h: 4 } })],
    [/takes all instances/, query('sum(corespond_workers{})')],
    [/does not follow/, query('rate(x_total{instance=~"$instance"}[5m])')],
    [/rate of a sum/, query('rate(sum(x_total{instance=~"$instance"})[$__rate_interval:])')],
    [/other series at each step/, query('topk(3, x{instance=~"$instance"})')],
    [/bare counter/, query('sum(x_total{instance=~"$instance"})')],
  ];
  for (const [finding, faulty] of CASES) {
    test(`finds: ${finding.source}`, () => assert.match(faultsOfDashboard(faulty).join('\n'), finding));
  }
});
