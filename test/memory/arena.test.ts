import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  Arena,
  byteOffset,
  CHUNK_BYTES,
  chunkIndex,
  MAX_BLOCK_BYTES,
  OutOfMemoryError,
  wordOffset,
} from '../../src/memory/arena.ts';

const MIB = 1024 * 1024;

test('Arena.allocate: 0 is no address, and blocks begin at multiples of 8 bytes', () => {
  const arena = new Arena();
  for (const bytes of [0, 1, 16, 17, 4096, 32768, 32769, 16 * MIB, 16 * MIB + 1]) {
    const address = arena.allocate(bytes);
    assert.notEqual(address, 0, `${bytes} bytes`);
    assert.ok(arena.capacity(address) >= bytes, `${bytes} bytes`);
    assert.equal(byteOffset(address) % 8, 0);
    assert.equal(wordOffset(address) * 4, byteOffset(address));
    assert.ok(byteOffset(address) + arena.capacity(address) <= arena.bytes[chunkIndex(address)]!.length);
  }
});

test('Arena.words: zeros at address 0, whatever lives elsewhere', () => {
  const arena = new Arena();
  const zeros = () => [...arena.words[0]!.subarray(0, 8), arena.bytes[0]![0], arena.floats[0]![0]];
  assert.ok(zeros().every((word) => word === 0));
  const blocks = Array.from({ length: 5000 }, () => arena.allocate(16));
  for (const block of blocks)
    arena.words[chunkIndex(block)]!.fill(7, wordOffset(block), wordOffset(block) + 4);
  assert.ok(zeros().every((word) => word === 0));
  for (const block of blocks) arena.free(block);
  assert.ok(zeros().every((word) => word === 0));
});

test('Arena: small blocks of one class lie side by side and are used again', () => {
  const arena = new Arena();
  const first = arena.allocate(64);
  const second = arena.allocate(64);
  assert.equal(second - first, 8);
  arena.free(first);
  assert.equal(arena.allocate(60), first);
});

test('Arena: a span that ran empty serves another class', () => {
  const arena = new Arena();
  const blocks = Array.from({ length: 20_000 }, () => arena.allocate(4096));
  const reserved = arena.reservedBytes;
  for (const block of blocks) arena.free(block);
  for (let i = 0; i < 20_000; i++) blocks[i] = arena.allocate(3000 + (i % 1000));
  assert.ok(arena.reservedBytes <= reserved + CHUNK_BYTES);
});

test('Arena.usedBytes: the sum of the capacities, exactly', () => {
  const arena = new Arena();
  let used = 0;
  const blocks = [1, 24, 100, 129, 5000, 32768, 40_000, 5 * MIB, 20 * MIB].map((bytes) =>
    arena.allocate(bytes),
  );
  for (const block of blocks) used += arena.capacity(block);
  assert.equal(arena.usedBytes, used);
  for (const block of blocks) arena.free(block);
  assert.equal(arena.usedBytes, 0);
});

test('Arena: a block over 16 MiB is one contiguous chunk of its own, given back at once', () => {
  const arena = new Arena();
  const small = arena.allocate(16);
  const large = arena.allocate(100 * MIB + 3);
  assert.equal(arena.capacity(large), 100 * MIB + 8);
  assert.equal(byteOffset(large), 0);
  const bytes = arena.bytes[chunkIndex(large)]!;
  assert.equal(bytes.length, 100 * MIB + 8);
  bytes[100 * MIB] = 1;
  assert.equal(arena.reservedBytes, CHUNK_BYTES + 100 * MIB + 8);
  arena.free(large);
  assert.equal(arena.reservedBytes, CHUNK_BYTES);
  assert.equal(bytes.length, 0, 'its memory is gone');
  arena.free(small);
});

test('Arena.allocate: OutOfMemoryError for a block over 1 GiB and when the provider has nothing', () => {
  const refusing = new Arena({
    allocate: () => {
      throw new RangeError('Array buffer allocation failed');
    },
    release: () => {},
  });
  assert.throws(() => refusing.allocate(16), OutOfMemoryError);
  assert.throws(() => refusing.allocate(MIB), OutOfMemoryError);
  assert.throws(() => refusing.allocate(MAX_BLOCK_BYTES + 1), OutOfMemoryError);
  assert.equal(refusing.usedBytes, 0);
  assert.equal(refusing.reservedBytes, 0);
});

test('Arena.allocate: OutOfMemoryError when all 512 chunks are used up, and works again after a free', () => {
  const arena = new Arena({ allocate: () => new ArrayBuffer(8), release: () => {} });
  const blocks: number[] = [];
  // Chunk 0 is kept for small blocks: it holds the address that is none.
  for (let i = 0; i < 511 * 4; i++) blocks.push(arena.allocate(16 * MIB));
  assert.throws(() => arena.allocate(16 * MIB), OutOfMemoryError);
  assert.equal(arena.usedBytes, 511 * CHUNK_BYTES);
  assert.equal(new Set(blocks).size, blocks.length);
  assert.ok(blocks.every((block) => block > 0 && block < 2 ** 32));
  const freed = blocks[1000]!;
  arena.free(freed);
  assert.equal(arena.allocate(16 * MIB), freed);
});

test('Arena.trim: gives back one idle chunk at a time and keeps the last', () => {
  const arena = new Arena();
  const blocks = Array.from({ length: 20 }, () => arena.allocate(16 * MIB));
  assert.equal(arena.reservedBytes, 5 * CHUNK_BYTES);
  assert.equal(arena.trim(), false, 'all are in use');
  const view = arena.bytes[chunkIndex(blocks[0]!)]!;
  for (const block of blocks) arena.free(block);
  assert.equal(arena.reservedBytes, 5 * CHUNK_BYTES);
  for (let left = 4; left >= 1; left--) {
    assert.equal(arena.trim(), true);
    assert.equal(arena.reservedBytes, left * CHUNK_BYTES);
  }
  assert.equal(arena.trim(), false);
  assert.equal(view.length, CHUNK_BYTES, 'the first chunk that ran empty is the one kept');
  arena.allocate(64);
  assert.equal(arena.reservedBytes, CHUNK_BYTES, 'and it serves again, for whatever size');
});

interface Block {
  address: number;
  bytes: number;
  mark: number;
}

const fill = (arena: Arena, block: Block): void => {
  const at = byteOffset(block.address);
  arena.bytes[chunkIndex(block.address)]!.fill(block.mark, at, at + arena.capacity(block.address));
};

const intact = (arena: Arena, block: Block): boolean => {
  const at = byteOffset(block.address);
  const bytes = arena.bytes[chunkIndex(block.address)]!.subarray(at, at + arena.capacity(block.address));
  return bytes.every((byte) => byte === block.mark);
};

test('Arena: blocks never overlap and usedBytes is exact under random allocation and freeing', () => {
  const size = fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 256 }) },
    { weight: 4, arbitrary: fc.integer({ min: 257, max: 33_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 33_000, max: 400_000 }) },
  );
  const step = fc.record({ size, free: fc.nat(), repeat: fc.integer({ min: 1, max: 40 }) });
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 80 }), (steps) => {
      const arena = new Arena();
      const blocks: Block[] = [];
      let used = 0;
      let mark = 0;
      for (const { size, free, repeat } of steps) {
        for (let i = 0; i < repeat; i++) {
          if (free % 5 < 2 && blocks.length > 0) {
            const [block] = blocks.splice((free * 31 + i * 17) % blocks.length, 1);
            assert.ok(intact(arena, block!), 'nobody wrote into the block');
            used -= arena.capacity(block!.address);
            arena.free(block!.address);
          } else {
            mark = (mark % 255) + 1;
            const block = { address: arena.allocate(size), bytes: size, mark };
            used += arena.capacity(block.address);
            fill(arena, block);
            blocks.push(block);
          }
          assert.equal(arena.usedBytes, used);
        }
      }
      for (const block of blocks) {
        assert.ok(intact(arena, block), 'nobody wrote into the block');
        arena.free(block.address);
      }
      assert.equal(arena.usedBytes, 0);
    }),
    { seed: 11, numRuns: 30 },
  );
});

test('Arena: many chunks of small blocks, freed in another order, leave nothing behind', () => {
  const arena = new Arena();
  const count = 160_000;
  const blocks = Uint32Array.from({ length: count }, (_, i) => arena.allocate(1000 + (i % 3) * 8));
  assert.ok(arena.reservedBytes >= 3 * CHUNK_BYTES);
  for (let i = 0; i < count; i++) arena.free(blocks[(i * 7919) % count]!);
  assert.equal(arena.usedBytes, 0);
  while (arena.trim());
  assert.equal(arena.reservedBytes, CHUNK_BYTES);
});
