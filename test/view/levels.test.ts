import assert from 'node:assert/strict';
import { test } from 'node:test';
import { levelOfDelay, levelOfShare, levelOfUtilisation } from '../../src/view/levels.ts';
import type { Level } from '../../src/view/status-document.ts';
import { alertRules } from '../grafana/alert-rules.ts';

const ALERTS: ReadonlyArray<[alert: string, levelOf: (figure: number | null) => Level, level: Level]> = [
  ['CorespondClientsNearLimit', levelOfShare, 'warning'],
  ['CorespondHeapNearlyFull', levelOfShare, 'warning'],
  ['CorespondMemoryNearlyFull', levelOfShare, 'warning'],
  ['CorespondMemoryFull', levelOfShare, 'critical'],
  ['CorespondEventLoopSaturated', levelOfUtilisation, 'warning'],
  ['CorespondEventLoopStalls', levelOfDelay, 'warning'],
];

for (const [alert, levelOf, level] of ALERTS) {
  test(`${levelOf.name}() is ${level} beyond the bound of ${alert}`, () => {
    const { expr } = alertRules().find((rule) => rule.alert === alert) ?? assert.fail();
    const bound = Number(/ > (0\.\d+)$/m.exec(expr)?.[1]);
    assert.notEqual(levelOf(bound), level);
    assert.equal(levelOf(bound + 1e-6), level);
    assert.equal(levelOf(null), 'ok');
  });
}
