import { RDB_STREAM_2 } from '../../rdb/rdb-types.ts';
import type { RdbWriter } from '../../rdb/rdb-writer.ts';
import type { StreamConsumer, StreamGroup } from './stream-group.ts';
import type { StreamHeader } from './stream-header.ts';
import { ID_BYTES, StreamId } from './stream-id.ts';
import type { Streams } from './streams.ts';

const id = new StreamId();
const idBytes = new Uint8Array(ID_BYTES);

/** Writes a stream, its groups and their consumers as Redis 7.0 does. */
export const dumpStream = (streams: Streams, entry: number, writer: RdbWriter): void => {
  const nodes = streams.nodes(entry);
  writer.byte(RDB_STREAM_2);
  writer.count(nodes);
  for (let i = 0; i < nodes; i++) {
    const { firstId, listpack } = streams.nodeAt(entry, i);
    firstId.writeBytes(idBytes, 0);
    writer.text(idBytes, 0, ID_BYTES);
    writer.text(listpack, 0, listpack.length);
  }
  const header = streams.header(entry);
  writer.count(header.length);
  writeId(writer, header.lastId(id));
  writeId(writer, header.firstId(id));
  writeId(writer, header.maxDeletedId(id));
  writer.count64(header.added);
  dumpGroups(streams, header, writer);
};

const dumpGroups = (streams: Streams, header: StreamHeader, writer: RdbWriter): void => {
  const { groups } = streams;
  writer.count(groups.count(header));
  for (const group of groups.all(header)) {
    writer.text(group.chunk, group.nameStart, group.nameLength);
    writeId(writer, group.lastId(id));
    writer.count64(BigInt.asUintN(64, group.read));
    dumpPending(streams, group, writer);
    writer.count(groups.consumerCount(group));
    for (const consumer of groups.consumers(group)) {
      writer.text(consumer.chunk, consumer.nameStart, consumer.nameLength);
      writer.milliseconds(consumer.seen);
      dumpOwn(streams, consumer, writer);
    }
  }
};

/** All pending entries of a group. */
const dumpPending = (streams: Streams, group: StreamGroup, writer: RdbWriter): void => {
  const { pending } = streams.groups;
  const tree = pending.attach(group);
  writer.count(tree.count);
  tree.seekScore(Number.NEGATIVE_INFINITY, false);
  for (let { entry } = tree; entry !== 0; entry = tree.next()) {
    const { time, deliveries } = pending.entry.open(entry);
    writeIdBytes(writer, pending.entry.id(id));
    writer.milliseconds(time);
    writer.count64(deliveries);
  }
};

/** The ids of the pending entries of a consumer. */
const dumpOwn = (streams: Streams, consumer: StreamConsumer, writer: RdbWriter): void => {
  const { pending } = streams.groups;
  const tree = pending.attach(consumer);
  writer.count(tree.count);
  tree.seekScore(Number.NEGATIVE_INFINITY, false);
  for (let { entry } = tree; entry !== 0; entry = tree.next()) {
    writeIdBytes(writer, pending.entry.open(entry).id(id));
  }
};

const writeId = (writer: RdbWriter, { msHigh, msLow, sequenceHigh, sequenceLow }: StreamId): void => {
  writer.countHalves(msHigh, msLow);
  writer.countHalves(sequenceHigh, sequenceLow);
};

const writeIdBytes = (writer: RdbWriter, written: StreamId): void => {
  written.writeBytes(idBytes, 0);
  writer.raw(idBytes, 0, ID_BYTES);
};
