import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { RAW, setMeta, TEXTUAL, TYPE_STRING } from '../../src/keyspace/entry.ts';
import { addInPlace } from '../../src/keyspace/string/small-integer.ts';
import { KeyspaceFixture } from './keyspace-fixture.ts';

const fixture = new KeyspaceFixture();
const { arena, strings } = fixture.keyspace;

/** Adds to the string at a key. @returns what is there afterwards, or undefined if nothing was done. */
function add(value: string, increment: number, flag = 0): string | undefined {
  fixture.set('k', value);
  const entry = fixture.peek('k');
  if (flag !== 0) setMeta(arena, entry, TYPE_STRING | flag);
  const done = addInPlace(arena, entry, strings.view(entry), increment);
  const after = fixture.content(entry);
  if (!done) assert.equal(after, value);
  return done ? after : undefined;
}

describe('addInPlace()', () => {
  test('adds whatever the sum, if it has as many digits, and else does nothing', () => {
    const numbers = fc.integer({ min: 0, max: 999_999_999 });
    const increments = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.integer(), fc.maxSafeInteger());
    const property = fc.property(numbers, increments, (number, increment) => {
      const sum = number + increment;
      const fits = sum >= 0 && String(sum).length === String(number).length;
      assert.equal(add(String(number), increment), fits ? String(sum) : undefined);
    });
    fc.assert(property, { seed: 1, numRuns: 2000 });
  });

  test('at the ends of each length', () => {
    for (const [value, increment, sum] of [
      ['0', 1, '1'],
      ['0', 9, '9'],
      ['0', 10, undefined],
      ['0', -1, undefined],
      ['9', 1, undefined],
      ['10', -1, undefined],
      ['99', 1, undefined],
      ['999999999', 1, undefined],
      ['999999998', 1, '999999999'],
      ['100000000', -1, undefined],
      ['1000000000', 1, undefined],
    ] as const)
      assert.equal(add(value, increment), sum, `${value} + ${increment}`);
  });

  test('leaves to others what is no plain integer', () => {
    for (const value of [
      '',
      '-1',
      '+1',
      '007',
      '00',
      '1.5',
      ' 1',
      '1 ',
      'a',
      '1a',
      ':1',
      '/1',
      'x'.repeat(2000),
    ]) {
      assert.equal(add(value, 1), undefined, value);
    }
    for (const flag of [RAW, TEXTUAL]) assert.equal(add('5', 1, flag), undefined);
  });
});
