import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CountedFigures, Statistics } from '../../src/instance/statistics.ts';
import { noTraffic } from '../../src/instance/traffic.ts';
import { CommandCounters } from '../../src/metrics/counters.ts';

const keyspace = {
  hits: 0,
  misses: 0,
  expired: 0,
  expiredFields: 0,
  evicted: 0,
  expiryTimeCapReached: 0,
  expiryMilliseconds: 0,
  changes: 0,
};

class Books {
  readonly keyspace = { ...keyspace };
  readonly traffic = noTraffic();
  readonly commands = new CommandCounters(2);
  readonly errors = new Map([['ERR', 0]]);
  readonly statistics = new Statistics(() => this.#read());

  #read(): CountedFigures {
    return {
      keyspace: { ...this.keyspace },
      traffic: { ...this.traffic },
      commands: [this.commands.figures(0), this.commands.figures(1)],
      errors: new Map(this.errors),
    };
  }
}

test('Statistics.figures is all that was counted while nothing was reset', () => {
  const books = new Books();
  books.keyspace.hits = 3;
  books.commands.record(0, 2, 10);
  assert.equal(books.statistics.figures.keyspace.hits, 3);
  assert.deepEqual(books.statistics.figures.commands, [books.commands.figures(0), undefined]);
});

test('Statistics.reset() lets every figure start from zero and leaves the counters as they are', () => {
  const books = new Books();
  Object.assign(books.keyspace, { hits: 3, misses: 2, expired: 1, evicted: 4, changes: 9 });
  Object.assign(books.traffic, {
    received: 5,
    rejected: 1,
    bytesIn: 100,
    bytesOut: 200,
    reads: 7,
    writes: 8,
  });
  books.commands.record(0, 4, 100);
  books.commands.fail(0);
  books.commands.reject(1);
  books.errors.set('ERR', 2);
  books.statistics.reset();
  const { figures } = books.statistics;
  assert.deepEqual(figures.keyspace, { ...keyspace, changes: 9 });
  assert.deepEqual(figures.traffic, noTraffic());
  assert.deepEqual(figures.commands, [undefined, undefined]);
  assert.deepEqual([...figures.errors], [['ERR', 0]]);
  assert.equal(books.commands.total, 4);
});

test('Statistics.figures counts what came after the reset', () => {
  const books = new Books();
  books.commands.record(0, 4, 100);
  books.keyspace.misses = 2;
  books.statistics.reset();
  books.commands.record(0, 1, 7);
  books.commands.fail(0);
  books.keyspace.misses = 5;
  books.errors.set('ERR', 1);
  const { figures } = books.statistics;
  const [first] = figures.commands;
  assert.equal(figures.keyspace.misses, 3);
  assert.deepEqual([first?.ok, first?.error, first?.microseconds], [0, 1, 7]);
  assert.equal(
    first?.buckets.reduce((sum, count) => sum + count, 0),
    1,
  );
  assert.equal(figures.errors.get('ERR'), 1);
});
