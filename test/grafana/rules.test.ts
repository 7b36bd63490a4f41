import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { promtoolMissing } from '../metrics/promtool.ts';
import { alertCases, alertRules, untested } from './alert-rules.ts';
import { PROMETHEUS_CONFIG, RULE_TESTS, RULES } from './files.ts';
import { comparedIn } from './promql.ts';

const SEVERITIES = ['critical', 'warning', 'info'];
/** Alerts that compare instances, and so are about none of them. */
const OF_NO_INSTANCE = ['CorespondVersionsDiffer'];

describe('grafana/prometheus/rules', () => {
  const rules = alertRules();

  test('say how bad it is, what it is, and where to read on', () => {
    for (const { alert, labels, annotations } of rules) {
      assert.match(alert, /^Corespond[A-Z]\w+$/);
      assert.ok(SEVERITIES.includes(labels.severity ?? ''), alert);
      const { summary, description, runbook_url } = annotations;
      assert.match(
        summary ?? '',
        OF_NO_INSTANCE.includes(alert) ? /\$labels\.job/ : /\$labels\.instance/,
        alert,
      );
      assert.ok(description, alert);
      assert.equal(runbook_url, `docs/operations.md#${alert.toLowerCase()}`);
    }
    assert.equal(new Set(rules.map(({ alert }) => alert)).size, rules.length);
  });

  test('keep job and instance', () => {
    for (const { alert, expr } of rules.filter(({ alert }) => !OF_NO_INSTANCE.includes(alert))) {
      for (const [, labels = ''] of expr.matchAll(/\b(?:by|on) \(([^)]*)\)/g))
        assert.match(labels, /^job, instance\b/, alert);
    }
  });

  test('are all seen to fire and to stay silent', () => {
    assert.deepEqual(untested(rules, alertCases()), []);
  });

  for (const args of [
    ['test', 'rules', ...RULE_TESTS],
    ['check', 'rules', RULES],
    ['check', 'config', PROMETHEUS_CONFIG],
  ]) {
    test(`promtool ${args.slice(0, 2).join(' ')}`, { skip: promtoolMissing() ?? false }, () => {
      const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' });
      assert.equal(status, 0, stdout + stderr);
    });
  }
});

test('untested() names the alerts that lack a case, and the cases that lack an alert', () => {
  const rule = (alert: string) => ({ alert, expr: '', labels: {}, annotations: {} });
  const at = (alertname: string, ...exp_alerts: object[]) => ({ alertname, eval_time: '1m', exp_alerts });
  assert.deepEqual(untested([rule('A'), rule('B')], [at('A', {}), at('B'), at('C')]), [
    'B is never seen to fire',
    'A is never seen to be silent',
    'there is no C',
  ]);
});

test('comparedIn() takes the comparisons off', () => {
  assert.deepEqual(comparedIn('up{job="x"} == 0'), ['up{job="x"}']);
  assert.deepEqual(comparedIn('(a > 0) / b > 1e-9\nand on (job) c == 0\n'), ['(a > 0) / b', 'c']);
  assert.deepEqual(comparedIn('max(a and b) > 2'), ['max(a and b)']);
});
