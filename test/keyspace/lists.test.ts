import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TYPE_LIST } from '../../src/keyspace/entry.ts';
import type { End } from '../../src/keyspace/list/list-node.ts';
import type { ByteSlice } from '../../src/memory/byte-slice.ts';
import { fuzzSettings } from '../fuzz/fuzz-settings.ts';
import { KeyspaceFixture } from './keyspace-fixture.ts';

const KEY = Buffer.from('list');

const textOf = ({ bytes, start, length }: ByteSlice): string =>
  Buffer.from(bytes.subarray(start, start + length)).toString('latin1');

/** A list in a keyspace beside an array that must stay the same. */
class ListModel {
  readonly fixture = new KeyspaceFixture();
  readonly array: string[] = [];
  readonly #empty = this.fixture.usedBytes;
  #entry = 0;

  get lists() {
    return this.fixture.keyspace.lists;
  }

  get entry(): number {
    if (this.#entry !== 0) return this.#entry;
    const database = this.fixture.database();
    database.peek(KEY, 0, KEY.length);
    this.#entry = database.create(KEY, 0, KEY.length, TYPE_LIST);
    return this.#entry;
  }

  push(end: End, text: string): void {
    const bytes = Buffer.from(text, 'latin1');
    const count = this.lists.push(this.entry, end, bytes, 0, bytes.length);
    if (end === 'tail') this.array.push(text);
    else this.array.unshift(text);
    assert.equal(count, this.array.length);
  }

  drop(end: End, count: number): void {
    const dropped = Math.min(count, this.array.length);
    if (dropped === 0) return;
    assert.equal(textOf(this.lists.peek(this.entry, end)), this.array.at(end === 'head' ? 0 : -1));
    if (dropped === 1) this.lists.drop(this.entry, end);
    else this.lists.dropMany(this.entry, end, dropped);
    this.array.splice(end === 'head' ? 0 : -dropped, dropped);
  }

  change(how: 'replace' | 'before' | 'behind', index: number, text: string): void {
    if (this.array.length === 0) return;
    const at = index % this.array.length;
    const bytes = Buffer.from(text, 'latin1');
    this.lists.cursor.seek(this.entry, at);
    if (how === 'replace') this.lists.cursor.replace(bytes, 0, bytes.length);
    else this.lists.cursor.insert(how === 'behind', bytes, 0, bytes.length);
    this.array.splice(how === 'behind' ? at + 1 : at, how === 'replace' ? 1 : 0, text);
  }

  removeEqual(text: string, towards: End): void {
    const { cursor } = this.lists;
    const bytes = Buffer.from(text, 'latin1');
    cursor.wanted(bytes, 0, bytes.length);
    let more = cursor.seekEnd(this.entry, towards === 'tail' ? 'head' : 'tail');
    while (more) {
      if (cursor.isWanted()) more = cursor.remove(towards);
      else more = towards === 'tail' ? cursor.next() : cursor.previous();
    }
    this.lists.joinSmall(this.entry);
    for (let i = this.array.length - 1; i >= 0; i--) if (this.array[i] === text) this.array.splice(i, 1);
  }

  check(): void {
    const { lists, entry, array } = this;
    assert.equal(lists.count(entry), array.length);
    const found: string[] = [];
    for (let more = lists.cursor.seekEnd(entry, 'tail'); more; more = lists.cursor.previous()) {
      found.unshift(textOf(lists.cursor.current()));
    }
    assert.deepEqual(found, array);
    for (let index = 0; index < array.length; index += 1 + (array.length >> 4)) {
      lists.cursor.seek(entry, index);
      assert.equal(textOf(lists.cursor.current()), array[index]);
    }
    let stretched = 0;
    if (array.length > 0) lists.cursor.seek(entry, array.length >> 1);
    const left = array.length - (array.length >> 1);
    if (array.length > 0)
      lists.cursor.stretches(left, (_bytes, _at, count) => {
        stretched += count;
      });
    assert.equal(stretched, left);
  }

  end(): void {
    if (this.#entry !== 0) this.fixture.remove('list');
    this.fixture.freeAll();
    assert.ok(this.fixture.usedBytes - this.#empty < 400, `${this.fixture.usedBytes} bytes are left`);
  }
}

const text = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', '1', '-5', '70000', '') },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 300 }).map((length) => 'x'.repeat(length)) },
  { weight: 1, arbitrary: fc.constantFrom(4000, 8150, 8200, 70_000).map((length) => 'y'.repeat(length)) },
);
const end = fc.constantFrom<End>('head', 'tail');

type Step = (model: ListModel) => void;
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(end, text).map(
      ([at, what]): Step =>
        (model) =>
          model.push(at, what),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(end, text, fc.integer({ min: 1, max: 3000 })).map(
      ([at, what, times]): Step =>
        (model) => {
          for (let i = 0; i < Math.min(times, 100_000 / (what.length + 1)); i++) model.push(at, what);
        },
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(end, fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 4000 }))).map(
      ([at, count]): Step =>
        (model) =>
          model.drop(at, count),
    ),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom<'replace' | 'before' | 'behind'>('replace', 'before', 'behind'), fc.nat(), text)
      .map(
        ([how, index, what]): Step =>
          (model) =>
            model.change(how, index, what),
      ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(text, end).map(
      ([what, at]): Step =>
        (model) =>
          model.removeEqual(what, at),
    ),
  },
);

test('Lists: whatever is pushed, popped, inserted, replaced and removed, they hold what an array would hold', () => {
  const property = fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
    const model = new ListModel();
    for (const apply of steps) {
      apply(model);
      model.check();
    }
    model.end();
  });
  fc.assert(property, fuzzSettings(60));
});

test('Lists: a list used as a queue stays as small as what is in it', () => {
  const model = new ListModel();
  for (let i = 0; i < 10; i++) model.push('tail', `job ${i}`);
  const before = model.fixture.usedBytes;
  for (let i = 0; i < 20_000; i++) {
    model.push('tail', `job ${i % 10}`);
    model.drop('head', 1);
  }
  model.check();
  assert.ok(model.fixture.usedBytes <= before * 2, `${before} bytes became ${model.fixture.usedBytes}`);
  model.end();
});
