import { errors, outsideRange } from '../../errors.ts';
import { TYPE_SET } from '../../keyspace/entry.ts';
import { TABLE } from '../../keyspace/set/set-form.ts';
import type { ByteSlice } from '../../memory/byte-slice.ts';
import { MAX_INT64 } from '../../resp/number.ts';
import { readCollection, writableCollection } from '../collection-access.ts';
import { type Call, type CommandGroup, type Handler, oneKey } from '../command.ts';

/** The least that a member takes in a reply. */
const LEAST_BULK_BYTES = 6;
/** To pick members until there are so many different ones is faster than a walk if the set is this many times larger. */
const WORTH_PICKING = 3;

const replyMember = ({ reply }: Call, { bytes, start, length }: ByteSlice): void => {
  reply.bulk(bytes, start, length);
};

const replyAll = (call: Call, entry: number): void => {
  for (const walk = call.keyspace.sets.walk(entry); walk.next(); ) replyMember(call, walk.member);
};

const spop: Handler = (call) => {
  if (call.args.count > 3) throw errors.syntax;
  if (call.args.count === 3) return popMany(call);
  const { sets } = call.keyspace;
  const entry = writableCollection(call, 1, TYPE_SET);
  if (entry === 0) return call.reply.null();
  replyMember(call, sets.pick(entry));
  sets.removePicked(entry);
  call.database.reduced(entry);
};

const popMany: Handler = (call) => {
  const { args, database, keyspace, reply } = call;
  const { sets } = keyspace;
  const count = args.integer(2, errors.notPositive);
  if (count < 0) throw errors.notPositive;
  const entry = writableCollection(call, 1, TYPE_SET);
  if (entry === 0 || count === 0) return reply.set(0);
  const size = sets.count(entry);
  reply.set(Math.min(count, size));
  if (count >= size) {
    replyAll(call, entry);
    return database.removeFound(entry);
  }
  for (let left = count; left > 0; left--) {
    replyMember(call, sets.pick(entry));
    sets.removePicked(entry);
  }
  database.reduced(entry);
};

const srandmember: Handler = (call) => {
  const { args, keyspace, reply } = call;
  if (args.count > 3) throw errors.syntax;
  if (args.count === 3) return pickMany(call);
  const entry = readCollection(call, 1, TYPE_SET);
  if (entry === 0) reply.null();
  else replyMember(call, keyspace.sets.pick(entry));
};

const pickMany: Handler = (call) => {
  const { args, keyspace, reply } = call;
  const { sets } = keyspace;
  if (args.integer64(2) < -MAX_INT64) throw outsideRange(-MAX_INT64, MAX_INT64);
  const count = args.integer(2);
  const entry = readCollection(call, 1, TYPE_SET);
  if (entry === 0 || count === 0) return reply.array(0);
  if (count < 0) return pickWithRepetition(call, entry, -count);
  const size = sets.count(entry);
  reply.array(Math.min(count, size));
  if (count >= size) replyAll(call, entry);
  else if (sets.form(entry) === TABLE && count * WORTH_PICKING < size) pickDistinct(call, entry, count);
  else sampleWalk(call, entry, count, size);
};

const pickWithRepetition = (call: Call, entry: number, count: number): void => {
  call.reply.checkRoom(count * LEAST_BULK_BYTES);
  call.reply.array(count);
  for (let left = count; left > 0; left--) replyMember(call, call.keyspace.sets.pick(entry));
};

const pickDistinct = (call: Call, entry: number, count: number): void => {
  const { sets } = call.keyspace;
  const seen = new Set<number>();
  while (seen.size < count) {
    const member = sets.pick(entry);
    const before = seen.size;
    seen.add(sets.pickedPlace);
    if (seen.size > before) replyMember(call, member);
  }
};

/** Takes each member with the probability by which in the end it is `count` of them: every choice is equally likely. */
const sampleWalk = (call: Call, entry: number, count: number, size: number): void => {
  const { random, sets } = call.keyspace;
  const walk = sets.walk(entry);
  let wanted = count;
  for (let left = size; wanted > 0; left--) {
    walk.next();
    if (random() * left >= wanted) continue;
    replyMember(call, walk.member);
    wanted--;
  }
};

const smembers: Handler = (call) => {
  const entry = readCollection(call, 1, TYPE_SET);
  call.reply.set(entry === 0 ? 0 : call.keyspace.sets.count(entry));
  if (entry !== 0) replyAll(call, entry);
};

/** Commands that return all members of a set, or some at random. */
export const setRandom = {
  smembers: {
    arity: 2,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key',
    since: '1.0.0',
    complexity: 'O(N), when N is the number of members',
    tips: ['nondeterministic_output_order'],
    summary: 'Returns all members of a set.',
    run: smembers,
  },
  spop: {
    arity: -2,
    flags: ['write', 'fast'],
    keys: oneKey('RW access delete'),
    syntax: 'key [count]',
    since: '1.0.0',
    complexity: 'O(1) without a count, else O(N), when N is the count',
    tips: ['nondeterministic_output'],
    summary: 'Removes members of a set at random and returns them.',
    run: spop,
  },
  srandmember: {
    arity: -2,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key [count]',
    since: '1.0.0',
    complexity: 'O(1) without a count, else O(N), when N is the count without its sign',
    tips: ['nondeterministic_output'],
    summary: 'Returns members of a set at random; for a negative count the same one may come several times.',
    run: srandmember,
  },
} satisfies CommandGroup;
