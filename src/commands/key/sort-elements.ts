import { errors } from '../../errors.ts';
import { TYPE_LIST, TYPE_SET, TYPE_SORTED_SET } from '../../keyspace/entry.ts';
import type { Keyspace } from '../../keyspace/keyspace.ts';
import type { Call } from '../command.ts';
import { copyOf } from './sort-pattern.ts';

/** A place in a value, and how to go on from it. */
interface Walk {
  element(): Buffer;
  /** @returns false at the end */
  next(): boolean;
}

const listWalk = ({ lists }: Keyspace, entry: number, index: number, backwards: boolean): Walk => {
  const { cursor } = lists;
  cursor.seek(entry, index);
  return {
    element: () => copyOf(cursor.current()),
    next: () => (backwards ? cursor.previous() : cursor.next()),
  };
};

const sortedSetWalk = ({ sortedSets }: Keyspace, entry: number, rank: number, backwards: boolean): Walk => {
  const members = sortedSets.open(entry);
  members.seek(rank);
  return {
    element: () => copyOf(members.member),
    next: () => (backwards ? members.previous() : members.next()),
  };
};

const setWalk = ({ sets }: Keyspace, entry: number): Walk => {
  const walk = sets.walk(entry);
  walk.next();
  return { element: () => copyOf(walk.member), next: () => walk.next() };
};

const walkFrom = (call: Call, entry: number, index: number, backwards: boolean): Walk => {
  const type = call.database.typeOf(entry);
  if (type === TYPE_LIST) return listWalk(call.keyspace, entry, index, backwards);
  if (type === TYPE_SET) return setWalk(call.keyspace, entry);
  return sortedSetWalk(call.keyspace, entry, index, backwards);
};

const SORTABLE: readonly number[] = [TYPE_LIST, TYPE_SET, TYPE_SORTED_SET];

/** The entry of the list, set or sorted set of key argument 1; 0 if there is none. @throws errors.wrongType */
export const sortableEntry = ({ args, database }: Call): number => {
  const entry = database.read(args.buffer, args.start(1), args.length(1));
  if (entry !== 0 && !SORTABLE.includes(database.typeOf(entry))) throw errors.wrongType;
  return entry;
};

/** True if a part of the value can be read in the order in which it is kept. */
export const hasOrder = ({ database }: Call, entry: number): boolean => database.typeOf(entry) !== TYPE_SET;

/** Number of elements of a list, set or sorted set. */
export const countElements = ({ database, keyspace }: Call, entry: number): number =>
  entry === 0 ? 0 : keyspace.collections[database.typeOf(entry)]!.count(entry);

/** Copies of `count` elements, the first that of an index counted from the end at which it begins. */
export const copyElements = (
  call: Call,
  entry: number,
  index: number,
  count: number,
  backwards: boolean,
): Buffer[] => {
  const elements: Buffer[] = [];
  if (count <= 0) return elements;
  const first = backwards ? countElements(call, entry) - 1 - index : index;
  const walk = walkFrom(call, entry, first, backwards);
  do elements.push(walk.element());
  while (elements.length < count && walk.next());
  return elements;
};
