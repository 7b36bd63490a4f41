import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Moment } from '../../src/status/moment.ts';
import { MomentHistory } from '../../src/status/moment-history.ts';
import { HISTORY_SPAN } from '../../src/view/status-document.ts';

const moment = (
  at: number,
  commands: Record<string, number> | null = {},
  more: Partial<Moment> = {},
): Moment => ({
  at,
  commands: commands === null ? null : new Map(Object.entries(commands)),
  p50: null,
  p99: null,
  clients: 1,
  errors: null,
  connections: null,
  bytesIn: 2,
  bytesOut: 3,
  utilisation: new Map(),
  ...more,
});

describe('MomentHistory', () => {
  test('keeps 15 minutes, and shows what is later than asked', () => {
    const history = new MomentHistory();
    for (let second = 1; second <= HISTORY_SPAN + 100; second++) history.add(moment(second * 1000));
    const { times, clients, interval } = history.after(0);
    assert.deepEqual([times.length, times[0], times.at(-1), interval], [900, 101_000, 1_000_000, 1]);
    assert.equal(clients.length, 900);
    assert.deepEqual(history.after(998_000).times, [999_000, 1_000_000]);
    assert.deepEqual(history.after(1_000_000).times, []);
  });

  test('the busiest commands have a column each, the rest one together', () => {
    const history = new MomentHistory();
    const rates = { a: 70, b: 60, c: 50, d: 40, e: 30, f: 20, g: 10, h: 5 };
    history.add(moment(1000, rates));
    history.add(moment(2000, { h: 1 }));
    history.add(moment(3000, null));
    assert.deepEqual(history.after(0).commandsPerSecond, {
      a: [70, 0, null],
      b: [60, 0, null],
      c: [50, 0, null],
      d: [40, 0, null],
      e: [30, 0, null],
      f: [20, 0, null],
      other: [15, 1, null],
    });
    assert.deepEqual(Object.keys(history.after(1000).commandsPerSecond), [...'abcdef', 'other']);
  });

  test('a command that nobody has called for 15 minutes has no column', () => {
    const history = new MomentHistory();
    history.add(moment(0, { old: 0.1 }, { utilisation: new Map([['7', 0.5]]) }));
    for (let second = 1; second <= HISTORY_SPAN; second++) history.add(moment(second * 1000, { now: 0.1 }));
    assert.deepEqual(Object.keys(history.after(0).commandsPerSecond), ['now']);
    assert.deepEqual(history.after(0).utilisation, {});
  });

  test('processes are in the order of their slots, the keyspace last, with gaps where they were not heard of', () => {
    const history = new MomentHistory();
    const shares = new Map([
      ['keyspace', 0.5],
      ['10', 0.1],
      ['2', 0.2],
    ]);
    history.add(moment(1000, {}, { utilisation: shares }));
    history.add(moment(2000));
    assert.deepEqual(Object.entries(history.after(0).utilisation), [
      ['2', [0.2, null]],
      ['10', [0.1, null]],
      ['keyspace', [0.5, null]],
    ]);
  });
});
