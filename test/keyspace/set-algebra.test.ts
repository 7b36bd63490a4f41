import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { intersect, subtract, unite } from '../../src/keyspace/set/set-algebra.ts';
import { SetFixture } from './set-fixture.ts';

const members = fc.uniqueArray(
  fc.oneof(
    fc.integer({ min: 0, max: 12 }).map(String),
    fc.constantFrom('a', 'b', 'c', '70000', '-3000000000'),
  ),
  { maxLength: 12 },
);
/** Sets, some of them missing, some large. */
const several = fc.array(
  fc.oneof(
    fc.constant(undefined),
    members,
    members.map((some) => [...some, ...Array.from({ length: 140 }, (_, i) => `m${i}`)]),
  ),
  { minLength: 1, maxLength: 4 },
);

const inOrder = (texts: Iterable<string>) => [...texts].sort();

test('intersect, unite and subtract: as with Sets', () => {
  const fixture = new SetFixture();
  const { sets } = fixture;
  fc.assert(
    fc.property(several, (given) => {
      const before = fixture.usedBytes;
      const models = given.map((some) => new Set(some));
      const sources = given.map((some) =>
        some === undefined || some.length === 0 ? 0 : fixture.create(...some),
      );
      const [first = new Set<string>(), ...others] = models;
      const all = models.flatMap((model) => [...model]);

      const common: string[] = [];
      intersect(sets, sources, ({ bytes, start, length }) => {
        common.push(Buffer.from(bytes.subarray(start, start + length)).toString());
        return true;
      });
      assert.deepEqual(
        inOrder(common),
        inOrder([...first].filter((text) => others.every((other) => other.has(text)))),
      );

      const union = fixture.create();
      unite(sets, sources, union);
      assert.deepEqual(inOrder(fixture.members(union)), inOrder(new Set(all)));

      const difference = fixture.create();
      subtract(sets, sources, difference);
      assert.deepEqual(
        inOrder(fixture.members(difference)),
        inOrder([...first].filter((text) => !others.some((other) => other.has(text)))),
      );
      fixture.release(union, difference, ...sources.filter((source) => source !== 0));
      assert.equal(fixture.usedBytes, before);
    }),
    { numRuns: 300 },
  );
});

test('intersect: stops when it is told to', () => {
  const fixture = new SetFixture();
  const entry = fixture.create('1', '2', '3');
  let seen = 0;
  intersect(fixture.sets, [entry, entry], () => ++seen < 2);
  assert.equal(seen, 2);
});

test('subtract: a set from itself leaves nothing', () => {
  const fixture = new SetFixture();
  const entry = fixture.create('1', 'a');
  const result = fixture.create();
  subtract(fixture.sets, [entry, 0, entry], result);
  assert.equal(fixture.sets.count(result), 0);
});
