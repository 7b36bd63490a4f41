import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BadPayload } from '../../src/rdb/bad-payload.ts';
import { RdbReader } from '../../src/rdb/rdb-reader.ts';
import { readValue } from '../../src/rdb/read-value.ts';
import { fuzzSettings } from '../fuzz/fuzz-settings.ts';
import { ModelSink } from './model-sink.ts';
import { tampering } from './tampering.ts';

/** Bytes before and behind a value. */
const GUARD = 64;

/** What is made of the value where it lies between other bytes; undefined if it is refused. */
const readBetween = (value: Buffer, guard: number): ModelSink | undefined => {
  const guarded = Buffer.concat([Buffer.alloc(GUARD, guard), value, Buffer.alloc(GUARD, guard)]);
  const sink = new ModelSink();
  const reader = new RdbReader(guarded, GUARD, GUARD + value.length);
  try {
    readValue(reader.byte(), reader, sink);
    return sink;
  } catch (error) {
    assert.ok(error instanceof BadPayload, String(error));
    return undefined;
  }
};

/** As {@link readBetween}; what lies around the value must make no difference. */
const read = (value: Buffer): ModelSink | undefined => {
  const sink = readBetween(value, 0x41);
  for (const guard of [0x00, 0xff]) assert.deepEqual(readBetween(value, guard), sink);
  return sink;
};

test('a value that was tampered with is read or refused, and nothing beyond it is looked at', () => {
  let refused = 0;
  fc.assert(
    fc.property(tampering, (tampered) => {
      const sink = read(tampered);
      if (sink === undefined) refused++;
      else assert.ok(sink.textBytes <= tampered.length * 90, `${sink.textBytes} out of ${tampered.length}`);
    }),
    fuzzSettings(1000),
  );
  assert.ok(refused > 0);
});

test('bytes at random are read or refused', () => {
  const value = fc.tuple(fc.integer({ min: 0, max: 26 }), fc.uint8Array({ maxLength: 60 }));
  fc.assert(
    fc.property(value, ([type, bytes]) => {
      read(Buffer.from([type, ...bytes]));
    }),
    fuzzSettings(1000),
  );
});
