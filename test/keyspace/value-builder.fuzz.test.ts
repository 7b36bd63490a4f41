import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NO_EXPIRY } from '../../src/keyspace/database.ts';
import { ValueBuilder } from '../../src/keyspace/value-builder.ts';
import { dumpValue } from '../../src/keyspace/value-dump.ts';
import { BadPayload } from '../../src/rdb/bad-payload.ts';
import { RdbReader } from '../../src/rdb/rdb-reader.ts';
import { RdbWriter } from '../../src/rdb/rdb-writer.ts';
import { fuzzSettings } from '../fuzz/fuzz-settings.ts';
import { tampering, VALUES_IN_RDB } from '../rdb/tampering.ts';
import { KeyspaceFixture } from './keyspace-fixture.ts';

const KEY = { bytes: Buffer.from('..key..'), start: 2, length: 3 };

const build = ({ keyspace }: KeyspaceFixture, value: Buffer): number =>
  new ValueBuilder(keyspace, KEY, NO_EXPIRY).build(new RdbReader(value, 0, value.length));

const dump = ({ keyspace }: KeyspaceFixture, entry: number): Buffer => {
  const writer = new RdbWriter();
  dumpValue(keyspace, entry, writer);
  return writer.take();
};

const release = (fixture: KeyspaceFixture, entry: number): void => {
  fixture.keyspace.release(entry);
  fixture.freeAll();
};

test('ValueBuilder: what was built is dumped, and built again the same', () => {
  for (const value of VALUES_IN_RDB) {
    const fixture = new KeyspaceFixture();
    const before = fixture.usedBytes;
    const first = build(fixture, value);
    const second = build(fixture, dump(fixture, first));
    const { keyspace } = fixture;
    assert.equal(keyspace.typeOf(second).encoding(second), keyspace.typeOf(first).encoding(first));
    assert.deepEqual(dump(fixture, second), dump(fixture, first));
    assert.equal(keyspace.keyOf(second).toString(), 'key');
    release(fixture, first);
    release(fixture, second);
    assert.equal(fixture.usedBytes, before);
  }
});

test('ValueBuilder: a value that was tampered with is built whole or not at all', () => {
  const fixture = new KeyspaceFixture();
  const before = fixture.usedBytes;
  fc.assert(
    fc.property(tampering, (value) => {
      try {
        const entry = build(fixture, value);
        if (entry !== 0) {
          const again = build(fixture, dump(fixture, entry));
          release(fixture, again);
          release(fixture, entry);
        }
      } catch (error) {
        assert.ok(error instanceof BadPayload, String(error));
      }
      fixture.freeAll();
      assert.equal(fixture.usedBytes, before);
    }),
    fuzzSettings(2000),
  );
});
