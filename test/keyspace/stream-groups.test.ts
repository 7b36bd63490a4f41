import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { StreamId } from '../../src/keyspace/stream/stream-id.ts';
import { lagOf, noteRead } from '../../src/keyspace/stream/stream-lag.ts';
import { idOf, StreamStage, textOf } from './stream-stage.ts';

const NAMES = ['a', 'b', 'consumer', ''] as const;
const NOW = 1_700_000_000_000;

interface Delivered {
  readonly owner: string;
  readonly time: number;
  readonly deliveries: bigint;
}

/** One group of a stream, and what it should have pending by id. */
class GroupStage extends StreamStage {
  readonly model = new Map<string, Delivered>();
  readonly group = Buffer.from('group');

  constructor() {
    super();
    this.streams.groups.create(this.streams.header(this.entry), this.group, 0, this.group.length);
  }

  /** Opens the group and a consumer of it, which is made if it is not there. */
  open(consumer: string) {
    const { groups } = this.streams;
    const name = Buffer.from(consumer);
    assert.ok(groups.find(this.streams.header(this.entry), this.group, 0, this.group.length));
    if (!groups.findConsumer(groups.group, name, 0, name.length)) {
      groups.createConsumer(groups.group, name, 0, name.length, NOW);
    }
    return groups;
  }

  deliver(id: string, owner: string): void {
    const { consumer, group, pending } = this.open(owner);
    const address = pending.find(group, idOf(id));
    const old = this.model.get(id);
    assert.equal(address !== 0, old !== undefined);
    if (address === 0) pending.add(group, consumer, idOf(id), NOW, false);
    else pending.give(address, consumer);
    if (old !== undefined) pending.entry.deliveries++;
    this.model.set(id, { owner, time: NOW, deliveries: (old?.deliveries ?? 0n) + 1n });
  }

  acknowledge(id: string): void {
    const { group, pending } = this.open('a');
    const address = pending.find(group, idOf(id));
    assert.equal(address !== 0, this.model.delete(id));
    if (address !== 0) pending.remove(group, address);
  }

  removeConsumer(owner: string): void {
    const groups = this.open(owner);
    const own = [...this.model].filter(([, delivered]) => delivered.owner === owner);
    assert.equal(groups.removeConsumer(groups.group), own.length);
    for (const [id] of own) this.model.delete(id);
  }

  /** What the group of a stream has pending, and what each of its consumers has. */
  shown(entry = this.entry): [Map<string, Delivered>, Map<string, string[]>] {
    const { groups } = this.streams;
    const all = new Map<string, Delivered>();
    const byOwner = new Map<string, string[]>();
    assert.ok(groups.find(this.streams.header(entry), this.group, 0, this.group.length));
    const { group, pending } = groups;
    const tree = pending.attach(group);
    for (let at = pending.seek(new StreamId()); at !== 0; at = tree.next()) {
      const { deliveries, time } = pending.entry.open(at);
      const { chunk, nameLength, nameStart } = pending.openOwner();
      const owner = Buffer.from(chunk.subarray(nameStart, nameStart + nameLength)).toString();
      all.set(textOf(pending.entry.id(new StreamId())), { owner, time, deliveries });
    }
    for (const { chunk, nameLength, nameStart, pending: root } of groups.consumers(group)) {
      const ids: string[] = [];
      const own = pending.attach({ pending: root });
      for (let at = pending.seek(new StreamId()); at !== 0; at = own.next()) {
        ids.push(textOf(pending.entry.open(at).id(new StreamId())));
      }
      byOwner.set(Buffer.from(chunk.subarray(nameStart, nameStart + nameLength)).toString(), ids);
    }
    return [all, byOwner];
  }

  checkPending(entry = this.entry): void {
    const [all, byOwner] = this.shown(entry);
    const ids = [...this.model.keys()].sort((one, other) => idOf(one).compare(idOf(other)));
    assert.deepEqual([...all.keys()], ids);
    assert.deepEqual(new Map([...all].sort()), new Map([...this.model].sort()));
    for (const [owner, own] of byOwner) {
      assert.deepEqual(
        own,
        ids.filter((id) => this.model.get(id)?.owner === owner),
      );
    }
  }
}

const id = fc
  .tuple(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.nat(3))
  .map(([high, low]) => `${high % 5n === 0n ? high : high % 7n}-${low}`);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('deliver' as const), id, name: fc.constantFrom(...NAMES) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('acknowledge' as const), id, name: fc.constant('') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('remove' as const), id, name: fc.constantFrom(...NAMES) }),
  },
);

test('pending entries are those of a map by id, in order, and each is one consumer’s', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const stage = new GroupStage();
      for (const { kind, id: at, name } of steps) {
        if (kind === 'deliver') stage.deliver(at, name);
        else if (kind === 'acknowledge') stage.acknowledge(at);
        else stage.removeConsumer(name);
      }
      stage.checkPending();
      stage.removeAll();
    }),
    { numRuns: 100 },
  );
});

test('many pending entries: a copy has its own, and all of them can be given back in slices', () => {
  const stage = new GroupStage();
  const { group, pending, consumer } = stage.open('a');
  for (let i = 1; i <= 20_000; i++) pending.add(group, consumer, idOf(`${i}-0`), NOW, true);
  for (let i = 1; i <= 20_000; i++) stage.model.set(`${i}-0`, { owner: 'a', time: NOW, deliveries: 1n });
  const copy = stage.keyspace.duplicate(stage.entry, Buffer.from('t'), 0, 1);
  stage.checkPending(copy);
  stage.keyspace.release(copy);
  stage.open('a');
  const { groups } = stage.streams;
  const header = stage.streams.header(stage.entry);
  groups.remove(header);
  assert.equal(groups.count(header), 0);
  stage.removeAll();
});

test('entries read and left are counted as long as nothing is missing', () => {
  const stage = new GroupStage();
  for (let i = 1; i <= 5; i++) stage.add({ id: `${i}-0`, fields: ['f', 'v'] });
  const header = stage.streams.header(stage.entry);
  const { group } = stage.open('a');
  assert.deepEqual([group.read, lagOf(header, group)], [0n, 5n]);
  noteRead(header, group, idOf('1-0'));
  assert.deepEqual([group.read, lagOf(header, group)], [1n, 4n]);
  stage.delete('4-0');
  assert.equal(lagOf(header, group), undefined);
  noteRead(header, group, idOf('2-0'));
  assert.equal(group.read, -1n);
  noteRead(header, group, idOf('5-0'));
  assert.deepEqual([group.read, lagOf(header, group)], [5n, 0n]);
});
