import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Arena } from '../../src/memory/arena.ts';
import {
  ElementView,
  integer64At,
  integerAt,
  isInteger,
  nextElement,
  previousElement,
} from '../../src/memory/listpack.ts';
import { ListpackElement } from '../../src/memory/listpack-element.ts';
import { PackedBlocks } from '../../src/memory/packed.ts';
import { fuzzSettings } from '../fuzz/fuzz-settings.ts';

const element = new ListpackElement();
const view = new ElementView();

const encoded = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'latin1');
  const to = Buffer.alloc(element.take(bytes, 0, bytes.length));
  assert.equal(element.write(to, 0), to.length);
  return to;
};

const decoded = (bytes: Uint8Array, at: number): string => {
  view.read(bytes, at);
  return Buffer.from(view.bytes.subarray(view.start, view.start + view.length)).toString('latin1');
};

const EXACT: ReadonlyArray<readonly [text: string, hex: string]> = [
  ['0', '0001'],
  ['127', '7f01'],
  ['128', 'c08002'],
  ['-1', 'dfff02'],
  ['4095', 'cfff02'],
  ['-4096', 'd00002'],
  ['4096', 'f1001003'],
  ['-32768', 'f1008003'],
  ['32768', 'f200800004'],
  ['-8388608', 'f200008004'],
  ['8388608', 'f30000800005'],
  ['2147483648', 'f4000000800000000009'],
  ['9223372036854775807', 'f4ffffffffffffff7f09'],
  ['-9223372036854775808', 'f4000000000000008009'],
  ['-5000000000', 'f4000efad5feffffff09'],
  ['', '8001'],
  ['abc', '8361626304'],
  ['01', '82303103'],
  ['-0', '822d3003'],
  ['9223372036854775808', `93${Buffer.from('9223372036854775808').toString('hex')}14`],
];

for (const [text, hex] of EXACT) {
  test(`a listpack element is encoded as in Redis: ${JSON.stringify(text)}`, () => {
    const bytes = encoded(text);
    assert.equal(bytes.toString('hex'), hex);
    assert.equal(decoded(bytes, 0), text);
  });
}

const anyText = fc.oneof(
  fc.integer().map(String),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  fc.integer({ min: -5000, max: 5000 }).map(String),
  fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  fc.constantFrom(4095, 4096, 16382, 20_000).map((length) => 'x'.repeat(length)),
);

test('listpack elements are walked both ways, read, compared and found', () => {
  const property = fc.property(
    fc.array(anyText, { minLength: 1, maxLength: 20 }),
    anyText,
    (texts, other) => {
      const bytes = Buffer.concat(texts.map(encoded));
      const offsets: number[] = [];
      for (let at = 0; at < bytes.length; at = nextElement(bytes, at)) offsets.push(at);
      assert.deepEqual(
        offsets.map((at) => decoded(bytes, at)),
        texts,
      );
      let end = bytes.length;
      for (const at of offsets.toReversed()) {
        end = previousElement(bytes, end);
        assert.equal(end, at);
      }
      offsets.forEach((at, i) => {
        if (!isInteger(bytes, at)) return;
        assert.equal(String(integer64At(bytes, at)), texts[i]);
        assert.equal(integerAt(bytes, at), Number(texts[i]));
      });
      for (const wanted of [other, texts.at(-1)!]) {
        const text = Buffer.from(wanted, 'latin1');
        element.take(text, 0, text.length);
        const index = texts.indexOf(wanted);
        assert.equal(element.find(bytes, 0, bytes.length, 1), index < 0 ? -1 : offsets[index]);
      }
    },
  );
  fc.assert(property, fuzzSettings(500));
});

test('PackedBlocks.splice keeps the elements around the gap, wherever the block comes to lie', () => {
  const edit = fc.record({ at: fc.nat(), remove: fc.nat(3), insert: fc.array(anyText, { maxLength: 3 }) });
  const property = fc.property(fc.array(edit, { maxLength: 30 }), (edits) => {
    const arena = new Arena();
    const packed = new PackedBlocks(arena);
    let block = packed.create(0);
    const model: string[] = [];
    const offsetOf = (index: number): number => {
      let at = packed.start(block);
      for (let i = 0; i < index; i++) at = nextElement(packed.bytes(block), at);
      return at;
    };
    for (const { at, remove, insert } of edits) {
      const index = at % (model.length + 1);
      const removed = model.splice(index, remove, ...insert).length;
      const from = offsetOf(index);
      const distance = from - packed.start(block);
      const parts = insert.map(encoded);
      const size = parts.reduce((sum, part) => sum + part.length, 0);
      block = packed.splice(block, from, offsetOf(index + removed) - from, size, insert.length - removed);
      packed.bytes(block).set(Buffer.concat(parts), packed.start(block) + distance);
      assert.equal(packed.count(block), model.length);
      const found: string[] = [];
      for (
        let offset = packed.start(block);
        offset < packed.end(block);
        offset = nextElement(packed.bytes(block), offset)
      ) {
        found.push(decoded(packed.bytes(block), offset));
      }
      assert.deepEqual(found, model);
    }
    packed.free(block);
    assert.equal(arena.usedBytes, 0);
  });
  fc.assert(property, fuzzSettings(200));
});
