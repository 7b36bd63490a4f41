import { errors, outsideRange } from '../../errors.ts';
import { TYPE_HASH } from '../../keyspace/entry.ts';
import type { FieldVisitor } from '../../keyspace/hash/hashes.ts';
import { MAX_SIZE } from '../../resp/byte-writer.ts';
import { MAX_INT64 } from '../../resp/number.ts';
import { readCollection } from '../collection-access.ts';
import { type Call, type CommandGroup, oneKey } from '../command.ts';

/** A shorter reply than an empty bulk string there is not, in bytes. */
const LEAST_REPLY = 6;
/** A table with no more than so many times the fields asked for is gone through as a whole. */
const DENSE = 3;

const hrandfield = (call: Call): void => {
  const { args, keyspace, reply } = call;
  if (args.count > 2) return someFields(call);
  const entry = populated(call);
  if (entry === 0) return reply.null();
  const { hashes, random } = keyspace;
  hashes.visit(entry, hashes.randomPlace(entry, random), ({ bytes, start, length }) =>
    reply.bulk(bytes, start, length),
  );
};

/** The entry of the hash, without fields whose time has come; 0 if there is none, or nothing left of it. */
const populated = (call: Call): number => {
  const { database, keyspace } = call;
  const entry = readCollection(call, 1, TYPE_HASH);
  if (entry === 0 || !keyspace.hashes.isExpiring(entry)) return entry;
  const removed = keyspace.hashes.removeDue(entry, Infinity);
  const left = keyspace.hashes.count(entry);
  if (removed > 0 || left === 0) database.reduced(entry);
  return left === 0 ? 0 : entry;
};

const someFields = (call: Call): void => {
  const { args, keyspace, reply } = call;
  const wanted = args.integer64(2);
  if (wanted < -MAX_INT64) throw outsideRange(-MAX_INT64, MAX_INT64);
  const withValues = args.is(3, 'WITHVALUES');
  if (args.count > 4 || (args.count === 4 && !withValues)) throw errors.syntax;
  if (withValues && (wanted < -MAX_INT64 / 2n || wanted > MAX_INT64 / 2n)) throw errors.outOfRange;
  const entry = populated(call);
  if (entry === 0 || wanted === 0n) return reply.array(0);
  const show = fieldWriter(call, withValues);
  if (wanted < 0n) return withRepeats(call, entry, Number(-wanted), withValues, show);
  const count = Math.min(Number(wanted), keyspace.hashes.count(entry));
  beginFields(call, count, withValues);
  if (count === keyspace.hashes.count(entry)) keyspace.hashes.each(entry, show);
  else distinct(call, entry, count, show);
};

/** In RESP3 a field and its value are an array of their own. */
const beginFields = ({ reply }: Call, count: number, withValues: boolean): void =>
  reply.array(withValues && reply.protocol === 2 ? count * 2 : count);

const fieldWriter = ({ reply }: Call, withValues: boolean): FieldVisitor => {
  const nests = withValues && reply.protocol === 3;
  return (field, value) => {
    if (nests) reply.array(2);
    reply.bulk(field.bytes, field.start, field.length);
    if (withValues) reply.bulk(value.bytes, value.start, value.length);
  };
};

const withRepeats = (
  call: Call,
  entry: number,
  count: number,
  withValues: boolean,
  show: FieldVisitor,
): void => {
  const { hashes, random } = call.keyspace;
  if (count * LEAST_REPLY > MAX_SIZE) throw errors.replyTooLarge;
  beginFields(call, count, withValues);
  // In a packed hash the way to a field is long: it is gone once.
  const places = count > 1 && hashes.isPacked(entry) ? hashes.places(entry) : undefined;
  for (let left = count; left > 0; left--) {
    const place = places?.[Math.floor(random() * places.length)] ?? hashes.randomPlace(entry, random);
    hashes.visit(entry, place, show);
  }
};

/** Shows less fields than there are, each once. */
const distinct = (call: Call, entry: number, count: number, show: FieldVisitor): void => {
  const { hashes } = call.keyspace;
  if (hashes.isPacked(entry)) inOrder(call, entry, count, show);
  else if (count * DENSE > hashes.count(entry)) shuffled(call, entry, count, show);
  else sparse(call, entry, count, show);
};

/** Goes through all fields and shows each with the chance that leaves as many as are still wanted. */
const inOrder = ({ keyspace }: Call, entry: number, count: number, show: FieldVisitor): void => {
  const { hashes, random } = keyspace;
  const places = hashes.places(entry);
  let wanted = count;
  for (let i = 0; wanted > 0; i++) {
    if (random() * (places.length - i) >= wanted) continue;
    hashes.visit(entry, places[i]!, show);
    wanted--;
  }
};

/** Shuffles as many places to the front as are wanted. */
const shuffled = ({ keyspace }: Call, entry: number, count: number, show: FieldVisitor): void => {
  const { hashes, random } = keyspace;
  const places = hashes.places(entry);
  for (let i = 0; i < count; i++) {
    const other = i + Math.floor(random() * (places.length - i));
    const place = places[other]!;
    places[other] = places[i]!;
    hashes.visit(entry, place, show);
  }
};

/** Draws until there are enough different ones: most draws are new. */
const sparse = ({ keyspace }: Call, entry: number, count: number, show: FieldVisitor): void => {
  const { hashes, random } = keyspace;
  const drawn = new Set<number>();
  while (drawn.size < count) {
    const place = hashes.randomPlace(entry, random);
    if (drawn.has(place)) continue;
    drawn.add(place);
    hashes.visit(entry, place, show);
  }
};

/** Returns fields of a hash by chance. */
export const hashRandom = {
  hrandfield: {
    arity: -2,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key [count [WITHVALUES]]',
    since: '6.2.0',
    complexity: 'O(N), when N is the number of fields returned',
    tips: ['nondeterministic_output'],
    summary:
      'Returns some fields of a hash, each about as likely as any other; with a negative count also repeatedly.',
    run: hrandfield,
  },
} satisfies CommandGroup;
