import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PendingBytes } from '../../src/resp/pending-bytes.ts';

const MB = 1024 * 1024;

describe('PendingBytes', () => {
  test('holds a copy of what it was given, in order', () => {
    const source = Buffer.from('0123456789');
    const pending = new PendingBytes(source, 2, 5, 0);
    pending.append(source, 0, 4, 0);
    source.fill('x');
    assert.equal(pending.bytes.toString('latin1', 0, pending.length), '2340123');
  });

  test('what was announced takes no memory before it comes', () => {
    const pending = new PendingBytes(Buffer.alloc(100), 0, 100, 512 * MB);
    assert.ok(pending.bytes.length <= 1024);
    pending.append(Buffer.alloc(MB), 0, MB, 512 * MB);
    assert.ok(pending.bytes.length <= 5 * MB);
  });

  test('takes at once what is needed if that is not far off, and a little more', () => {
    const pending = new PendingBytes(Buffer.alloc(MB), 0, MB, 3 * MB);
    assert.ok(pending.bytes.length > 3 * MB && pending.bytes.length < 3.1 * MB);
  });

  test('appending to it overwrites nothing: views stay good', () => {
    const pending = new PendingBytes(Buffer.from('abc'), 0, 3, 0);
    const view = pending.bytes.subarray(0, 3);
    const piece = Buffer.alloc(600, 'z');
    for (let i = 0; i < 10; i++) pending.append(piece, 0, piece.length, 0);
    assert.equal(view.toString(), 'abc');
    assert.equal(pending.length, 6003);
  });
});
