import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Ledger } from '../../src/metrics/ledger.ts';
import type { ProcessRole } from '../../src/metrics/snapshot.ts';
import { calls, report } from './reports.ts';

const OPENED = 1_000_000;

function open(): Ledger {
  return new Ledger(OPENED);
}

describe('Ledger', () => {
  test('totals() keeps what the dead have counted and adds the living', () => {
    const ledger = open();
    ledger.accept(report({ pid: 1, counters: { a_total: 5, b_total: { x: 1 } } }), 0);
    ledger.retire('worker', 0, 1);
    assert.equal(ledger.totals('worker', 0).counter('a_total'), 5);
    ledger.accept(report({ pid: 2, counters: { a_total: 2, b_total: { x: 3, y: 4 } } }), 0);
    const totals = ledger.totals('worker', 0);
    assert.equal(totals.counter('a_total'), 7);
    assert.equal(totals.counter('b_total', 'x'), 4);
    assert.equal(totals.counter('b_total', 'y'), 4);
    assert.equal(totals.counter('c_total'), 0);
  });

  test('totals() counts both processes of a slot during a reload, live() shows the new one last', () => {
    const ledger = open();
    ledger.accept(report({ pid: 1, counters: { a_total: 5 } }), 1);
    ledger.accept(report({ pid: 2, counters: { a_total: 1 } }), 2);
    ledger.accept(report({ pid: 1, counters: { a_total: 6 } }), 3);
    assert.equal(ledger.totals('worker', 0).counter('a_total'), 7);
    assert.deepEqual(
      ledger.live('worker', 0).map(({ report: { pid }, receivedAt }) => [pid, receivedAt]),
      [
        [1, 3],
        [2, 2],
      ],
    );
  });

  test('totals() adds histograms and commands, also of releases with more or fewer buckets', () => {
    const ledger = open();
    const first = { histograms: { h: { sum: 7, buckets: [1, 2] } }, commands: { get: calls(3, 1) } };
    const second = {
      histograms: { h: { sum: 3, buckets: [1, 1, 1] } },
      commands: { get: calls(1), set: calls(2) },
    };
    ledger.accept(report({ pid: 1, ...first }), 0);
    ledger.retire('worker', 0, 1);
    ledger.accept(report({ pid: 2, ...second }), 0);
    const totals = ledger.totals('worker', 0);
    const { histograms, commands } = totals;
    assert.deepEqual(histograms.get('h'), { sum: 10, buckets: [2, 3, 1] });
    assert.deepEqual(commands.get('get'), { ok: 4, error: 1, rejected: 0, microseconds: 20, buckets: [5] });
    assert.deepEqual(commands.get('set'), calls(2));
    assert.deepEqual(totals.allCommands(), { ok: 6, error: 1, rejected: 0, microseconds: 30, buckets: [7] });
  });

  test('accept() takes a new process under an old pid for another process', () => {
    const ledger = open();
    ledger.accept(report({ pid: 1, startedAt: OPENED, counters: { a_total: 5 } }), 0);
    ledger.accept(report({ pid: 1, startedAt: OPENED + 9, counters: { a_total: 1 } }), 0);
    assert.equal(ledger.totals('worker', 0).counter('a_total'), 6);
    assert.equal(ledger.live('worker', 0).length, 1);
  });

  test('accept() counts a process once that was taken for dead and was only out of touch', () => {
    const ledger = open();
    ledger.accept(report({ counters: { a_total: 5 }, commands: { get: calls(5) } }), 0);
    ledger.retire('worker', 0, 100);
    ledger.accept(report({ counters: { a_total: 8 }, commands: { get: calls(8) } }), 0);
    const totals = ledger.totals('worker', 0);
    assert.equal(totals.counter('a_total'), 8);
    assert.deepEqual(totals.commands.get('get'), calls(8));
  });

  test('accept() counts of a process that is older than the ledger only what it does from now on', () => {
    const ledger = open();
    const older = { startedAt: OPENED - 1 };
    ledger.accept(report({ ...older, counters: { a_total: 500 } }), 0);
    assert.equal(ledger.totals('worker', 0).counter('a_total'), 0);
    ledger.accept(report({ ...older, counters: { a_total: 503 } }), 0);
    ledger.retire('worker', 0, 100);
    assert.equal(ledger.totals('worker', 0).counter('a_total'), 3);
  });

  test('update() takes newer figures of a process, whose counters stay when it is gone, and nothing of a stranger', () => {
    const ledger = open();
    const known = report({ counters: { a_total: 5, b_total: { x: 1 }, c_total: 3 }, gauges: { g: 1, h: 1 } });
    const stranger = { counters: { a_total: 100 }, gauges: { g: 100 } };
    ledger.update(known, stranger);
    assert.deepEqual(ledger.slots('worker'), []);
    ledger.accept(known, 7);
    ledger.update(known, { counters: { a_total: 9, b_total: { x: 2 } }, gauges: { g: 2 } });
    ledger.update({ ...known, pid: 101 }, stranger);
    ledger.update({ ...known, startedAt: OPENED - 1 }, stranger);
    const [latest] = ledger.live('worker', 0);
    assert.deepEqual([latest?.receivedAt, latest?.report.gauges], [7, { g: 2, h: 1 }]);
    ledger.retire('worker', 0, 100);
    ledger.update(known, stranger);
    const totals = ledger.totals('worker', 0);
    assert.deepEqual(
      [totals.counter('a_total'), totals.counter('b_total', 'x'), totals.counter('c_total')],
      [9, 2, 3],
    );
  });

  test('counter() adds up all slots of a role, those who are gone included', () => {
    const ledger = open();
    ledger.accept(report({ pid: 1, counters: { a_total: 1, b_total: { x: 10, y: 100 } } }), 0);
    ledger.retire('worker', 0, 1);
    ledger.accept(report({ pid: 2, slot: 1, counters: { a_total: 2, b_total: { x: 20 } } }), 0);
    ledger.accept(report({ pid: 3, role: 'keyspace', counters: { a_total: 4 } }), 0);
    assert.equal(ledger.counter('worker', 'a_total'), 3);
    assert.equal(ledger.counter('worker', 'a_total', 'x'), 0);
    assert.equal(ledger.counter('worker', 'b_total', 'x'), 30);
    assert.equal(ledger.counter('worker', 'b_total', 'y'), 100);
    assert.equal(ledger.counter('worker', 'b_total'), 0);
  });

  test('slots() lists those that were ever heard of; nobody else has totals or lives', () => {
    const ledger = open();
    ledger.accept(report({ slot: 10 }), 0);
    ledger.accept(report({ slot: 2 }), 0);
    ledger.accept(report({ role: 'keyspace' }), 0);
    ledger.retire('worker', 10, 100);
    ledger.retire('worker', 7, 100);
    assert.deepEqual(ledger.slots('worker'), [2, 10]);
    assert.deepEqual(ledger.live('worker', 10), []);
    assert.equal(ledger.totals('worker', 7).counters.size, 0);
    assert.deepEqual(ledger.slots('keyspace'), [0]);
  });
});

/** One thing that happens to one of a few processes. */
type Event =
  | { kind: 'count'; which: number; label: 'x' | 'y'; count: number }
  | { kind: 'report'; which: number }
  | { kind: 'die'; which: number }
  | { kind: 'lose touch'; which: number };

const PLACES: ReadonlyArray<readonly [ProcessRole, number]> = [
  ['worker', 0],
  ['worker', 1],
  ['keyspace', 0],
];

const which = fc.nat(5);
const events: fc.Arbitrary<Event[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('count' as const),
      which,
      label: fc.constantFrom('x' as const, 'y' as const),
      count: fc.nat(2 ** 40),
    }),
    fc.record({ kind: fc.constant('report' as const), which }),
    fc.record({ kind: fc.constant('die' as const), which }),
    fc.record({ kind: fc.constant('lose touch' as const), which }),
  ),
  { maxLength: 200 },
);

/** Two processes per place, as during a reload; who dies is succeeded by another of a new pid or of the same. */
class Model {
  #born = 0;
  readonly #ledger = open();
  readonly #current = Array.from({ length: 6 }, (_, i) => this.#spawn(i, i));
  /** What every process that ever was has last reported. */
  readonly #reported = new Map<string, { place: number; counts: Record<string, number> }>();

  #spawn(i: number, pid: number) {
    this.#born++;
    return { place: i % PLACES.length, pid, startedAt: OPENED + this.#born, counts: { x: 0, y: 0 } };
  }

  apply(event: Event): void {
    const process = this.#current[event.which]!;
    const [role, slot] = PLACES[process.place]!;
    const { pid, startedAt } = process;
    if (event.kind === 'count') process.counts[event.label] += event.count;
    if (event.kind === 'report') {
      const counts = { ...process.counts };
      const figures = {
        ok: counts.x,
        error: counts.y,
        rejected: 0,
        microseconds: counts.y,
        buckets: [counts.x],
      };
      const histograms = { h: { sum: counts.x, buckets: [counts.y, counts.x] } };
      const counters = { a_total: counts };
      this.#ledger.accept(
        report({ role, slot, pid, startedAt, counters, histograms, commands: { get: figures } }),
        0,
      );
      this.#reported.set(`${pid} ${startedAt}`, { place: process.place, counts });
    }
    if (event.kind === 'die' || event.kind === 'lose touch') this.#ledger.retire(role, slot, pid);
    if (event.kind === 'die') {
      const samePid = this.#born % 2 === 0;
      this.#current[event.which] = this.#spawn(event.which, samePid ? pid : 100 + this.#born);
    }
  }

  /** What the ledger says, and what it should say. */
  figures(place: number) {
    const [role, slot] = PLACES[place]!;
    const totals = this.#ledger.totals(role, slot);
    const expected = { x: 0, y: 0 };
    for (const { place: at, counts } of this.#reported.values()) {
      if (at !== place) continue;
      expected.x += counts.x ?? 0;
      expected.y += counts.y ?? 0;
    }
    const actual = { x: totals.counter('a_total', 'x'), y: totals.counter('a_total', 'y') };
    return { actual, expected, histogram: totals.histograms.get('h'), command: totals.commands.get('get') };
  }
}

test('Ledger totals never fall and equal the sum of the last reports, whatever happens', () => {
  fc.assert(
    fc.property(events, (all) => {
      const model = new Model();
      const before = PLACES.map(() => ({ x: 0, y: 0 }));
      for (const event of all) {
        model.apply(event);
        PLACES.forEach((_, place) => {
          const { actual, expected, histogram, command } = model.figures(place);
          assert.deepEqual(actual, expected);
          assert.ok(actual.x >= before[place]!.x && actual.y >= before[place]!.y, 'a total has fallen');
          before[place] = actual;
          if (histogram !== undefined) {
            assert.deepEqual(histogram, { sum: expected.x, buckets: [expected.y, expected.x] });
            const { x, y } = expected;
            assert.deepEqual(command, { ok: x, error: y, rejected: 0, microseconds: y, buckets: [x] });
          }
        });
      }
    }),
    { seed: 20260131, numRuns: 300 },
  );
});
