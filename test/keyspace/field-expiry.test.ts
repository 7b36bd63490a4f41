import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FieldExpiry } from '../../src/keyspace/hash/field-expiry.ts';
import { moveKey, renameKey } from '../../src/keyspace/key-moves.ts';
import { HashFixture } from './hash-fixture.ts';

const SECOND = 1000;

/** A clock that goes on by a millisecond whenever it is read. */
const ticking = () => {
  let time = 0;
  return () => time++;
};

const runAll = (fixture: HashFixture): boolean =>
  new FieldExpiry(fixture.keyspace).run(() => 0, Number.POSITIVE_INFINITY);

const field = fc.constantFrom('a', 'b', 'c', '1', '2', '');
const step = fc.oneof(
  fc.record({ name: fc.constant('set' as const), field, number: fc.nat(300) }),
  fc.record({ name: fc.constant('count' as const), field, number: fc.nat(300) }),
  fc.record({ name: fc.constant('remove' as const), field, number: fc.constant(0) }),
  fc.record({ name: fc.constant('expire' as const), field, number: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ name: fc.constant('persist' as const), field, number: fc.constant(0) }),
  fc.record({ name: fc.constant('wait' as const), field, number: fc.nat(2) }),
  fc.record({ name: fc.constant('cycle' as const), field, number: fc.constant(0) }),
  fc.record({ name: fc.constant('convert' as const), field, number: fc.constant(0) }),
);

/** What a hash should hold: values and expiries. */
class Model {
  readonly fields = new Map<string, { value: string; expiry: number }>();

  drop(now: number): void {
    for (const [name, { expiry }] of this.fields) {
      if (expiry !== 0 && expiry <= now) this.fields.delete(name);
    }
  }
}

test('Hashes: fields that expire do what they should, packed or not, with the cycle or without', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const fixture = new HashFixture();
      const model = new Model();
      fixture.setField('stays', 'forever');
      model.fields.set('stays', { value: 'forever', expiry: 0 });
      for (const { name, field, number } of steps) {
        const { now } = fixture.keyspace;
        const known = model.fields.get(field);
        if (name === 'set') {
          assert.equal(fixture.setField(field, String(number)), known === undefined);
          model.fields.set(field, { value: String(number), expiry: 0 });
        } else if (name === 'count') {
          fixture.setField(field, `more ${number}`, true);
          model.fields.set(field, { value: `more ${number}`, expiry: known?.expiry ?? 0 });
        } else if (name === 'remove') {
          assert.equal(fixture.removeField(field), model.fields.delete(field));
        } else if ((name === 'expire' || name === 'persist') && known !== undefined) {
          known.expiry = name === 'expire' ? now + number * SECOND : 0;
          fixture.expireField(field, known.expiry);
        } else if (name === 'wait') fixture.advance(number * SECOND);
        else if (name === 'cycle') assert.equal(runAll(fixture), false);
        else if (name === 'convert') fixture.hashes.expect(fixture.entry, 65, 65);
        model.drop(fixture.keyspace.now);
        assert.equal(fixture.getField(field), model.fields.get(field)?.value);
        assert.equal(fixture.expiryOf(field), model.fields.get(field)?.expiry);
        assert.equal(fixture.hashes.countLive(fixture.entry), model.fields.size);
      }
      const expected = [...model.fields].map(([name, { value }]) => [name, value]);
      assert.deepEqual(fixture.all().sort(), expected.sort());
      fixture.remove('hash');
      assert.equal(fixture.hashes.calendar.count, 0);
    }),
    { numRuns: 150 },
  );
});

for (const [kind, count] of [
  ['packed', 10],
  ['table', 2000],
] as const) {
  const filled = (): HashFixture => {
    const fixture = new HashFixture();
    if (kind === 'table') fixture.hashes.expect(fixture.entry, 65, 65);
    for (let i = 0; i < count; i++) {
      fixture.setField(`field ${i}`, String(i));
      fixture.expireField(`field ${i}`, fixture.keyspace.now + SECOND + i);
    }
    return fixture;
  };

  test(`FieldExpiry: removes what is due and no more, then the key (${kind})`, () => {
    const fixture = filled();
    runAll(fixture);
    assert.equal(fixture.hashes.count(fixture.entry), count);
    fixture.advance(SECOND + 4);
    runAll(fixture);
    assert.equal(fixture.hashes.count(fixture.entry), count - 5);
    assert.equal(fixture.statistics.expiredFields, 5);
    fixture.advance(count);
    runAll(fixture);
    assert.equal(fixture.peek('hash'), 0);
    assert.equal(fixture.statistics.expiredFields, count);
    assert.equal(fixture.hashes.calendar.count, 0);
  });

  test(`FieldExpiry: nothing is left of a hash whose fields expire (${kind})`, () => {
    const empty = new HashFixture();
    empty.remove('hash');
    const fixture = filled();
    fixture.remove('hash');
    fixture.freeAll();
    assert.equal(fixture.usedBytes, empty.usedBytes);
  });

  test(`FieldExpiry: follows a hash to another key, another entry, another database (${kind})`, () => {
    const fixture = filled();
    const database = fixture.database();
    const key = Buffer.from('renamed');
    const old = database.peek(key, 0, key.length);
    renameKey(database, fixture.entry, old, key, 0, key.length);
    const expiring = database.setExpiry(fixture.peek('renamed'), fixture.keyspace.now + 3600 * SECOND);
    fixture.peek('renamed', 1);
    moveKey(expiring, database, fixture.database(1));
    fixture.keyspace.swap(1, 2);
    fixture.advance(SECOND + count);
    runAll(fixture);
    assert.deepEqual(fixture.counts(2), [0, 0]);
    assert.equal(fixture.statistics.expiredFields, count);
  });

  test(`FieldExpiry: leaves the hashes of a flushed database alone (${kind})`, () => {
    const fixture = filled();
    fixture.database().clear();
    fixture.advance(SECOND + count);
    runAll(fixture);
    assert.equal(fixture.statistics.expiredFields, 0);
    fixture.freeAll();
    assert.equal(fixture.hashes.calendar.count, 0);
  });

  test(`FieldExpiry: a copy expires by itself (${kind})`, () => {
    const fixture = filled();
    const key = Buffer.from('copy');
    const copy = fixture.keyspace.duplicate(fixture.entry, key, 0, key.length);
    fixture.peek('copy');
    fixture.database().put(0, copy);
    fixture.remove('hash');
    assert.equal(fixture.hashes.countLive(copy), count);
    fixture.advance(SECOND + count);
    runAll(fixture);
    assert.equal(fixture.peek('copy'), 0);
  });
}

test('FieldExpiry: works in slices and goes on where it was', () => {
  const fixture = new HashFixture();
  fixture.hashes.expect(fixture.entry, 65, 65);
  for (let i = 0; i < 1000; i++) {
    fixture.setField(`field ${i}`, '');
    fixture.expireField(`field ${i}`, fixture.keyspace.now + 1);
  }
  fixture.advance(1);
  const cycle = new FieldExpiry(fixture.keyspace);
  assert.equal(cycle.run(ticking(), 2), true);
  const expired = fixture.statistics.expiredFields;
  assert.ok(expired > 0 && expired < 500, `${expired} at once`);
  while (cycle.run(ticking(), 2));
  assert.equal(fixture.peek('hash'), 0);
});

test('FieldExpiry: removing fields is a change of their key', () => {
  const fixture = new HashFixture();
  fixture.setField('a', '');
  fixture.setField('b', '');
  fixture.expireField('a', fixture.keyspace.now + 1);
  const { changes } = fixture.statistics;
  fixture.advance(1);
  runAll(fixture);
  assert.equal(fixture.statistics.changes, changes + 1);
  assert.deepEqual(fixture.all(), [['b', '']]);
});
