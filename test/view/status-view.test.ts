import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { StatusDocument } from '../../src/view/status-document.ts';
import { viewOf } from '../../src/view/status-view.ts';
import { unbroken } from '../../src/view/unbroken.ts';
import { callsIn, Scene } from '../status/scene.ts';
import { IN_TROUBLE, WELL } from './examples/fixed.ts';
import { simulatedStatus } from './examples/simulated.ts';

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
    assert.deepEqual(
      [clients?.share, clients?.text, clients?.level],
      [0.9, unbroken('90 of 100, 90 %'), 'warning'],
    );
    assert.deepEqual(
      [memory?.share, memory?.text, memory?.level],
      [0.5, unbroken('512 B of 1 KiB, 50 %'), 'ok'],
    );
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

  test('tells how far beyond its limit something is, with a bar that is full', () => {
    const [, memory] = viewOf({ ...WELL, memory: { ...WELL.memory, used: 9, limit: 6 } }).meters;
    assert.deepEqual([memory?.share, memory?.text], [1, unbroken('9 B of 6 B, 150 %')]);
  });

  test('sets figures apart of which the verdict speaks', () => {
    const traffic = { ...WELL.traffic, commandsPerSecond: 5000, errorsPerSecond: 900, p99: 0.051 };
    const levels = (document: StatusDocument) =>
      viewOf(document)
        .figures.filter(({ level }) => level !== 'ok')
        .map(({ label, level }) => [label, level]);
    assert.deepEqual(levels({ ...WELL, traffic }), [
      ['latency p99', 'warning'],
      ['errors', 'warning'],
    ]);
    assert.deepEqual(levels(WELL), []);
    const workers = viewOf(IN_TROUBLE).about.find(({ label }) => label === 'workers');
    assert.deepEqual([workers?.value, workers?.level], ['15 of 16', 'critical']);
  });

  test('has the traffic in and out among its figures', () => {
    const figures = viewOf(WELL).figures.map(({ label, value }) => `${label} ${value}`);
    assert.ok(figures.includes(unbroken('in 977 KiB/s')), figures.join());
    assert.ok(figures.includes(unbroken('out 1.91 MiB/s')), figures.join());
  });

  test('shows a dash where nobody knows', () => {
    const unknown = viewOf(simulatedStatus({ scenario: 'unknown', now: 1_700_000_000_000 }));
    assert.deepEqual([...new Set(unknown.figures.map(({ value }) => value))], ['–']);
    assert.deepEqual([...new Set(unknown.meters.map(({ text }) => text))], ['– of –']);
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
