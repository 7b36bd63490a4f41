import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BadPayload } from '../../src/rdb/bad-payload.ts';
import { RdbReader } from '../../src/rdb/rdb-reader.ts';
import { readValue } from '../../src/rdb/read-value.ts';
import { idOf } from '../../src/rdb/stream-id-form.ts';
import { besideRedis } from '../rows/beside-redis.ts';
import { realRedisMissing } from '../rows/real-redis.ts';
import { ModelSink } from './model-sink.ts';
import { STREAMS } from './samples.ts';
import { STREAM, type StreamEntry, streamPayload } from './written-forms.ts';

const missing = realRedisMissing();
const redis = besideRedis();

const FOOTER_BYTES = 10;

const read = (payload: Buffer): ModelSink => {
  const sink = new ModelSink();
  const reader = new RdbReader(payload, 0, payload.length - FOOTER_BYTES);
  readValue(reader.byte(), reader, sink);
  assert.equal(reader.left, 0);
  return sink;
};

const FIGURES = {
  length: 6,
  firstId: idOf(1n, 5n),
  lastId: idOf(2n ** 41n + 1n, 0n),
  maxDeletedId: 0n,
  added: 7n,
};

test('a stream of Redis 5, 7.0 and 7.2: figures, groups, consumers and what they have pending', () => {
  for (const [type, read_, added, active] of [
    [15, undefined, 6n, 1_700_000_000_001],
    [19, 1n, 7n, 1_700_000_000_001],
    [21, 1n, 7n, 1_700_000_000_002],
  ] as const) {
    const sink = read(streamPayload(type, STREAM));
    assert.deepEqual(sink.figures, { ...FIGURES, added });
    assert.deepEqual(sink.nodes, ['1-5', `${2n ** 41n}-${2n ** 63n}`]);
    assert.deepEqual([...sink.groups.keys()], ['g']);
    const group = sink.groups.get('g')!;
    assert.equal(group.lastId, '1-5');
    assert.equal(group.read, read_);
    assert.deepEqual([...group.consumers.keys()], ['a', 'b']);
    assert.deepEqual(group.consumers.get('a'), [1_700_000_000_001, active]);
    assert.deepEqual(group.pending, ['a 1-5 1700000000000 3']);
  }
});

test('a stream may be empty', () => {
  const sink = read(streamPayload(19, []));
  assert.deepEqual(sink.figures, {
    length: 0,
    firstId: 0n,
    lastId: idOf(7n, 1n),
    maxDeletedId: 0n,
    added: 0n,
  });
  assert.equal(sink.groups.get('g')?.read, -1n);
});

test('redis-server 7.0 reads these streams, and its own DUMP of them is read', {
  skip: missing ?? false,
}, async () => {
  for (const type of [15, 19] as const) {
    assert.equal(await redis.call('RESTORE', 's', '0', streamPayload(type, STREAM), 'REPLACE'), '+OK\r\n');
    assert.equal(await redis.call('XLEN', 's'), ':6\r\n');
    const reply = await redis.call('DUMP', 's');
    const sink = read(Buffer.from(reply.slice(reply.indexOf('\r\n') + 2, -2), 'latin1'));
    assert.deepEqual(sink.figures, { ...FIGURES, added: type === 15 ? 6n : 7n });
    assert.deepEqual(sink.groups.get('g')?.pending, ['a 1-5 1700000000000 3']);
  }
});

test('redis-server 7.0: the DUMP of a stream with all there can be in it is read', {
  skip: missing ?? false,
}, async () => {
  for (const command of STREAMS.stream ?? []) await redis.call(...command);
  const reply = await redis.call('DUMP', 'k');
  const sink = read(Buffer.from(reply.slice(reply.indexOf('\r\n') + 2, -2), 'latin1'));
  assert.deepEqual(sink.figures, {
    length: 249,
    firstId: idOf(2n, 1n),
    lastId: idOf(1000n, 2n ** 64n - 1n),
    maxDeletedId: idOf(1000n, 0n),
    added: 252n,
  });
  assert.deepEqual([...sink.groups.keys()], ['g', 'h']);
  const owners = sink.groups.get('g')!.pending.map((line) =>
    line
      .split(' ')
      .filter((_, i) => i !== 2)
      .join(' '),
  );
  assert.deepEqual(owners, ['a 3-1 1', 'a 4-1 1', 'b 2-1 2', 'b 5-1 1', 'b 6-1 1']);
  assert.deepEqual([...sink.groups.get('h')!.consumers.keys()], ['idle']);
});

test('entries out of order, or beyond the last id, are refused', () => {
  const entry = (ms: bigint, sequence: bigint): StreamEntry => [ms, sequence, ['f', '1']];
  for (const nodes of [
    [[entry(5n, 1n), entry(4n, 9n)]],
    [[entry(5n, 1n), entry(5n, 1n)]],
    [[entry(5n, 1n)], [entry(5n, 1n)]],
    [[entry(5n, 1n), entry(7n, 0n)], [entry(6n, 0n)]],
    [[[5n, 1n, ['f', '1'], true] as StreamEntry]],
  ]) {
    assert.throws(() => read(streamPayload(19, nodes)), BadPayload);
  }
});
