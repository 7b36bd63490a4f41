import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fieldsOf, GREATEST, type Item, idOf, LEAST, StreamStage } from './stream-stage.ts';

const text = fc.oneof(
  fc.constantFrom('', 'f', 'g', '0', '-1', '4096', '-32769', '2147483648', '9223372036854775807', '007'),
  fc.string({ unit: 'binary-ascii', maxLength: 70 }),
  fc.integer({ min: 4000, max: 4200 }).map((length) => 'x'.repeat(length)),
);
const fields = fc.oneof(
  fc.tuple(fc.constant('f'), text),
  fc.tuple(fc.constant('f'), text, fc.constant('g'), text),
  fc.tuple(text, text, text, text),
);

/** What an id is ahead of the one before: mostly little, sometimes by more than 32, 53 or 63 bits. */
const step = fc.tuple(
  fc.constantFrom(0n, 0n, 1n, 1000n, 2n ** 31n, 2n ** 33n, 2n ** 54n),
  fc.constantFrom(1n, 1n, 7n, 2n ** 32n, 2n ** 53n + 1n, 2n ** 63n),
);

type Command =
  | { readonly kind: 'add'; readonly step: readonly [bigint, bigint]; readonly fields: readonly string[] }
  | { readonly kind: 'delete' | 'from' | 'trimTo' | 'keep'; readonly at: number };

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('add' as const), step, fields }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('delete' as const, 'from' as const, 'trimTo' as const, 'keep' as const),
      at: fc.nat(1000),
    }),
  },
);

/** Applies commands to a stream and to a plain array, which must tell the same. */
const follow = (stage: StreamStage, commands: readonly Command[]): void => {
  let model: Item[] = [];
  let ms = 0n;
  let sequence = 0n;
  for (const next of commands) {
    if (next.kind === 'add') {
      ms = (ms + next.step[0]) % 2n ** 64n;
      sequence = next.step[0] === 0n ? sequence + next.step[1] : next.step[1];
      if (sequence >= 2n ** 64n || ms < (model.at(-1) ? BigInt(model.at(-1)!.id.split('-')[0]!) : 0n)) break;
      const item = { id: `${ms}-${sequence}`, fields: next.fields };
      stage.add(item);
      model.push(item);
    } else if (model.length > 0) {
      model = change(stage, model, next.kind, next.at % model.length);
    }
    assert.equal(stage.streams.count(stage.entry), model.length);
  }
  stage.check(model);
};

const change = (stage: StreamStage, model: Item[], kind: string, at: number): Item[] => {
  const { entry, streams } = stage;
  const id = idOf(model[at]!.id);
  if (kind === 'from') {
    assert.deepEqual(stage.items(model[at]!.id, GREATEST), model.slice(at));
    assert.deepEqual(stage.itemsBack(LEAST, model[at]!.id), model.slice(0, at + 1).toReversed());
    return model;
  }
  if (kind === 'delete') {
    assert.ok(stage.delete(model[at]!.id));
    assert.ok(!stage.delete(model[at]!.id));
    return model.toSpliced(at, 1);
  }
  const maxLength = kind === 'keep' ? model.length - at : undefined;
  assert.equal(streams.trim(entry, { maxLength, minId: id, approximate: false, limit: 0 }), at);
  return model.slice(at);
};

test('a stream is what an array of its entries would be, in nodes of any size', () => {
  const run = (commands: readonly Command[], entries: number, bytes: number): void => {
    const stage = new StreamStage();
    stage.limits.streamNodeMaxEntries = entries;
    stage.limits.streamNodeMaxBytes = bytes;
    follow(stage, commands);
    stage.removeAll();
  };
  fc.assert(
    fc.property(
      fc.array(command, { maxLength: 120 }),
      fc.constantFrom(0, 1, 2, 5, 100),
      fc.constantFrom(0, 60, 300, 4096),
      run,
    ),
    { numRuns: 150 },
  );
});

test('a copy is a stream of its own', () => {
  const stage = new StreamStage();
  for (let i = 1; i <= 250; i++) stage.add({ id: `${i}-1`, fields: ['f', String(i)] });
  const copy = stage.keyspace.duplicate(stage.entry, Buffer.from('t'), 0, 1);
  stage.delete('100-1');
  stage.streams.append(copy, idOf('251-0'), fieldsOf(['f', 'v']));
  assert.equal(stage.items(LEAST, GREATEST).length, 249);
  assert.equal(stage.items(LEAST, GREATEST, copy).length, 251);
  assert.equal(stage.streams.header(copy).added, 251n);
  stage.keyspace.release(copy);
  stage.removeAll();
});

test('a node deleted in the middle, and what a directory gives back', () => {
  const stage = new StreamStage();
  stage.limits.streamNodeMaxEntries = 1;
  for (let i = 1; i <= 5000; i++) stage.add({ id: `${i}-0`, fields: ['f', 'v'] });
  const full = stage.streams.externalBytes(stage.entry, 0);
  for (let i = 1001; i <= 4999; i++) assert.ok(stage.delete(`${i}-0`));
  assert.equal(stage.streams.nodes(stage.entry), 1001);
  assert.ok(stage.streams.externalBytes(stage.entry, 0) < full / 4);
  assert.deepEqual(
    stage.items('999-0', GREATEST).map(({ id }) => id),
    ['999-0', '1000-0', '5000-0'],
  );
  stage.removeAll();
});

test('a node of more elements than its header can count', () => {
  const stage = new StreamStage();
  stage.limits.streamNodeMaxEntries = 0;
  stage.limits.streamNodeMaxBytes = 0;
  for (let i = 1; i <= 14_000; i++) stage.add({ id: `${i}-0`, fields: ['f', 'v'] });
  assert.equal(stage.streams.nodes(stage.entry), 1);
  const { listpack, count } = stage.streams.nodeAt(stage.entry, 0);
  assert.equal(count, 14_000);
  assert.deepEqual([listpack[4], listpack[5], listpack.at(-1)], [0xff, 0xff, 0xff]);
  for (let i = 1; i <= 400; i += 2) stage.delete(`${i}-0`);
  assert.equal(stage.streams.nodeAt(stage.entry, 0).deleted, 200);
  assert.equal(stage.items(LEAST, GREATEST).length, 13_800);
  stage.removeAll();
});
