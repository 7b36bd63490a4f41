import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Moment } from '../../src/status/moment.ts';
import { Moments } from '../../src/status/moments.ts';
import { HISTORY_SPAN } from '../../src/view/status-document.ts';

const moment = (at: number, commands: Record<string, number> = {}, more: Partial<Moment> = {}): Moment => ({
  at,
  commands: new Map(Object.entries(commands)),
  p50: null,
  p99: null,
  clients: 1,
  bytesIn: 2,
  bytesOut: 3,
  utilisation: new Map(),
  ...more,
});

describe('Moments', () => {
  test('keeps 15 minutes, and shows what is later than asked', () => {
    const moments = new Moments();
    for (let second = 1; second <= HISTORY_SPAN + 100; second++) moments.add(moment(second * 1000));
    const { times, clients, interval } = moments.history(0);
    assert.deepEqual([times.length, times[0], times.at(-1), interval], [900, 101_000, 1_000_000, 1]);
    assert.equal(clients.length, 900);
    assert.deepEqual(moments.history(998_000).times, [999_000, 1_000_000]);
    assert.deepEqual(moments.history(1_000_000).times, []);
  });

  test('the busiest commands have a column each, the rest one together', () => {
    const moments = new Moments();
    const rates = { a: 70, b: 60, c: 50, d: 40, e: 30, f: 20, g: 10, h: 5 };
    moments.add(moment(1000, rates));
    moments.add(moment(2000, { h: 1 }));
    assert.deepEqual(moments.history(0).commandsPerSecond, {
      a: [70, 0],
      b: [60, 0],
      c: [50, 0],
      d: [40, 0],
      e: [30, 0],
      f: [20, 0],
      other: [15, 1],
    });
    assert.deepEqual(Object.keys(moments.history(1000).commandsPerSecond), [...'abcdef', 'other']);
  });

  test('a command that nobody has called for 15 minutes has no column', () => {
    const moments = new Moments();
    moments.add(moment(0, { old: 0.1 }, { utilisation: new Map([['7', 0.5]]) }));
    for (let second = 1; second <= HISTORY_SPAN; second++) moments.add(moment(second * 1000, { now: 0.1 }));
    assert.deepEqual(Object.keys(moments.history(0).commandsPerSecond), ['now']);
    assert.deepEqual(moments.history(0).utilisation, {});
  });

  test('processes are in the order of their slots, the keyspace last, with gaps where they were not heard of', () => {
    const moments = new Moments();
    const shares = new Map([
      ['keyspace', 0.5],
      ['10', 0.1],
      ['2', 0.2],
    ]);
    moments.add(moment(1000, {}, { utilisation: shares }));
    moments.add(moment(2000));
    assert.deepEqual(Object.entries(moments.history(0).utilisation), [
      ['2', [0.2, null]],
      ['10', [0.1, null]],
      ['keyspace', [0.5, null]],
    ]);
  });
});
