import { check } from './bad-payload.ts';
import { PendingPart } from './pending-form.ts';
import type { RdbReader } from './rdb-reader.ts';
import { RdbText } from './rdb-text.ts';
import { ID_BYTES, type Id, idAt, idOf } from './stream-id-form.ts';
import { checkStreamNode } from './stream-node-form.ts';
import type { ValueSink } from './value-sink.ts';

/** What a form of a stream has beyond that of Redis 5. */
export interface StreamForm {
  /** First id, greatest deleted id, entries ever added, and how many of them each group has read (7.0). */
  readonly counts: boolean;
  /** When each consumer last got something (7.2). */
  readonly activity: boolean;
}

/** An id of its own, and a listpack: the least lengths before them and one byte of each. */
const LEAST_NODE_BYTES = 1 + ID_BYTES + 2;
/** Name, last id, pending entries, consumers. */
const LEAST_GROUP_BYTES = 5;
/** Name, time, pending entries. */
const LEAST_CONSUMER_BYTES = 10;

const text = new RdbText();

/** Reads a stream: nodes, figures, then groups with their consumers. */
export const readStream = (reader: RdbReader, sink: ValueSink, form: StreamForm): void => {
  const nodes = readNodes(reader, sink);
  const length = reader.length();
  check(length === nodes.live);
  const lastId = readId(reader);
  check(nodes.last <= lastId);
  // The first id follows from the nodes.
  if (form.counts) readId(reader);
  const maxDeletedId = form.counts ? readId(reader) : 0n;
  const added = form.counts ? reader.length64() : BigInt(length);
  sink.stream({ length, firstId: nodes.firstLive, lastId, maxDeletedId, added });
  for (let groups = reader.count(LEAST_GROUP_BYTES); groups > 0; groups--) readGroup(reader, sink, form);
};

interface AllNodes {
  live: number;
  firstLive: Id;
  last: Id;
}

const readNodes = (reader: RdbReader, sink: ValueSink): AllNodes => {
  const all: AllNodes = { live: 0, firstLive: 0n, last: -1n };
  for (let count = reader.count(LEAST_NODE_BYTES); count > 0; count--) {
    reader.text(text);
    check(text.length === ID_BYTES);
    const id = idAt(Buffer.from(text.bytes.buffer, text.bytes.byteOffset, text.bytes.length), text.start);
    check(id > all.last);
    reader.text(text);
    const node = checkStreamNode(id, text);
    sink.streamNode(id, text);
    if (all.live === 0) all.firstLive = node.firstLive;
    all.live += node.live;
    all.last = node.last;
  }
  return all;
};

const readGroup = (reader: RdbReader, sink: ValueSink, form: StreamForm): void => {
  reader.text(text);
  const lastId = readId(reader);
  const read = form.counts ? BigInt.asIntN(64, reader.length64()) : undefined;
  check(sink.group(text, lastId, read));
  const pending = new PendingPart(reader);
  for (let consumers = reader.count(LEAST_CONSUMER_BYTES); consumers > 0; consumers--) {
    reader.text(text);
    const seen = reader.milliseconds();
    const active = form.activity ? reader.milliseconds() : seen;
    check(sink.consumer(text, seen, active));
    for (let left = reader.count(ID_BYTES); left > 0; left--) {
      const id = reader.peekId();
      const entry = pending.takeNext();
      sink.pending(id, entry.milliseconds(), entry.length64());
    }
  }
  pending.checkOwned();
};

const readId = (reader: RdbReader): Id => idOf(reader.length64(), reader.length64());
