import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { viewOf } from '../../src/view/status-view.ts';
import { callsIn, Scene } from '../status/scene.ts';

const scene = new Scene();
scene.pass(1);
scene.says(0, { gauges: { connected_clients: 90 } });
scene.says('keyspace', {
  gauges: { max_clients: 100, memory_used_bytes: 512, memory_limit_bytes: 1024 },
  commands: { 'config|get': callsIn(5e-4, 8, 2) },
});
scene.silence(1);
scene.pass(10);
scene.problems = ['worker 1 is not up'];
const view = viewOf(scene.status());

/** The texts of a table, row by row. */
const textsOf = (id: string): string[][] =>
  view.tables.find((table) => table.id === id)?.rows.map(({ cells }) => cells.map(({ text }) => text)) ?? [];

describe('viewOf()', () => {
  test('says how it is, and why', () => {
    assert.deepEqual([view.level, view.headline], ['critical', 'In trouble']);
    assert.deepEqual(view.reasons[0], { level: 'critical', text: 'worker 1 is not up' });
  });

  test('shows limits as bars', () => {
    const [clients, memory, heap] = view.meters;
    assert.deepEqual([clients?.share, clients?.text, clients?.level], [0.9, '90 of 100, 90 %', 'warning']);
    assert.deepEqual([memory?.share, memory?.text, memory?.level], [0.5, '512 B of 1 KiB, 50 %', 'ok']);
    assert.deepEqual([heap?.share, heap?.text], [null, '– of –']);
  });

  test('a bar may be full where keys are evicted', () => {
    const cache = new Scene();
    const memory = { memory_used_bytes: 99, memory_limit_bytes: 100 };
    const levelOfMemory = () => viewOf(cache.status()).meters[1]?.level;
    cache.says('keyspace', { gauges: { ...memory, eviction_enabled: 0 } });
    cache.pass(1);
    assert.equal(levelOfMemory(), 'critical');
    cache.says('keyspace', { gauges: { ...memory, eviction_enabled: 1 } });
    cache.pass(1);
    assert.equal(levelOfMemory(), 'ok');
  });

  test('has a row for each process, with what is bad set apart', () => {
    const states = textsOf('processes').map(([name, state]) => [name, state]);
    assert.deepEqual(states, [
      ['worker 0', 'up'],
      ['worker 1', 'down'],
      ['keyspace', 'up'],
    ]);
    const down = view.tables[0]?.rows[1]?.cells[1];
    assert.equal(down?.level, 'critical');
  });

  test('names commands as people type them', () => {
    assert.equal(textsOf('commands')[0]?.[0], 'CONFIG GET');
  });

  test('every row has a cell for each column', () => {
    for (const { columns, rows } of view.tables) {
      for (const { cells } of rows) assert.equal(cells.length, columns.length);
    }
  });
});
