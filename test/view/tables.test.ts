import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Table, tablesOf } from '../../src/view/tables.ts';
import { withPlainBlanks } from '../../src/view/unbroken.ts';
import { WELL } from './examples/fixed.ts';
import type { Scenario } from './examples/scenario.ts';
import { simulatedStatus } from './examples/simulated.ts';

const NOW = 1_700_000_000_000;

function tableOf(scenario: Scenario, id: Table['id']): Table {
  return tablesOf(simulatedStatus({ scenario, now: NOW })).find((table) => table.id === id) ?? assert.fail();
}

/** A row by the titles of its columns. */
function rowOf(table: Table, key: string): Record<string, string> {
  const { cells } = table.rows.find((row) => row.key === key) ?? assert.fail();
  return Object.fromEntries(
    table.columns.map(({ title }, i) => [title, withPlainBlanks(cells[i]?.text ?? '')]),
  );
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
    assert.equal(rowOf(tableOf('ok', 'commands'), 'unknown').command, 'unknown commands');
  });

  test('says of a p99 beyond what is told apart that it is more', () => {
    const [command] = WELL.commands;
    const process = WELL.processes.at(-1);
    const [processes, commands] = tablesOf({
      ...WELL,
      commands: [{ ...(command ?? assert.fail()), mean: 8, p99: 2.5 }],
      processes: [{ ...(process ?? assert.fail()), delayP99: 5 }],
    });
    const { mean, p99 } = rowOf(commands ?? assert.fail(), 'get');
    assert.deepEqual([mean, p99], ['8 s', '> 2.5 s']);
    assert.equal(rowOf(processes ?? assert.fail(), 'keyspace')['delay p99'], '> 5 s');
  });

  test('sets errors of a command apart by their share', () => {
    const levelOf = (errorsPerSecond: number) => {
      const row = { ...(WELL.commands[0] ?? assert.fail()), callsPerSecond: 2240, errorsPerSecond };
      return tablesOf({ ...WELL, commands: [row] })[1]?.rows[0]?.cells[4]?.level;
    };
    assert.deepEqual([0, 0.2, 429].map(levelOf), ['ok', 'ok', 'warning']);
  });

  test('says who is down, late and busy, and what nobody knows', () => {
    const down = rowOf(tableOf('critical', 'processes'), '1');
    assert.deepEqual([down.state, down['loop busy'], down.pid, down.restarts], ['down', '–', '–', '5']);
    const levels = tableOf('warning', 'processes').rows.find(({ key }) => key === '2')?.cells;
    assert.deepEqual(
      levels?.filter(({ level }) => level === 'warning').map(({ text }) => withPlainBlanks(text)),
      ['98 %', '312 ms'],
    );
  });

  test('says how long ago something was, from a minute on without seconds', () => {
    const events = tableOf('critical', 'events').rows.map(({ cells }) =>
      withPlainBlanks(cells[0]?.text ?? ''),
    );
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
