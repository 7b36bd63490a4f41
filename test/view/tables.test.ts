import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Table, tablesOf } from '../../src/view/tables.ts';
import type { Scenario } from './examples/scenario.ts';
import { simulatedStatus } from './examples/simulated.ts';

const NOW = 1_700_000_000_000;

function tableOf(scenario: Scenario, id: Table['id']): Table {
  return tablesOf(simulatedStatus({ scenario, now: NOW })).find((table) => table.id === id) ?? assert.fail();
}

/** A row by the titles of its columns. */
function rowOf(table: Table, key: string): Record<string, string> {
  const { cells } = table.rows.find((row) => row.key === key) ?? assert.fail();
  return Object.fromEntries(table.columns.map(({ title }, i) => [title, cells[i]?.text ?? '']));
}

describe('tablesOf()', () => {
  test('has as many cells in each row as there are columns, and keys that differ', () => {
    for (const scenario of ['ok', 'critical', 'unknown', 'many', 'hostile'] as const) {
      for (const { columns, rows } of tablesOf(simulatedStatus({ scenario, now: NOW }))) {
        assert.ok(rows.every(({ cells }) => cells.length === columns.length));
        assert.equal(new Set(rows.map(({ key }) => key)).size, rows.length);
      }
    }
  });

  test('names processes and commands as people do', () => {
    const processes = tableOf('ok', 'processes');
    assert.deepEqual(
      [rowOf(processes, '0').process, rowOf(processes, 'keyspace').process],
      ['worker 0', 'keyspace'],
    );
    assert.equal(rowOf(tableOf('ok', 'commands'), 'client|list').command, 'CLIENT LIST');
  });

  test('says who is down, late and busy, and what nobody knows', () => {
    const down = rowOf(tableOf('critical', 'processes'), '1');
    assert.deepEqual([down.state, down['loop busy'], down.pid, down.restarts], ['down', '–', '–', '5']);
    const levels = tableOf('warning', 'processes').rows.find(({ key }) => key === '2')?.cells;
    assert.deepEqual(
      levels?.filter(({ level }) => level === 'warning').map(({ text }) => text),
      ['98 %', '312 ms'],
    );
  });

  test('says how long ago something was, from a minute on without seconds', () => {
    const events = tableOf('critical', 'events').rows.map(({ cells }) => cells[0]?.text);
    assert.deepEqual(events.slice(0, 6), [
      '9 s ago',
      '1 min ago',
      '4 min ago',
      '9 min ago',
      '18 min ago',
      '32 min ago',
    ]);
    assert.equal(events.at(-1), '1 h 16 min ago');
  });
});
