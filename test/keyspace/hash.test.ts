import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { HashFixture, textOf } from './hash-fixture.ts';

const LONG = 'x'.repeat(65);

/** Few fields, so that they meet again; values of all lengths and kinds that are kept differently. */
const field = fc.oneof(fc.constantFrom('a', 'b', '', '7', '-1', '007'), fc.string({ maxLength: 3 }));
const value = fc.oneof(
  fc.constantFrom('', '0', '-129', '2147483648', '9223372036854775807', '9223372036854775808', LONG),
  fc.string({ maxLength: 70 }),
  fc.constant('y'.repeat(5000)),
);
const step = fc.oneof(
  fc.record({ name: fc.constant('set' as const), field, value }),
  fc.record({ name: fc.constant('remove' as const), field, value: fc.constant('') }),
);

test('Hashes: do what a Map does, however large', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), fc.boolean(), (steps, large) => {
      const fixture = new HashFixture();
      const model = new Map<string, string>();
      if (large) fixture.hashes.expect(fixture.entry, 65, 65);
      for (const { name, field, value } of steps) {
        const known = model.has(field);
        if (name === 'set') assert.equal(fixture.setField(field, value), !known);
        else assert.equal(fixture.removeField(field), known);
        if (name === 'set') model.set(field, value);
        else model.delete(field);
        assert.equal(fixture.getField(field), model.get(field));
        assert.equal(fixture.hashes.count(fixture.entry), model.size);
      }
      assert.deepEqual(fixture.all().sort(), [...model].sort());
    }),
    { numRuns: 60 },
  );
});

test('Hashes: a packed one keeps its fields in the order in which they came', () => {
  const fixture = new HashFixture();
  for (const name of ['b', 'a', '3', 'c']) fixture.setField(name, `${name}!`);
  fixture.setField('a', 'longer than it was');
  fixture.removeField('b');
  fixture.setField('b', 'again');
  assert.deepEqual(fixture.all(), [
    ['a', 'longer than it was'],
    ['3', '3!'],
    ['c', 'c!'],
    ['b', 'again'],
  ]);
  assert.ok(fixture.hashes.isPacked(fixture.entry));
});

test('Hashes: a table for good from the first long value or the 513th field on', () => {
  const fixture = new HashFixture();
  for (let i = 0; i < 512; i++) fixture.setField(`f${i}`, String(i));
  assert.equal(fixture.hashes.encoding(fixture.entry), 'listpack');
  fixture.setField('one more', '');
  assert.equal(fixture.hashes.encoding(fixture.entry), 'hashtable');
  for (let i = 0; i < 512; i++) fixture.removeField(`f${i}`);
  assert.equal(fixture.hashes.encoding(fixture.entry), 'hashtable');
  assert.deepEqual(fixture.all(), [['one more', '']]);

  fixture.entry = fixture.create('other');
  fixture.setField('a', LONG.slice(1));
  assert.equal(fixture.hashes.encoding(fixture.entry), 'listpack');
  fixture.setField('b', LONG);
  assert.equal(fixture.hashes.encoding(fixture.entry), 'hashtable');
});

test('Hashes: a value of many megabytes', () => {
  const fixture = new HashFixture();
  const huge = Buffer.alloc(80 * 1024 * 1024, 'z');
  const name = Buffer.from('huge');
  fixture.hashes.set(fixture.entry, name, 0, name.length, huge, 0, huge.length);
  const view = fixture.hashes.get(fixture.entry, name, 0, name.length);
  assert.ok(view !== undefined && view.length === huge.length);
  assert.equal(huge.compare(view.bytes, view.start, view.start + view.length), 0);
  const before = fixture.usedBytes;
  fixture.setField('huge', 'small');
  assert.ok(fixture.usedBytes < before - huge.length + 64);
});

for (const [kind, fields] of [
  ['packed', 20],
  ['small table', 60],
  ['table', 3000],
] as const) {
  const filled = (): HashFixture => {
    const fixture = new HashFixture();
    if (kind !== 'packed') fixture.hashes.expect(fixture.entry, 65, 65);
    for (let i = 0; i < fields; i++) fixture.setField(`field ${i}`, `value ${i}`);
    return fixture;
  };

  test(`Hashes: a copy has its own fields (${kind})`, () => {
    const fixture = filled();
    const key = Buffer.from('copy');
    const copy = fixture.keyspace.duplicate(fixture.entry, key, 0, key.length);
    const before = fixture.all(copy);
    assert.deepEqual(before.toSorted(), fixture.all().toSorted());
    for (let i = 0; i < fields; i++) fixture.setField(`field ${i}`, 'changed');
    assert.deepEqual(fixture.all(copy), before);
  });

  test(`Hashes: nothing is left of one that is deleted (${kind})`, () => {
    const empty = new KeyspaceUse();
    const fixture = filled();
    fixture.database().remove(Buffer.from('hash'), 0, 4);
    fixture.freeAll();
    assert.equal(fixture.usedBytes, empty.usedBytes);
  });

  test(`Hashes: places of all fields, and some by chance (${kind})`, () => {
    const fixture = filled();
    const { hashes, entry, keyspace } = fixture;
    const names = new Set<string>();
    const note = (place: number) => hashes.visit(entry, place, (name) => void names.add(textOf(name)));
    hashes.places(entry).forEach(note);
    assert.equal(names.size, fields);
    names.clear();
    for (let i = 0; i < fields * 20; i++) note(hashes.randomPlace(entry, keyspace.random));
    assert.ok(names.size > fields * 0.95);
  });

  test(`Hashes: memory is told exactly from all fields, and about from some (${kind})`, () => {
    const fixture = filled();
    const empty = new KeyspaceUse();
    const own = fixture.usedBytes - empty.usedBytes - fixture.keyspace.arena.capacity(fixture.entry);
    assert.equal(fixture.hashes.externalBytes(fixture.entry, 0), own);
    const about = fixture.hashes.externalBytes(fixture.entry, 5);
    assert.ok(Math.abs(about - own) < own * 0.2);
  });
}

/** What a keyspace takes that has no keys, but had one. */
class KeyspaceUse extends HashFixture {
  constructor() {
    super();
    this.database().dropEmpty(this.entry);
  }
}
