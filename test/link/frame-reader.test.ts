import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { jsonFrame, openFrame, REPLIES, REQUESTS, sealFrame, textFrame } from '../../src/link/frame.ts';
import { FrameReader } from '../../src/link/frame-reader.ts';
import { ByteWriter, MAX_SIZE } from '../../src/resp/byte-writer.ts';

interface Seen {
  readonly type: number;
  readonly session: number;
  readonly flags: number;
  readonly database: number;
  readonly count: number;
  readonly payload: string;
}

/** A stream of frames of all sizes, and what is in them. */
function stream(): { bytes: Buffer; frames: Seen[] } {
  const writer = new ByteWriter();
  const frames: Seen[] = [];
  const sizes = [0, 1, 15, 16, 17, 0, 300, 5, 0];
  sizes.forEach((size, i) => {
    const payload = String.fromCharCode(65 + i).repeat(size);
    const seen = {
      type: i + 1,
      session: 2 ** 32 - 1 - i,
      flags: i * 20,
      database: i % 16,
      count: i * 2 ** 28,
    };
    const at = openFrame(writer);
    writer.latin1(payload);
    sealFrame(writer, at, seen.type, seen.session, seen.flags, seen.database, seen.count);
    frames.push({ ...seen, payload });
  });
  return { bytes: writer.take(), frames };
}

class Recorder {
  readonly frames: Seen[] = [];
  readonly reader: FrameReader = new FrameReader(() => {
    const { type, session, flags, database, count } = this.reader;
    this.frames.push({ type, session, flags, database, count, payload: this.reader.text() });
  });

  /** Reads bytes through a buffer that is used again. */
  read(bytes: Buffer): void {
    const shared = Buffer.from(bytes);
    this.reader.read(shared, shared.length);
    shared.fill(0xee);
  }
}

describe('FrameReader', () => {
  const { bytes, frames } = stream();

  test('finds the same frames wherever the stream is cut, once or twice', () => {
    for (let first = 0; first <= bytes.length; first++) {
      for (let second = first; second <= bytes.length; second += 7) {
        const recorder = new Recorder();
        recorder.read(bytes.subarray(0, first));
        recorder.read(bytes.subarray(first, second));
        recorder.read(bytes.subarray(second));
        assert.deepEqual(recorder.frames, frames, `cut at ${first} and ${second}`);
      }
    }
  });

  test('finds them in pieces of any size', () => {
    for (let size = 1; size <= bytes.length; size++) {
      const recorder = new Recorder();
      for (let at = 0; at < bytes.length; at += size) recorder.read(bytes.subarray(at, at + size));
      assert.deepEqual(recorder.frames, frames, `pieces of ${size}`);
    }
  });

  test('a payload that has come in pieces lies in memory that stays as it is', () => {
    const payloads: Uint8Array[] = [];
    const reader: FrameReader = new FrameReader(() => payloads.push(reader.payload()));
    const pieces = Buffer.concat([bytes, bytes]);
    for (let at = 0; at < pieces.length; at += 10) {
      const piece = Buffer.from(pieces.subarray(at, at + 10));
      reader.read(piece, piece.length);
    }
    const expected = [...frames, ...frames].map(({ payload }) => payload);
    assert.deepEqual(
      payloads.map((payload) => Buffer.from(payload).toString('latin1')),
      expected,
    );
  });

  test('the frames before a cut are handled at once', () => {
    const recorder = new Recorder();
    recorder.read(bytes.subarray(0, bytes.length - 1));
    assert.equal(recorder.frames.length, frames.length - 1);
  });

  test('reset() forgets half a frame', () => {
    const recorder = new Recorder();
    recorder.read(bytes.subarray(0, 33));
    recorder.reader.reset();
    recorder.frames.length = 0;
    recorder.read(bytes);
    assert.deepEqual(recorder.frames, frames);
  });

  test('refuses a length that no frame has, and takes no memory for one that is only announced', () => {
    const header = Buffer.alloc(16);
    header.writeUInt32LE(MAX_SIZE + 1);
    assert.throws(() => new Recorder().read(header), /frame of 3221225473 bytes/);
    header.writeUInt32LE(MAX_SIZE);
    const before = process.memoryUsage().arrayBuffers;
    const recorder = new Recorder();
    recorder.read(header);
    assert.ok(process.memoryUsage().arrayBuffers - before < 1024 * 1024);
    assert.deepEqual(recorder.frames, []);
  });

  test('textFrame() and jsonFrame() write what text() and json() read', () => {
    const writer = new ByteWriter();
    textFrame(writer, REPLIES, 7, '\x00\xff\r\n', 3);
    jsonFrame(writer, REQUESTS, { a: ['é', 1] });
    const found: unknown[] = [];
    const reader: FrameReader = new FrameReader(() => {
      found.push([reader.type, reader.session, reader.count]);
      found.push(reader.type === REPLIES ? reader.text() : reader.json());
    });
    const written = writer.take();
    reader.read(written, written.length);
    assert.deepEqual(found, [[REPLIES, 7, 3], '\x00\xff\r\n', [REQUESTS, 0, 0], { a: ['é', 1] }]);
  });
});
