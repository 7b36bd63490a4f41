import {
  PACKED_NODE,
  RDB_LIST_QUICKLIST_2,
  RDB_SET,
  RDB_SET_INTSET,
  RDB_STRING,
  RDB_VERSION,
} from '../rdb/rdb-types.ts';
import type { RdbWriter } from '../rdb/rdb-writer.ts';
import { TYPE_LIST, TYPE_SET, TYPE_STRING, typeOf } from './entry.ts';
import type { Keyspace } from './keyspace.ts';

/** Writes the type of the value in RDB and the value. @returns the version of RDB in which there is such a type */
type DumpValue = (keyspace: Keyspace, entry: number, writer: RdbWriter) => number;

const dumpString: DumpValue = ({ strings }, entry, writer) => {
  const { bytes, start, length } = strings.view(entry);
  writer.byte(RDB_STRING);
  writer.text(bytes, start, length);
  return RDB_VERSION;
};

const dumpList: DumpValue = ({ lists }, entry, writer) => {
  writer.byte(RDB_LIST_QUICKLIST_2);
  writer.count(lists.nodeCount(entry));
  lists.eachNode(entry, ({ bytes, start, used, count }) => {
    writer.count(PACKED_NODE);
    writer.listpack(bytes, start, used, count);
  });
  return RDB_VERSION;
};

const dumpSet: DumpValue = ({ sets }, entry, writer) => {
  const intset = sets.intset(entry);
  if (intset !== undefined) {
    writer.byte(RDB_SET_INTSET);
    writer.text(intset, 0, intset.length);
    return RDB_VERSION;
  }
  writer.byte(RDB_SET);
  writer.count(sets.count(entry));
  for (const walk = sets.walk(entry); walk.next(); ) {
    const { bytes, start, length } = walk.member;
    writer.text(bytes, start, length);
  }
  return RDB_VERSION;
};

const DUMPS: Readonly<Record<number, DumpValue>> = {
  [TYPE_STRING]: dumpString,
  [TYPE_LIST]: dumpList,
  [TYPE_SET]: dumpSet,
};

/** Writes the value of `entry` as DUMP does, but for what stands at the end. @returns the version of RDB that it is */
export const dumpValue = (keyspace: Keyspace, entry: number, writer: RdbWriter): number =>
  DUMPS[typeOf(keyspace.arena, entry)]!(keyspace, entry, writer);
