import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  levelOfDelay,
  levelOfErrors,
  levelOfFailing,
  levelOfLatency,
  levelOfShare,
  levelOfUtilisation,
} from '../../src/view/levels.ts';
import type { Level } from '../../src/view/status-document.ts';
import { alertRules } from '../grafana/alert-rules.ts';

const ALERTS: ReadonlyArray<[alert: string, levelOf: (figure: number | null) => Level, level: Level]> = [
  ['CorespondClientsNearLimit', levelOfShare, 'warning'],
  ['CorespondHeapNearlyFull', levelOfShare, 'warning'],
  ['CorespondMemoryNearlyFull', levelOfShare, 'warning'],
  ['CorespondMemoryFull', levelOfShare, 'critical'],
  ['CorespondEventLoopSaturated', levelOfUtilisation, 'warning'],
  ['CorespondEventLoopStalls', levelOfDelay, 'warning'],
  ['CorespondLatencyHigh', (p99) => levelOfLatency(p99, 11), 'warning'],
  [
    'CorespondErrorRatioHigh',
    (share) => levelOfErrors(share === null ? null : share * 1000, 1000),
    'warning',
  ],
];

for (const [alert, levelOf, level] of ALERTS) {
  test(`${level} is what is beyond the bound of ${alert}`, () => {
    const { expr } = alertRules().find((rule) => rule.alert === alert) ?? assert.fail();
    const bound = Number(/ > (0\.\d+)$/m.exec(expr)?.[1]);
    assert.notEqual(levelOf(bound), level);
    assert.equal(levelOf(bound + 1e-6), level);
    assert.equal(levelOf(null), 'ok');
  });
}

test('of a few commands a p99 says nothing, and a few errors are well', () => {
  assert.equal(levelOfLatency(1, 10), 'ok');
  assert.equal(levelOfErrors(1, 1), 'ok');
  assert.equal(levelOfErrors(2, 2), 'warning');
  assert.deepEqual([levelOfLatency(1, null), levelOfErrors(null, null)], ['ok', 'ok']);
});

test('errors of a command are set apart by their share, however few its calls are', () => {
  assert.equal(levelOfFailing(0.2, 2240), 'ok');
  assert.equal(levelOfFailing(429, 2240), 'warning');
  assert.equal(levelOfFailing(0.1, 0.5), 'warning');
  assert.equal(levelOfFailing(0, 0), 'ok');
});
