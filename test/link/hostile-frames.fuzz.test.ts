import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import * as frame from '../../src/link/frame.ts';
import { ByteWriter } from '../../src/resp/byte-writer.ts';
import { fuzzSettings } from '../fuzz/fuzz-settings.ts';
import { hostileStream, wholeRequest } from '../resp/hostile-stream.ts';
import { KeyspaceStage, settle, WorkerStage } from './link-stage.ts';

interface Frame {
  readonly type: number;
  readonly session: number;
  readonly flags: number;
  readonly database: number;
  readonly count: number;
  readonly payload: string;
}

const json = fc.oneof(
  fc.json(),
  fc
    .record({
      localCalls: fc.oneof(fc.array(fc.tuple(fc.integer(), fc.integer())), fc.jsonValue()),
      clients: fc.oneof(
        fc.array(fc.tuple(fc.nat(4), fc.nat(), fc.nat(), fc.integer({ min: -2, max: 400 }))),
        fc.jsonValue(),
      ),
    })
    .map((value) => JSON.stringify(value)),
  fc
    .record({ version: fc.constantFrom(frame.LINK_VERSION, 0, 'x'), settings: fc.jsonValue() })
    .map((value) => JSON.stringify(value)),
);
const payload = fc.oneof(
  { weight: 3, arbitrary: wholeRequest },
  { weight: 2, arbitrary: hostileStream },
  { weight: 2, arbitrary: json },
  {
    weight: 2,
    arbitrary: fc.constantFrom('', '127.0.0.1:1 127.0.0.1:2', 'killed', 'client', '*1\r\n$4\r\nPING\r\n'),
  },
);
const word = fc.oneof(
  { weight: 5, arbitrary: fc.nat(5) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 2 ** 32 - 1 }) },
);
const byte = fc.oneof(fc.nat(20), fc.nat(255));

const anyFrame = (types: readonly number[]): fc.Arbitrary<Frame> =>
  fc.record({
    type: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...types) },
      { weight: 1, arbitrary: fc.nat(255) },
    ),
    session: word,
    flags: byte,
    database: byte,
    count: word,
    payload,
  });

const { OPEN, REQUESTS, CLOSE, PROTOCOL_ERROR, REPORT } = frame;
const { REPLIES, PUSH, KILL, LOCAL_COMMANDS, SETTINGS } = frame;

/** Frames, and perhaps a piece of the stream that is lost or replaced. */
const hostile = (types: readonly number[]): fc.Arbitrary<Buffer> =>
  fc
    .tuple(
      fc.array(anyFrame(types), { maxLength: 8 }),
      fc.boolean(),
      fc.nat(),
      fc.uint8Array({ maxLength: 20 }),
    )
    .map(([frames, damaged, at, noise]) => {
      const bytes = encode(frames);
      if (!damaged) return bytes;
      const from = bytes.length === 0 ? 0 : at % bytes.length;
      return Buffer.concat([bytes.subarray(0, from), noise, bytes.subarray(from + (at % 7))]);
    });

function encode(frames: readonly Frame[]): Buffer {
  const writer = new ByteWriter();
  for (const { type, session, flags, database, count, payload: text } of frames) {
    const at = frame.openFrame(writer);
    writer.latin1(text);
    frame.sealFrame(writer, at, type, session, flags, database, count);
  }
  return writer.take();
}

describe('frames that make no sense', () => {
  test('from a worker: at most its own link ends, with an error that says why', async () => {
    const keyspace = new KeyspaceStage({ logLevel: 'error' });
    const good = new WorkerStage(keyspace);
    await settle(good);
    const client = good.connect();
    await good.ask(client, 'SET own value\r\n');
    await fc.assert(
      fc.asyncProperty(hostile([OPEN, REQUESTS, REQUESTS, CLOSE, PROTOCOL_ERROR, REPORT]), async (bytes) => {
        const bad = new WorkerStage(keyspace);
        bad.inject(bytes);
        bad.link.disconnect();
        client.say('GET own\r\nPING\r\n');
        await settle(good, bad);
        assert.equal(client.hear(), '$5\r\nvalue\r\n+PONG\r\n');
        assert.ok(bad.failure === undefined || bad.failure instanceof Error);
        bad.disconnect();
        assert.match(await good.ask(client, 'INFO\r\nGET own\r\n'), /\r\n\$5\r\nvalue\r\n$/);
        assert.equal(keyspace.engine.instance.sessions.size, 1, 'the sessions of the bad link are gone');
        assert.deepEqual(keyspace.logged, []);
      }),
      fuzzSettings(400),
    );
    keyspace.engine.stop();
  });

  test('from the keyspace: the link says what is wrong, or goes on', async () => {
    const worker = new WorkerStage(new KeyspaceStage());
    await fc.assert(
      fc.asyncProperty(hostile([REPLIES, PUSH, KILL, LOCAL_COMMANDS, SETTINGS]), async (bytes) => {
        await settle(worker);
        const clients = [worker.connect(), worker.connect()];
        for (const client of clients) client.say('GET k\r\nGET k\r\n');
        try {
          worker.link.onRead(bytes.length, bytes);
        } catch (error) {
          assert.ok(error instanceof Error);
        }
        worker.disconnect();
        worker.reconnect();
        await settle(worker);
        const late = worker.connect();
        assert.match(await worker.ask(late, 'GET k\r\n'), /^\$-1\r\n$/);
        for (const socket of [late, ...clients]) socket.destroy();
      }),
      fuzzSettings(400),
    );
  });
});
