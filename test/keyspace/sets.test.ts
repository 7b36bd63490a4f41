import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { INTEGERS, PACKED, TABLE } from '../../src/keyspace/set/set-form.ts';
import { SetFixture } from './set-fixture.ts';

const integer = fc.oneof(
  fc.integer({ min: -20, max: 20 }).map(String),
  fc.constantFrom('40000', '-40000', '3000000000', '-9223372036854775808', '9223372036854775807'),
);
const member = fc.oneof(
  { weight: 3, arbitrary: integer },
  fc.constantFrom(
    '',
    'a',
    'b',
    '-0',
    '01',
    '9223372036854775808',
    'l'.repeat(64),
    'm'.repeat(65),
    '\x00\xff',
  ),
  fc.integer({ min: 0, max: 30 }).map((n) => `member:${n}`),
);
const steps = (members: fc.Arbitrary<string>) =>
  fc.array(fc.tuple(fc.constantFrom('add', 'add', 'remove', 'pop'), members), { maxLength: 80 });

const limits = [
  {},
  { setMaxIntsetEntries: 4 },
  { setMaxIntsetEntries: 4, setMaxListpackEntries: 8 },
  { setMaxListpackEntries: 0 },
  { setMaxIntsetEntries: 0, setMaxListpackValue: 5 },
] as const;

const isInteger = (text: string): boolean =>
  /^(0|-?[1-9]\d*)$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);

for (const settings of limits) {
  for (const [kind, members] of [
    ['integers', integer],
    ['anything', member],
  ] as const) {
    test(`Sets: of ${kind}, as a Set, with ${JSON.stringify(settings)}`, () => {
      const fixture = new SetFixture(settings);
      const most = { setMaxIntsetEntries: 512, ...settings }.setMaxIntsetEntries;
      fc.assert(
        fc.property(steps(members), (script) => {
          const before = fixture.usedBytes;
          const model = new Set<string>();
          const entry = fixture.create();
          let onlyIntegers = true;
          for (const [step, text] of script) {
            if (step === 'add') {
              assert.equal(fixture.add(entry, text), !model.has(text));
              model.add(text);
              onlyIntegers &&= isInteger(text) && model.size <= most;
            } else if (step === 'remove') {
              assert.equal(fixture.remove(entry, text), model.delete(text));
            } else if (model.size > 0) {
              const popped = fixture.pick(entry);
              fixture.sets.removePicked(entry);
              assert.ok(model.delete(popped));
            }
            assert.equal(fixture.has(entry, text), model.has(text));
            assert.equal(fixture.sets.count(entry), model.size);
          }
          assert.deepEqual(fixture.members(entry).sort(), [...model].sort());
          assert.equal(fixture.sets.encoding(entry), onlyIntegers ? 'intset' : 'hashtable');
          fixture.release(entry);
          assert.equal(fixture.usedBytes, before);
        }),
        { numRuns: 60 },
      );
    });
  }
}

test('Sets: of integers, the walk is in ascending order', () => {
  const fixture = new SetFixture();
  const entry = fixture.create('70000', '5', '-1', '9007199254740993', '-9007199254740993');
  assert.deepEqual(fixture.members(entry), ['-9007199254740993', '-1', '5', '70000', '9007199254740993']);
});

test('Sets: the form follows the limits, and never goes back', () => {
  const fixture = new SetFixture({
    setMaxIntsetEntries: 3,
    setMaxListpackEntries: 5,
    setMaxListpackValue: 4,
  });
  const { sets } = fixture;
  const entry = fixture.create('1', '2', '3');
  assert.equal(sets.form(entry), INTEGERS);
  fixture.add(entry, '4');
  assert.equal(sets.form(entry), PACKED);
  fixture.add(entry, 'five');
  fixture.add(entry, 'five');
  assert.equal(sets.form(entry), PACKED);
  fixture.add(entry, 'six');
  assert.equal(sets.form(entry), TABLE);
  for (const text of ['six', 'five', '4', '3', '2']) fixture.remove(entry, text);
  assert.equal(sets.form(entry), TABLE);
  assert.equal(sets.form(fixture.create('1', 'longer')), TABLE);
  assert.equal(sets.form(fixture.create('a', 'longer')), TABLE);
  assert.equal(sets.form(fixture.create('a', '1')), PACKED);
});

test('Sets.unshare: a copy of any form has a life of its own', () => {
  for (const members of [['1', '2'], ['a', '2'], Array.from({ length: 300 }, (_, i) => `member:${i}`)]) {
    const fixture = new SetFixture();
    const before = fixture.usedBytes;
    const entry = fixture.create(...members);
    const copy = fixture.keyspace.duplicate(entry, Buffer.from('copy'), 0, 4);
    fixture.remove(entry, members[0]!);
    fixture.add(copy, 'new');
    assert.deepEqual(fixture.members(copy).sort(), [...members, 'new'].sort());
    assert.deepEqual(fixture.members(entry).sort(), members.slice(1).sort());
    fixture.release(entry, copy);
    assert.equal(fixture.usedBytes, before);
  }
});

test('Sets.pick: every member about as often, in every form', () => {
  const names = Array.from({ length: 20 }, (_, i) => i);
  const picks = 20_000;
  for (const [prefix, settings] of [
    ['', {}],
    ['m', {}],
    ['m', { setMaxListpackEntries: 0 }],
  ] as const) {
    const fixture = new SetFixture(settings);
    const entry = fixture.create(...names.map((n) => `${prefix}${n}`));
    const counts = new Map<string, number>();
    for (let i = 0; i < picks; i++) {
      const picked = fixture.pick(entry);
      counts.set(picked, (counts.get(picked) ?? 0) + 1);
    }
    assert.equal(counts.size, names.length);
    const mean = picks / names.length;
    const deviation = [...counts.values()].reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
    // Chi-squared with 19 degrees of freedom: beyond 44 once in a thousand.
    assert.ok(deviation < 44, `${prefix} ${JSON.stringify(settings)}: ${deviation}`);
  }
});

test('Sets.externalBytes: what the arena holds, exactly or by samples', () => {
  for (const members of [
    ['1', '2', '70000'],
    ['a', '2'],
    Array.from({ length: 1000 }, (_, i) => `member:${i}`),
  ]) {
    const fixture = new SetFixture();
    const entry = fixture.create();
    const before = fixture.usedBytes;
    for (const text of members) fixture.add(entry, text);
    const bytes = fixture.sets.externalBytes(entry, 0);
    assert.equal(bytes, fixture.usedBytes - before);
    assert.ok(Math.abs(fixture.sets.externalBytes(entry, 5) / bytes - 1) < 0.1);
  }
});

test('Sets.release: a large set is freed in slices', () => {
  const fixture = new SetFixture();
  const before = fixture.usedBytes;
  const entry = fixture.create(...Array.from({ length: 5000 }, (_, i) => `member:${i}`));
  const full = fixture.usedBytes;
  fixture.keyspace.release(entry);
  assert.equal(fixture.keyspace.lazyFree.pending, 1);
  assert.ok(fixture.usedBytes > full / 2);
  let slices = 0;
  do slices++;
  while (fixture.keyspace.lazyFree.runSlice());
  assert.ok(slices > 10);
  assert.equal(fixture.usedBytes, before);
  assert.equal(fixture.keyspace.lazyFree.freed, 1);
});
