import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BadPayload } from '../../src/rdb/bad-payload.ts';
import { RdbReader } from '../../src/rdb/rdb-reader.ts';
import { readValue } from '../../src/rdb/read-value.ts';
import { fuzzSettings } from '../fuzz/fuzz-settings.ts';
import { ModelSink } from './model-sink.ts';
import { OLD_FORMS } from './samples.ts';
import { NEW_FORMS } from './written-forms.ts';

const FOOTER_BYTES = 10;
const GUARD = 64;

const values = [...Object.values(OLD_FORMS).map(([payload]) => payload), ...NEW_FORMS].map((payload) =>
  payload.subarray(0, payload.length - FOOTER_BYTES),
);

type Change = (value: Buffer) => Buffer;

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc
    .tuple(
      place,
      fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 0x81, 0xc3, 0xf0, 0xf4, 0xfe, 0xff)),
    )
    .map(
      ([at, byte]): Change =>
        (value) => {
          value[Math.floor(at * value.length)] = byte;
          return value;
        },
    ),
  place.map(
    (at): Change =>
      (value) =>
        value.subarray(0, Math.floor(at * value.length)),
  ),
  fc.tuple(place, place).map(
    ([from, to]): Change =>
      (value) => {
        const [start = 0, end = 0] = [from, to]
          .map((at) => Math.floor(at * value.length))
          .sort((a, b) => a - b);
        return Buffer.concat([value.subarray(0, start), value.subarray(end)]);
      },
  ),
  fc.tuple(place, fc.uint8Array({ maxLength: 9 })).map(
    ([at, bytes]): Change =>
      (value) => {
        const start = Math.floor(at * value.length);
        return Buffer.concat([value.subarray(0, start), bytes, value.subarray(start)]);
      },
  ),
);

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
    fc.property(
      fc.constantFrom(...values),
      fc.array(change, { minLength: 1, maxLength: 4 }),
      (value, changes) => {
        const tampered = changes.reduce<Buffer>((bytes, one) => one(bytes), Buffer.from(value));
        const sink = read(tampered);
        if (sink === undefined) refused++;
        else assert.ok(sink.textBytes <= tampered.length * 90, `${sink.textBytes} out of ${tampered.length}`);
      },
    ),
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
