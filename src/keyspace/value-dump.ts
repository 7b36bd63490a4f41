import { ListpackBuilder } from '../rdb/listpack-builder.ts';
import * as rdb from '../rdb/rdb-types.ts';
import type { RdbWriter } from '../rdb/rdb-writer.ts';
import { formatDouble } from '../resp/double.ts';
import {
  TYPE_HASH,
  TYPE_LIST,
  TYPE_SET,
  TYPE_SORTED_SET,
  TYPE_STREAM,
  TYPE_STRING,
  typeOf,
} from './entry.ts';
import type { Keyspace } from './keyspace.ts';
import { dumpStream } from './stream/stream-dump.ts';

const listpack = new ListpackBuilder();

/** Nothing is left of the value: it is a hash, and the time of all its fields has come. */
export const NOTHING_LEFT = 0;

/**
 * Writes the type of the value in RDB and the value.
 * @returns the version of RDB in which there is such a type, or {@link NOTHING_LEFT}
 */
type DumpValue = (keyspace: Keyspace, entry: number, writer: RdbWriter) => number;

const dumpString: DumpValue = ({ strings }, entry, writer) => {
  const { bytes, start, length } = strings.view(entry);
  writer.byte(rdb.RDB_STRING);
  writer.text(bytes, start, length);
  return rdb.RDB_VERSION;
};

const dumpList: DumpValue = ({ lists }, entry, writer) => {
  writer.byte(rdb.RDB_LIST_QUICKLIST_2);
  writer.count(lists.nodeCount(entry));
  lists.eachNode(entry, ({ bytes, start, used, count }) => {
    writer.count(rdb.PACKED_NODE);
    writer.listpack(bytes, start, used, count);
  });
  return rdb.RDB_VERSION;
};

const dumpSet: DumpValue = ({ sets }, entry, writer) => {
  const intset = sets.intset(entry);
  if (intset !== undefined) {
    writer.byte(rdb.RDB_SET_INTSET);
    writer.text(intset, 0, intset.length);
    return rdb.RDB_VERSION;
  }
  writer.byte(rdb.RDB_SET);
  writer.count(sets.count(entry));
  for (const walk = sets.walk(entry); walk.next(); ) {
    const { bytes, start, length } = walk.member;
    writer.text(bytes, start, length);
  }
  return rdb.RDB_VERSION;
};

const dumpSortedSet: DumpValue = ({ sortedSets }, entry, writer) => {
  const members = sortedSets.open(entry);
  const isPacked = sortedSets.openRanked(entry) === undefined;
  writer.byte(isPacked ? rdb.RDB_SORTED_SET_LISTPACK : rdb.RDB_SORTED_SET_2);
  if (!isPacked) writer.count(members.count);
  members.seek(0);
  do {
    const { bytes, start, length } = members.member;
    if (isPacked) {
      listpack.add(bytes, start, length);
      listpack.addText(formatDouble(members.score));
    } else {
      writer.text(bytes, start, length);
      writer.double(members.score);
    }
  } while (members.next());
  if (isPacked) listpack.writeTo(writer);
  return rdb.RDB_VERSION;
};

const dumpHash: DumpValue = (keyspace, entry, writer) => {
  const { hashes } = keyspace;
  if (hashes.isExpiring(entry)) return dumpExpiringHash(keyspace, entry, writer);
  if (hashes.isPacked(entry)) {
    writer.byte(rdb.RDB_HASH_LISTPACK);
    hashes.each(entry, (field, value) => {
      listpack.add(field.bytes, field.start, field.length);
      listpack.add(value.bytes, value.start, value.length);
    });
    listpack.writeTo(writer);
    return rdb.RDB_VERSION;
  }
  writer.byte(rdb.RDB_HASH);
  writer.count(hashes.count(entry));
  hashes.each(entry, (field, value) => {
    writer.text(field.bytes, field.start, field.length);
    writer.text(value.bytes, value.start, value.length);
  });
  return rdb.RDB_VERSION;
};

/** A hash whose fields may expire; if none does any more, servers older than 7.4 can read it. */
const dumpExpiringHash: DumpValue = (keyspace, entry, writer) => {
  const { hashes } = keyspace;
  const count = hashes.countLive(entry);
  if (count === 0) return NOTHING_LEFT;
  let earliest = Number.POSITIVE_INFINITY;
  hashes.each(entry, (_field, _value, expiry) => {
    if (expiry !== 0 && expiry < earliest) earliest = expiry;
  });
  const expires = earliest !== Number.POSITIVE_INFINITY;
  if (expires && hashes.isPacked(entry)) return dumpPackedFields(keyspace, entry, earliest, writer);
  writer.byte(expires ? rdb.RDB_HASH_METADATA : rdb.RDB_HASH);
  if (expires) writer.milliseconds(earliest);
  writer.count(count);
  hashes.each(entry, (field, value, expiry) => {
    if (expires) writer.count(expiry === 0 ? 0 : expiry - earliest + 1);
    writer.text(field.bytes, field.start, field.length);
    writer.text(value.bytes, value.start, value.length);
  });
  return expires ? rdb.NEWEST_RDB_VERSION : rdb.RDB_VERSION;
};

/** Fields of which some expire, in one listpack: those that expire first come first, as Redis 7.4 relies on. */
const dumpPackedFields = (
  { hashes }: Keyspace,
  entry: number,
  earliest: number,
  writer: RdbWriter,
): number => {
  const expiries = new Map<number, number>();
  for (const place of hashes.places(entry)) {
    hashes.visit(entry, place, (_field, _value, expiry) => {
      expiries.set(place, expiry === 0 ? Number.POSITIVE_INFINITY : expiry);
    });
  }
  const inOrder = [...expiries].sort(([, one], [, other]) => (one === other ? 0 : one - other));
  writer.byte(rdb.RDB_HASH_LISTPACK_EX);
  writer.milliseconds(earliest);
  for (const [place] of inOrder) {
    hashes.visit(entry, place, (field, value, expiry) => {
      listpack.add(field.bytes, field.start, field.length);
      listpack.add(value.bytes, value.start, value.length);
      listpack.addText(String(expiry));
    });
  }
  listpack.writeTo(writer);
  return rdb.NEWEST_RDB_VERSION;
};

const DUMPS: Readonly<Record<number, DumpValue>> = {
  [TYPE_STRING]: dumpString,
  [TYPE_LIST]: dumpList,
  [TYPE_SET]: dumpSet,
  [TYPE_SORTED_SET]: dumpSortedSet,
  [TYPE_HASH]: dumpHash,
  [TYPE_STREAM]: ({ streams }, entry, writer) => {
    dumpStream(streams, entry, writer);
    return rdb.RDB_VERSION;
  },
};

/**
 * Writes the value of `entry` as DUMP does, but for what stands at the end.
 * @returns the version of RDB that it is; or {@link NOTHING_LEFT}, nothing having been written
 */
export const dumpValue = (keyspace: Keyspace, entry: number, writer: RdbWriter): number =>
  DUMPS[typeOf(keyspace.arena, entry)]!(keyspace, entry, writer);
