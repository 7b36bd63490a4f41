import { errors } from '../../errors.ts';
import type { StreamGroup } from '../../keyspace/stream/stream-group.ts';
import { StreamId } from '../../keyspace/stream/stream-id.ts';
import type { Arguments } from '../arguments.ts';
import { type Call, type CommandGroup, type Handler, oneKey } from '../command.ts';
import { replyClaimed } from './stream-claims.ts';
import { replyId, replyIdBefore } from './stream-entries.ts';
import { ensureConsumer, nowOf, streamWithGroup } from './stream-group-access.ts';
import { rangeStartAt } from './stream-ids.ts';

const CONSUMER = 3;
const DEFAULT_COUNT = 100;
/** Entries that are looked at for each one that may be claimed. */
const ATTEMPTS = 10;
/** Redis refuses a count whose ids would not fit into 63 bits … */
const MAX_COUNT = 2 ** 59;
/** … and one for whose ids it finds no memory. */
const MAX_IDS = 2 ** 43;

const start = new StreamId();
const id = new StreamId();

/** The options of the XAUTOCLAIM that is running. */
class AutoclaimOptions {
  idle = 0;
  count = DEFAULT_COUNT;
  justId = false;

  /** @throws CommandError */
  read(args: Arguments): void {
    this.idle = args.integer(4, errors.autoclaimIdleTime);
    rangeStartAt(args, 5, start);
    this.count = DEFAULT_COUNT;
    this.justId = false;
    for (let i = 6; i < args.count; i++) {
      if (args.is(i, 'COUNT') && i + 1 < args.count) this.count = countAt(args, ++i);
      else if (args.is(i, 'JUSTID')) this.justId = true;
      else throw errors.syntax;
    }
  }
}

const countAt = (args: Arguments, index: number): number => {
  const count = args.integer(index, errors.autoclaimCount);
  if (count < 1 || count >= MAX_COUNT) throw errors.autoclaimCount;
  return count;
};

const options = new AutoclaimOptions();
/** Ids of entries that are pending and were deleted from the stream. */
const deleted: StreamId[] = [];

const xautoclaim: Handler = (call) => {
  const { keyspace, reply } = call;
  options.read(call.args);
  const entry = streamWithGroup(call);
  if (options.count >= MAX_IDS) throw errors.autoclaimMemory;
  const { group, pending } = keyspace.streams.groups;
  deleted.length = 0;
  let attempts = options.count * ATTEMPTS;
  let claimed = 0;
  reply.array(3);
  const mark = reply.length;
  const tree = pending.attach(group);
  let at = pending.seek(start);
  while (at !== 0 && attempts-- > 0 && claimed + deleted.length < options.count) {
    pending.entry.open(at).id(id);
    if (!keyspace.streams.find(keyspace.streams.header(entry), id)) {
      at = dropDeleted(call, group, at);
      continue;
    }
    if (claim(call, group, at)) claimed++;
    at = tree.next();
  }
  reply.arrayBefore(mark, claimed);
  if (at === 0) id.setLeast();
  else pending.entry.open(at).id(id);
  replyIdBefore(reply, mark, id);
  reply.array(deleted.length);
  for (const one of deleted) replyId(reply, one);
};

/** The pending entry of {@link id} is not in the stream any more: forgets it. @returns the one behind it. */
const dropDeleted = ({ keyspace }: Call, group: StreamGroup, at: number): number => {
  const { pending } = keyspace.streams.groups;
  deleted.push(new StreamId().copy(id));
  keyspace.statistics.changes++;
  pending.remove(group, at);
  pending.attach(group);
  return id.increment() ? pending.seek(id) : 0;
};

/** Claims the pending entry at an address, that of {@link id}, and replies with it. @returns false if it is too young. */
const claim = (call: Call, group: StreamGroup, at: number): boolean => {
  const { pending } = call.keyspace.streams.groups;
  if (options.idle > 0 && nowOf(call) - pending.entry.time < options.idle) return false;
  const consumer = ensureConsumer(call, group, CONSUMER);
  pending.give(at, consumer);
  pending.entry.time = nowOf(call);
  if (!options.justId) pending.entry.deliveries++;
  replyClaimed(call, consumer, id, options.justId);
  return true;
};

/** XAUTOCLAIM. */
export const streamAutoclaim = {
  xautoclaim: {
    arity: -6,
    flags: ['write', 'fast'],
    keys: oneKey('RW delete'),
    syntax: 'key group consumer min-idle-time start [COUNT count] [JUSTID]',
    since: '6.2.0',
    complexity: 'O(N log M), when N is COUNT and M the number of pending entries',
    tips: ['nondeterministic_output'],
    summary: 'Gives pending entries that nobody cared for in a while to a consumer and returns them.',
    run: xautoclaim,
  },
} satisfies CommandGroup;
