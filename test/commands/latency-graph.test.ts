import assert from 'node:assert/strict';
import { test } from 'node:test';
import { latencyGraph } from '../../src/commands/server/latency-graph.ts';

test('latencyGraph() draws a column per spike, as high as it was slow, with its age below', () => {
  const samples = [
    { at: 1000, milliseconds: 10 },
    { at: 4580, milliseconds: 21 },
    { at: 4595, milliseconds: 15 },
  ];
  assert.equal(
    latencyGraph('command', { samples, max: 30 }, 4_600_000),
    [
      'command - high 21 ms, low 10 ms (all time high 30 ms)',
      '-'.repeat(80),
      ' # ',
      ' | ',
      ' |#',
      '_||',
      '',
      '125',
      'h0s',
      ' s ',
      '',
    ].join('\n'),
  );
});

test('latencyGraph() shows the last 80 spikes and draws equal ones flat', () => {
  const samples = Array.from({ length: 100 }, (_, i) => ({ at: i, milliseconds: 5 }));
  const lines = latencyGraph('event', { samples, max: 5 }, 100_000).split('\n');
  assert.equal(lines[5], '_'.repeat(80));
});
