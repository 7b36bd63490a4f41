import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Arena } from '../../src/memory/arena.ts';
import { Int64, MAX_INT64_DIGITS } from '../../src/memory/int64.ts';
import { Intsets } from '../../src/memory/intset.ts';

const LIMIT = 2n ** 63n;
const edges = [0n, 1n, -1n, 2n ** 15n, 2n ** 31n, 2n ** 32n, 2n ** 53n, LIMIT].flatMap((edge) =>
  [-edge - 1n, -edge, -edge + 1n, edge - 1n, edge, edge + 1n].filter((n) => n >= -LIMIT && n < LIMIT),
);
const integers = fc.oneof(
  fc.constantFrom(...edges),
  fc.bigInt({ min: -40n, max: 40n }),
  fc.bigInt({ min: -LIMIT, max: LIMIT - 1n }),
);

const int64 = new Int64();
const digits = new Uint8Array(MAX_INT64_DIGITS);

const take = (text: string): boolean => int64.parse(Buffer.from(`x${text}`), 1, text.length);

const print = (): string => Buffer.from(digits.subarray(0, int64.write(digits, 0))).toString();

const contents = (intsets: Intsets, block: number): string[] =>
  Array.from({ length: intsets.count(block) }, (_, i) => {
    intsets.read(block, i, int64);
    return print();
  });

const widthOf = (value: bigint): number => {
  if (BigInt.asIntN(16, value) === value) return 2;
  return BigInt.asIntN(32, value) === value ? 4 : 8;
};

test('Int64: every integer of 64 bits is read, measured and written', () => {
  fc.assert(
    fc.property(integers, (value) => {
      assert.ok(take(String(value)));
      assert.equal((BigInt(int64.high) << 32n) | BigInt(int64.low >>> 0), value);
      assert.equal(int64.width, widthOf(value));
      assert.equal(print(), String(value));
    }),
  );
});

test('Int64: what is no integer in its shortest form is refused', () => {
  const beyond = [LIMIT, -LIMIT - 1n, 2n ** 64n, 10n ** 19n, -(10n ** 19n), 99999999999999999999n].map(
    String,
  );
  const others = ['', '-', '-0', '00', '01', '-01', '+1', ' 1', '1 ', '1.0', '1e3', '0x1', '1-', '--1'];
  const long = ['0000000000000001', '-000000000000001', '123456789012345678x', '12345678901234567890123'];
  for (const text of [...beyond, ...others, ...long]) assert.equal(take(text), false, text);
});

test('Intsets: as a sorted list of integers', () => {
  const arena = new Arena();
  const intsets = new Intsets(arena);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), integers), { maxLength: 60 }), (steps) => {
      const before = arena.usedBytes;
      const first = steps[0]?.[1] ?? 0n;
      const model = new Set([first]);
      take(String(first));
      let block = intsets.of(int64);
      let width = widthOf(first);
      for (const [adds, value] of steps) {
        take(String(value));
        assert.equal(intsets.find(block, int64), model.has(value));
        if (adds && !model.has(value)) {
          block = intsets.insert(block, int64);
          width = Math.max(width, widthOf(value));
          model.add(value);
        } else if (!adds && model.delete(value)) block = intsets.remove(block);
        assert.equal(intsets.width(block), width);
        assert.equal(intsets.bytes(block), 8 + model.size * width);
      }
      const sorted = [...model].sort((a, b) => (a < b ? -1 : 1)).map(String);
      assert.deepEqual(contents(intsets, block), sorted);
      const copy = intsets.copy(block);
      intsets.free(block);
      assert.deepEqual(contents(intsets, copy), sorted);
      intsets.free(copy);
      assert.equal(arena.usedBytes, before);
    }),
  );
});

test('Intsets: a block gives memory back as it gets smaller', () => {
  const arena = new Arena();
  const intsets = new Intsets(arena);
  take('0');
  let block = intsets.of(int64);
  for (let i = 1; i < 1000; i++) {
    take(String(i * 100000));
    intsets.find(block, int64);
    block = intsets.insert(block, int64);
  }
  const full = arena.usedBytes;
  assert.ok(full < 8 + 4000 * 1.15, String(full));
  while (intsets.count(block) > 100) block = intsets.removeAt(block, intsets.count(block) >>> 1);
  assert.ok(arena.usedBytes <= 1000, String(arena.usedBytes));
  assert.equal(contents(intsets, block)[0], '0');
});
