import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meta, TYPE_STRING } from '../../src/keyspace/entry.ts';
import { stringEncoding } from '../../src/keyspace/string/string-encoding.ts';
import { INLINE_MAX } from '../../src/keyspace/string/string-value.ts';
import { seededRandom } from '../memory/seeded-random.ts';
import { KEEP_EXPIRY, KeyspaceFixture, NO_EXPIRY } from './keyspace-fixture.ts';

const EXPIRY = 1_800_000_000_000;
/** Lengths around every boundary: loops and calls, inline and external, pages. */
const LENGTHS = [0, 1, 8, 44, 48, 49, 1000, INLINE_MAX, INLINE_MAX + 1, 1100, 2048, 5000, 40_000, 70_000];

const extend = (fixture: KeyspaceFixture, key: string, length: number, zerosTo: number): void => {
  const database = fixture.database();
  const entry = fixture.keyspace.strings.extend(database, fixture.peek(key), length, zerosTo);
  const { bytes, start } = fixture.keyspace.strings.view(entry);
  bytes.fill(0x78, start + zerosTo, start + length);
  database.modified(entry);
};

test('Strings.extend: content stays, what is new is zeros as far as asked, and so is the expiry', () => {
  const random = seededRandom(3);
  const fixture = new KeyspaceFixture();
  for (let round = 0; round < 300; round++) {
    const expiry = random() < 0.5 ? EXPIRY : NO_EXPIRY;
    let expected = 'abc'.repeat(Math.floor(random() * 20));
    fixture.set('key', expected, expiry);
    for (let step = 0; step < 6; step++) {
      const length = LENGTHS[Math.floor(random() * LENGTHS.length)]!;
      if (length < expected.length) continue;
      const zerosTo = expected.length + Math.floor(random() * (length - expected.length + 1));
      extend(fixture, 'key', length, zerosTo);
      expected = expected.padEnd(zerosTo, '\0').padEnd(length, 'x');
      assert.equal(fixture.value('key'), expected);
      assert.equal(fixture.expiry('key'), expiry);
    }
  }
  fixture.remove('key');
  assert.deepEqual(fixture.counts(), [0, 0]);
});

test('Strings.extend: a string that is not longer than asked for keeps its length and becomes raw', () => {
  const fixture = new KeyspaceFixture();
  fixture.set('key', '12345');
  extend(fixture, 'key', 2, 2);
  assert.equal(fixture.value('key'), '12345');
  const entry = fixture.peek('key');
  const view = fixture.keyspace.strings.view(entry);
  assert.equal(stringEncoding(view, meta(fixture.keyspace.arena, entry)), 'raw');
});

test('Strings.extend: appending byte by byte moves the string a bounded number of times', () => {
  const fixture = new KeyspaceFixture();
  fixture.set('key', '');
  const places = new Set<string>();
  for (let length = 1; length <= 100_000; length++) {
    extend(fixture, 'key', length, length);
    const { bytes, start } = fixture.keyspace.strings.view(fixture.peek('key'));
    places.add(`${bytes.byteLength} ${start}`);
  }
  assert.ok(places.size < 40, `${places.size} places`);
});

test('Database.setString: any length over any other, in place or not, keeps nothing of the old value', () => {
  const random = seededRandom(5);
  const fixture = new KeyspaceFixture();
  fixture.set('other', 'x');
  const before = fixture.usedBytes;
  let expiry = 0;
  for (let round = 0; round < 2000; round++) {
    const value = String.fromCharCode(97 + (round % 26)).repeat(
      LENGTHS[Math.floor(random() * LENGTHS.length)]!,
    );
    const wanted = [NO_EXPIRY, KEEP_EXPIRY, EXPIRY + round][Math.floor(random() * 3)]!;
    fixture.set('key', value, wanted);
    expiry = wanted === KEEP_EXPIRY ? expiry : wanted;
    const entry = fixture.peek('key');
    assert.equal(fixture.content(entry), value);
    assert.equal(fixture.expiry('key'), expiry);
    assert.deepEqual(fixture.counts(), [2, expiry === 0 ? 0 : 1]);
  }
  fixture.remove('key');
  assert.ok(fixture.usedBytes <= before + 1024, 'only empty tables may be left');
});

test('Database.setString: a value of the same size stays in its block, short or long, with expiry or without', () => {
  for (const length of LENGTHS) {
    for (const expiry of [NO_EXPIRY, EXPIRY]) {
      const fixture = new KeyspaceFixture();
      fixture.set('key', 'a'.repeat(length), expiry);
      const [entry, used] = [fixture.peek('key'), fixture.usedBytes];
      fixture.set('key', 'b'.repeat(length), expiry);
      assert.deepEqual([fixture.peek('key'), fixture.usedBytes], [entry, used]);
      assert.equal(fixture.value('key'), 'b'.repeat(length));
    }
  }
});

test('Database.setString: a value in place of a much longer one gives the memory back', () => {
  const fixture = new KeyspaceFixture();
  fixture.set('key', 'short');
  const used = fixture.usedBytes;
  for (const length of LENGTHS) {
    fixture.set('key', 'a'.repeat(length));
    fixture.set('key', 'short');
    assert.ok(fixture.usedBytes <= used * 2, `after ${length} bytes`);
  }
});

test('Strings.createBlank: an entry of that length, raw, short or long', () => {
  const { keyspace } = new KeyspaceFixture();
  const key = Buffer.from('key');
  for (const length of LENGTHS) {
    const entry = keyspace.strings.createBlank(key, 0, key.length, length);
    const view = keyspace.strings.view(entry);
    assert.equal(view.length, length);
    assert.equal(meta(keyspace.arena, entry) & 0xf, TYPE_STRING);
    assert.equal(stringEncoding(view, meta(keyspace.arena, entry)), 'raw');
    keyspace.release(entry);
  }
  assert.equal(keyspace.arena.usedBytes, 0);
});
