import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Line, Looks, stacked } from '../../src/page/browser/line.ts';
import { summaryOf } from '../../src/page/browser/summary.ts';

const line = (name: string, ...values: Array<number | null>): Line => ({
  name,
  colour: '1',
  dash: [],
  strong: false,
  values,
});

test('stacked() puts each line on those before it, and is null only where all are', () => {
  const values = [
    [1, null, null],
    [2, 3, null],
    [4, 5, null],
  ];
  assert.deepEqual(stacked(values), [
    [1, null, null],
    [3, 3, null],
    [7, 8, null],
  ]);
});

describe('Looks', () => {
  test('keeps the look of a name while others come and go', () => {
    const looks = new Looks();
    const [, second] = looks.of(['a', 'b', 'c']);
    assert.deepEqual(looks.of(['x', 'b'])[1], second);
  });

  test('makes as many lines as there are workers tell apart', () => {
    const names = [...Array.from({ length: 16 }, (_, i) => `worker ${i}`), 'keyspace'];
    const seen = new Set(new Looks().of(names).map((look) => JSON.stringify(look)));
    assert.equal(seen.size, names.length);
  });

  test('gives what stands apart a colour that no other has', () => {
    const [other, ...rest] = new Looks().of(['other', 'a', 'b']);
    assert.equal(other?.colour, 'other');
    assert.deepEqual(
      rest.map(({ colour }) => colour),
      ['1', '2'],
    );
    const [keyspace, worker] = new Looks().of(['keyspace', 'worker 1']);
    assert.notEqual(keyspace?.colour, worker?.colour);
  });
});

describe('summaryOf()', () => {
  const format = (value: number | null) => (value === null ? '–' : String(value));

  test('says what a line is now and was', () => {
    const summary = summaryOf(
      'Clients, the last 15 minutes',
      [line('connected', 3, null, 9, 5), line('gone', null)],
      format,
    );
    assert.equal(summary, 'Clients, the last 15 minutes: connected 5 now, between 3 and 9; gone unknown');
  });

  test('is short about many lines', () => {
    const many = [1, 5, 2, 4, 3, 6].map((value) => line(`w${value}`, value));
    assert.match(
      summaryOf('Loops', many, format),
      /: w6 6 now.*; w5.*; w4.*; w3 3 now, between 3 and 3; and 2 more$/,
    );
  });
});
