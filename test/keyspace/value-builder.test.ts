import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_EXPIRY } from '../../src/keyspace/database.ts';
import { expiryOf, hasExpiry } from '../../src/keyspace/entry.ts';
import { ValueBuilder } from '../../src/keyspace/value-builder.ts';
import { dumpValue, NOTHING_LEFT } from '../../src/keyspace/value-dump.ts';
import { BadPayload } from '../../src/rdb/bad-payload.ts';
import { RdbReader } from '../../src/rdb/rdb-reader.ts';
import { RdbWriter } from '../../src/rdb/rdb-writer.ts';
import { payload } from '../rdb/old-forms.ts';
import { expiringHash, expiringListpackHash } from '../rdb/written-forms.ts';
import { KeyspaceFixture } from './keyspace-fixture.ts';

const FOOTER_BYTES = 10;
const KEY = { bytes: Buffer.from('key'), start: 0, length: 3 };

const build = ({ keyspace }: KeyspaceFixture, sealed: Buffer, expiry = NO_EXPIRY): number =>
  new ValueBuilder(keyspace, KEY, expiry).build(new RdbReader(sealed, 0, sealed.length - FOOTER_BYTES));

const fieldsOf = ({ keyspace }: KeyspaceFixture, entry: number): Record<string, number> => {
  const fields: Record<string, number> = {};
  keyspace.hashes.each(entry, ({ bytes, start, length }, _value, expiry) => {
    fields[Buffer.from(bytes.subarray(start, start + length)).toString()] = expiry;
  });
  return fields;
};

test('ValueBuilder: the expiry of the key is that of the entry, whatever the type', () => {
  const text = payload(0, (writer) => writer.text(Buffer.from('v'), 0, 1));
  const set = payload(2, (writer) => {
    writer.count(1);
    writer.text(Buffer.from('m'), 0, 1);
  });
  for (const sealed of [text, set]) {
    const fixture = new KeyspaceFixture();
    const { arena } = fixture.keyspace;
    assert.equal(expiryOf(arena, build(fixture, sealed, 1_800_000_000_000)), 1_800_000_000_000);
    assert.equal(hasExpiry(arena, build(fixture, sealed)), false);
  }
});

test('ValueBuilder: fields keep their expiry, and those whose time has come are left out', () => {
  for (const make of [expiringHash, expiringListpackHash]) {
    const fixture = new KeyspaceFixture();
    const soon = fixture.clock.time + 1000;
    const entry = build(
      fixture,
      make([
        ['past', '1', soon - 1000],
        ['soon', '2', soon],
        ['later', '3', soon + 5000],
        ['never', '4', 0],
      ]),
    );
    assert.deepEqual(fieldsOf(fixture, entry), { soon, later: soon + 5000, never: 0 });
    fixture.advance(1000);
    assert.deepEqual(fieldsOf(fixture, entry), { later: soon + 5000, never: 0 });
  }
});

test('ValueBuilder: of a hash whose fields have all expired, nothing is left', () => {
  const fixture = new KeyspaceFixture();
  const before = fixture.usedBytes;
  assert.equal(build(fixture, expiringHash([['a', '1', 1]])), 0);
  assert.equal(fixture.usedBytes, before);
});

test('dumpValue: of a hash whose fields have all expired, nothing is left', () => {
  const fixture = new KeyspaceFixture();
  const entry = build(fixture, expiringHash([['a', '1', fixture.clock.time + 10]]));
  const writer = new RdbWriter();
  assert.notEqual(dumpValue(fixture.keyspace, entry, writer), NOTHING_LEFT);
  writer.clear();
  fixture.advance(10);
  assert.equal(dumpValue(fixture.keyspace, entry, writer), NOTHING_LEFT);
  assert.equal(writer.length, 0);
});

test('ValueBuilder: what was made of a bad value is freed', () => {
  const fixture = new KeyspaceFixture();
  const before = fixture.usedBytes;
  const twice = payload(2, (writer) => {
    writer.count(200);
    for (let i = 0; i < 200; i++) writer.text(Buffer.from(`member ${100 + (i % 150)}`), 0, 10);
  });
  assert.throws(() => build(fixture, twice), BadPayload);
  fixture.freeAll();
  assert.equal(fixture.usedBytes, before);
});
