import assert from 'node:assert/strict';
import { DEFAULT_LIMITS } from '../../src/keyspace/encoding-limits.ts';
import { TYPE_STREAM } from '../../src/keyspace/entry.ts';
import { Keyspace } from '../../src/keyspace/keyspace.ts';
import { StreamId } from '../../src/keyspace/stream/stream-id.ts';
import { readStreamId } from '../../src/keyspace/stream/stream-id-text.ts';
import type { StreamFields } from '../../src/keyspace/stream/stream-node.ts';
import { seededRandom } from '../memory/seeded-random.ts';
import { ManualClock } from './keyspace-fixture.ts';

/** An entry of a stream: its id, then field, value, field, value … */
export interface Item {
  readonly id: string;
  readonly fields: readonly string[];
}

export const idOf = (text: string): StreamId => {
  const bytes = Buffer.from(text);
  const id = new StreamId();
  assert.notEqual(readStreamId(bytes, 0, bytes.length, id), 'invalid');
  return id;
};

export const textOf = (id: StreamId): string => {
  const bytes = Buffer.alloc(41);
  return bytes.toString('latin1', 0, id.writeText(bytes, 0));
};

export const fieldsOf = (texts: readonly string[]): StreamFields => {
  const starts: number[] = [];
  let size = 0;
  for (const text of texts) {
    starts.push(size);
    size += Buffer.byteLength(text, 'latin1');
  }
  const lengths = texts.map((text) => text.length);
  return { bytes: Buffer.from(texts.join(''), 'latin1'), starts, lengths, first: 0, pairs: texts.length / 2 };
};

/** One stream in a keyspace of its own. */
export class StreamStage {
  readonly limits = { ...DEFAULT_LIMITS };
  readonly keyspace = new Keyspace({
    clock: new ManualClock(),
    random: seededRandom(1),
    databases: 2,
    limits: this.limits,
  });
  readonly streams = this.keyspace.streams;
  readonly entry: number;
  /** Bytes of the keyspace without the stream. */
  readonly #empty: number;

  constructor() {
    this.#create();
    this.#remove();
    this.#empty = this.keyspace.arena.usedBytes;
    this.entry = this.#create();
  }

  add(item: Item): void {
    this.streams.append(this.entry, idOf(item.id), fieldsOf(item.fields));
  }

  /** Deletes an entry. @returns false if there is none. */
  delete(id: string): boolean {
    const deleted = this.streams.delete(this.entry, idOf(id));
    if (deleted) this.streams.refreshFirstId(this.streams.header(this.entry));
    return deleted;
  }

  items(from: string, to: string, entry = this.entry): Item[] {
    const { cursor } = this.streams;
    const items: Item[] = [];
    const end = idOf(to);
    cursor.seek(this.streams.header(entry), idOf(from));
    while (cursor.next() && cursor.id.compare(end) <= 0) items.push(this.#item());
    return items;
  }

  itemsBack(from: string, to: string): Item[] {
    const { cursor } = this.streams;
    const items: Item[] = [];
    const start = idOf(from);
    cursor.seekBack(this.streams.header(this.entry), idOf(to));
    while (cursor.previous() && cursor.id.compare(start) >= 0) items.push(this.#item());
    return items;
  }

  #item(): Item {
    const { cursor } = this.streams;
    const fields: string[] = [];
    for (let i = 0; i < cursor.pairs; i++) {
      cursor.nextPair();
      for (const { bytes, start, length } of [cursor.field, cursor.value]) {
        fields.push(Buffer.from(bytes.subarray(start, start + length)).toString('latin1'));
      }
    }
    return { id: textOf(cursor.id), fields };
  }

  /** Everything there is to tell, compared with what should be. */
  check(expected: readonly Item[]): void {
    const header = this.streams.header(this.entry);
    assert.equal(header.length, expected.length);
    assert.equal(textOf(header.firstId(new StreamId())), expected[0]?.id ?? '0-0');
    assert.deepEqual(this.items(LEAST, GREATEST), expected);
    assert.deepEqual(this.itemsBack(LEAST, GREATEST), expected.toReversed());
  }

  /** Deletes the stream, of which nothing must be left. */
  removeAll(): void {
    this.#remove();
    assert.equal(this.keyspace.arena.usedBytes, this.#empty);
  }

  #create(): number {
    const database = this.keyspace.databases[0]!;
    database.peek(KEY, 0, KEY.length);
    return database.create(KEY, 0, KEY.length, TYPE_STREAM);
  }

  #remove(): void {
    this.keyspace.databases[0]!.remove(KEY, 0, KEY.length);
    while (this.keyspace.lazyFree.runSlice());
  }
}

const KEY = Buffer.from('s');
export const LEAST = '0-0';
export const GREATEST = '18446744073709551615-18446744073709551615';
