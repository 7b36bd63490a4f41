import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CommandError } from '../../src/errors.ts';
import { type ByteSink, ByteWriter, MAX_SIZE } from '../../src/resp/byte-writer.ts';

const BASE = 64 * 1024;
const writtenBy = (writer: ByteWriter): string => writer.bytes.toString('latin1', 0, writer.length);

/** A stream that takes at once what there is room for and holds the rest. */
class Sink implements ByteSink {
  writableLength = 0;
  readonly written: Buffer[] = [];
  #room: number;

  constructor(room: number) {
    this.#room = room;
  }

  write(bytes: Uint8Array): void {
    this.written.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    if (this.writableLength > 0 || bytes.length > this.#room) this.writableLength += bytes.length;
    else this.#room -= bytes.length;
  }

  get text(): string {
    return Buffer.concat(this.written).toString('latin1');
  }
}

describe('ByteWriter', () => {
  test('raw() appends a part of bytes, short or long', () => {
    const source = Buffer.from(Array.from({ length: 300 }, (_, i) => i & 255));
    for (const [start, length] of [
      [0, 0],
      [3, 1],
      [5, 48],
      [7, 49],
      [0, 300],
    ] as const) {
      const writer = new ByteWriter();
      writer.latin1('<');
      writer.raw(source, start, length);
      assert.equal(writtenBy(writer), `<${source.toString('latin1', start, start + length)}`);
    }
  });

  test('grows as it must and keeps what was written', () => {
    const writer = new ByteWriter();
    let expected = '';
    for (let i = 0; i < 200; i++) {
      const piece = String.fromCharCode(33 + (i % 90)).repeat(i * 37);
      writer.latin1(piece);
      expected += piece;
    }
    assert.equal(writtenBy(writer), expected);
    writer.raw(Buffer.alloc(3 * 1024 * 1024, 'y'), 0, 3 * 1024 * 1024);
    assert.equal(writer.length, expected.length + 3 * 1024 * 1024);
    assert.equal(writer.bytes[writer.length - 1], 'y'.charCodeAt(0));
  });

  test('latin1() writes one byte per character', () => {
    const writer = new ByteWriter();
    writer.latin1('\x00é\xff');
    assert.deepEqual([...writer.bytes.subarray(0, writer.length)], [0, 0xe9, 0xff]);
  });

  test('rewind() drops what was written since', () => {
    const writer = new ByteWriter();
    writer.latin1('keep');
    const mark = writer.length;
    writer.latin1('x'.repeat(BASE));
    writer.rewind(mark);
    writer.latin1('!');
    assert.equal(writtenBy(writer), 'keep!');
  });

  test('clear() keeps the buffer, but not one that has grown large', () => {
    const writer = new ByteWriter();
    const { bytes } = writer;
    writer.latin1('a');
    writer.clear();
    assert.equal(writer.bytes, bytes);
    writer.reserve(20 * BASE);
    writer.clear();
    assert.equal(writer.bytes.length, BASE);
    assert.equal(writer.length, 0);
  });

  test('take() gives the bytes and their buffer away', () => {
    const writer = new ByteWriter();
    writer.latin1('mine');
    const taken = writer.take();
    writer.latin1('next');
    assert.equal(taken.toString(), 'mine');
    assert.equal(writtenBy(writer), 'next');
    assert.notEqual(taken.buffer, writer.bytes.buffer);
  });

  test('reserve() refuses what no buffer can hold, and nothing is lost', () => {
    const writer = new ByteWriter();
    writer.latin1('kept');
    assert.throws(() => writer.reserve(MAX_SIZE), CommandError);
    assert.equal(writtenBy(writer), 'kept');
  });
});

describe('ByteWriter.sendTo', () => {
  test('goes on with its buffer where the stream took all at once', () => {
    const writer = new ByteWriter();
    const sink = new Sink(100);
    const { bytes } = writer;
    writer.latin1('abc');
    writer.sendTo(sink);
    assert.equal(sink.text, 'abc');
    assert.deepEqual([writer.bytes, writer.length], [bytes, 0]);
  });

  test('gives its buffer away where the stream did not', () => {
    const writer = new ByteWriter();
    const sink = new Sink(2);
    writer.latin1('abc');
    writer.sendTo(sink);
    writer.latin1('XXXXX');
    assert.equal(sink.text, 'abc');
  });

  test('copies a little that waits behind something else, and so keeps its buffer', () => {
    const writer = new ByteWriter();
    const sink = new Sink(0);
    sink.writableLength = 1;
    const { bytes } = writer;
    writer.latin1('abc');
    writer.sendTo(sink);
    assert.equal(writer.bytes, bytes);
    writer.latin1('XXXXX');
    assert.equal(sink.text, 'abc');
  });

  test('gives much that waits away as it is', () => {
    const writer = new ByteWriter();
    const sink = new Sink(0);
    sink.writableLength = 1;
    const much = 'm'.repeat(BASE - 10);
    writer.latin1(much);
    const { buffer } = writer.bytes;
    writer.sendTo(sink);
    writer.latin1('XXXXX');
    assert.equal(sink.text, much);
    assert.equal(sink.written[0]?.buffer, buffer);
  });
});
