import { check } from './bad-payload.ts';
import { IntsetWalk } from './intset-form.ts';
import { ListpackWalk } from './listpack-form.ts';
import { PlainTexts, type RdbReader } from './rdb-reader.ts';
import { RdbText } from './rdb-text.ts';
import * as types from './rdb-types.ts';
import {
  readElements,
  readExpiringFields,
  readFields,
  readFieldsSince,
  readMembers,
  readScoredMembers,
  readScoredTexts,
} from './read-elements.ts';
import { readStream } from './read-stream.ts';
import type { ValueSink } from './value-sink.ts';
import { ZiplistWalk } from './ziplist-form.ts';
import { ZipmapWalk } from './zipmap-form.ts';

type ReadValue = (reader: RdbReader, sink: ValueSink) => void;

const text = new RdbText();

/** What is packed in one text. */
const packed = (reader: RdbReader): RdbText => {
  reader.text(text);
  return text;
};

const readString: ReadValue = (reader, sink) => sink.string(packed(reader));

const readList: ReadValue = (reader, sink) => check(readElements(new PlainTexts(reader, 1), sink) > 0);

/** Nodes: ziplists. */
const readZiplists: ReadValue = (reader, sink) => {
  let count = 0;
  for (let nodes = reader.count(1); nodes > 0; nodes--) {
    count += readElements(new ZiplistWalk(packed(reader)), sink);
  }
  check(count > 0);
};

/** Nodes: listpacks, or one long element. */
const readNodes: ReadValue = (reader, sink) => {
  let count = 0;
  for (let nodes = reader.count(2); nodes > 0; nodes--) {
    const form = reader.length();
    if (form === types.PLAIN_NODE) {
      sink.element(packed(reader));
      count++;
    } else {
      check(form === types.PACKED_NODE);
      count += readElements(new ListpackWalk(packed(reader)), sink);
    }
  }
  check(count > 0);
};

const readExpiringListpack: ReadValue = (reader, sink) => {
  // The earliest expiry: the fields themselves tell.
  reader.milliseconds();
  readExpiringFields(new ListpackWalk(packed(reader)), sink);
};

const READERS: Readonly<Record<number, ReadValue>> = {
  [types.RDB_STRING]: readString,
  [types.RDB_LIST]: readList,
  [types.RDB_LIST_ZIPLIST]: (reader, sink) => check(readElements(new ZiplistWalk(packed(reader)), sink) > 0),
  [types.RDB_LIST_QUICKLIST]: readZiplists,
  [types.RDB_LIST_QUICKLIST_2]: readNodes,
  [types.RDB_SET]: (reader, sink) => readMembers(new PlainTexts(reader, 1), sink),
  [types.RDB_SET_INTSET]: (reader, sink) => readMembers(new IntsetWalk(packed(reader)), sink),
  [types.RDB_SET_LISTPACK]: (reader, sink) => readMembers(new ListpackWalk(packed(reader)), sink),
  [types.RDB_SORTED_SET]: (reader, sink) => readScoredMembers(reader, sink, () => reader.textDouble()),
  [types.RDB_SORTED_SET_2]: (reader, sink) => readScoredMembers(reader, sink, () => reader.double()),
  [types.RDB_SORTED_SET_ZIPLIST]: (reader, sink) => readScoredTexts(new ZiplistWalk(packed(reader)), sink),
  [types.RDB_SORTED_SET_LISTPACK]: (reader, sink) => readScoredTexts(new ListpackWalk(packed(reader)), sink),
  [types.RDB_HASH]: (reader, sink) => readFields(new PlainTexts(reader, 2), sink),
  [types.RDB_HASH_ZIPMAP]: (reader, sink) => readFields(new ZipmapWalk(packed(reader)), sink),
  [types.RDB_HASH_ZIPLIST]: (reader, sink) => readFields(new ZiplistWalk(packed(reader)), sink),
  [types.RDB_HASH_LISTPACK]: (reader, sink) => readFields(new ListpackWalk(packed(reader)), sink),
  [types.RDB_HASH_METADATA]: (reader, sink) => readFieldsSince(reader, sink, reader.milliseconds()),
  [types.RDB_HASH_LISTPACK_EX]: readExpiringListpack,
  [types.RDB_STREAM]: (reader, sink) => readStream(reader, sink, { counts: false, activity: false }),
  [types.RDB_STREAM_2]: (reader, sink) => readStream(reader, sink, { counts: true, activity: false }),
  [types.RDB_STREAM_3]: (reader, sink) => readStream(reader, sink, { counts: true, activity: true }),
};

/**
 * Reads a value whose type byte has been read, telling the sink its parts in their order.
 * @throws BadPayload if anything is wrong with it: the sink may have got parts of it by then.
 */
export const readValue = (type: number, reader: RdbReader, sink: ValueSink): void => {
  const read = READERS[type];
  check(read !== undefined);
  read(reader, sink);
};
