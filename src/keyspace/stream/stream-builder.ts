import type { ByteSlice } from '../../memory/byte-slice.ts';
import { type Id, millisecondsOf, sequenceOf } from '../../rdb/stream-id-form.ts';
import type { StreamFigures } from '../../rdb/value-sink.ts';
import { StreamId } from './stream-id.ts';
import { readUpTo } from './stream-lag.ts';
import type { Streams } from './streams.ts';

const id = new StreamId();

const idOf = (given: Id): StreamId => id.setMs(millisecondsOf(given)).setSequence(sequenceOf(given));

/** Fills a new, empty stream with what is read of one in RDB, in the order in which it comes. */
export class StreamBuilder {
  readonly #streams: Streams;
  readonly #entry: number;

  constructor(streams: Streams, entry: number) {
    this.#streams = streams;
    this.#entry = entry;
  }

  node(firstId: Id, { bytes, start, length }: ByteSlice): void {
    this.#streams.appendNode(this.#entry, idOf(firstId), bytes.subarray(start, start + length));
  }

  figures({ length, firstId, lastId, maxDeletedId, added }: StreamFigures): void {
    const header = this.#streams.header(this.#entry);
    header.length = length;
    header.setFirstId(idOf(firstId));
    header.setLastId(idOf(lastId));
    header.setMaxDeletedId(idOf(maxDeletedId));
    header.added = added;
  }

  /** @returns false if there was one of that name before */
  group({ bytes, start, length }: ByteSlice, lastId: Id, read: bigint | undefined): boolean {
    const { groups } = this.#streams;
    const header = this.#streams.header(this.#entry);
    if (groups.find(header, bytes, start, length)) return false;
    const group = groups.create(header, bytes, start, length);
    group.setLastId(idOf(lastId));
    group.read = read ?? readUpTo(header, idOf(lastId));
    return true;
  }

  /** @returns false if the group had one of that name before */
  consumer({ bytes, start, length }: ByteSlice, seen: number, active: number): boolean {
    const { groups } = this.#streams;
    if (groups.findConsumer(groups.group, bytes, start, length)) return false;
    groups.createConsumer(groups.group, bytes, start, length, seen);
    groups.consumer.active = active;
    return true;
  }

  pending(entryId: Id, delivered: number, deliveries: bigint): void {
    const { groups } = this.#streams;
    groups.pending.add(groups.group, groups.consumer, idOf(entryId), delivered, false);
    groups.pending.entry.deliveries = deliveries;
  }
}
