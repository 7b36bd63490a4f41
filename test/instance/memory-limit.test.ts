import assert from 'node:assert/strict';
import os from 'node:os';
import { test } from 'node:test';
import { memoryLimit } from '../../src/instance/memory-limit.ts';

const GIB = 2 ** 30;
const machine = (installed: number, constrained?: number) => () => ({ installed, constrained });

test('memoryLimit() is maxmemory where it is set, however much there is', () => {
  assert.equal(memoryLimit(5, machine(GIB)), 5);
  assert.equal(memoryLimit(99 * GIB, machine(GIB)), 99 * GIB);
});

test('memoryLimit() is the least of what can be addressed, what is installed and what a container allows', () => {
  assert.equal(memoryLimit(0, machine(64 * GIB)), 32 * GIB);
  assert.equal(memoryLimit(0, machine(8 * GIB)), 8 * GIB);
  assert.equal(memoryLimit(0, machine(8 * GIB, 0)), 8 * GIB);
  assert.equal(memoryLimit(0, machine(8 * GIB, 2 ** 64)), 8 * GIB);
  assert.equal(memoryLimit(0, machine(8 * GIB, 2 * GIB)), 2 * GIB);
});

test('memoryLimit() on this machine is a number of bytes that it has', () => {
  const limit = memoryLimit(0);
  assert.ok(Number.isSafeInteger(limit) && limit > 0 && limit <= os.totalmem(), String(limit));
});
