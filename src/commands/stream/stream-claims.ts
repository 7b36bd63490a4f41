import { errors, unrecognizedClaimOption } from '../../errors.ts';
import type { StreamConsumer, StreamGroup } from '../../keyspace/stream/stream-group.ts';
import { StreamId } from '../../keyspace/stream/stream-id.ts';
import { readStreamId } from '../../keyspace/stream/stream-id-text.ts';
import { type Call, type CommandGroup, type Handler, oneKey } from '../command.ts';
import { replyEntry, replyId } from './stream-entries.ts';
import { ensureConsumer, nowOf, streamWithGroup } from './stream-group-access.ts';
import { idAt } from './stream-ids.ts';

const CONSUMER = 3;
const FIRST_ID = 5;

const id = new StreamId();

/** What XCLAIM says behind its ids. */
class ClaimOptions {
  /** The argument behind the last id. */
  endOfIds = 0;
  /** When the entries are to have been delivered last; undefined: now. */
  time: number | undefined;
  /** How often they are to have been delivered; negative: once more than before. */
  deliveries = -1n;
  /** Entries that are not pending are claimed, too. */
  force = false;
  justId = false;
  /** The group has read at least up to there. */
  readonly lastId = new StreamId();

  /** @throws CommandError */
  read(call: Call): void {
    this.time = undefined;
    this.deliveries = -1n;
    this.force = false;
    this.justId = false;
    this.lastId.setLeast();
    this.endOfIds = FIRST_ID;
    while (this.endOfIds < call.args.count && isId(call, this.endOfIds)) this.endOfIds++;
    for (let i = this.endOfIds; i < call.args.count; ) i = this.#readOption(call, i);
  }

  /** @returns the argument behind the option at `index`. */
  #readOption(call: Call, index: number): number {
    const { args } = call;
    const hasValue = index + 1 < args.count;
    if (args.is(index, 'FORCE')) this.force = true;
    else if (args.is(index, 'JUSTID')) this.justId = true;
    else if (!hasValue) throw unrecognizedClaimOption(args.latin1(index));
    else return this.#readValue(call, index);
    return index + 1;
  }

  #readValue(call: Call, index: number): number {
    const { args } = call;
    const value = index + 1;
    if (args.is(index, 'IDLE')) this.time = nowOf(call) - args.integer(value, errors.claimIdle);
    else if (args.is(index, 'TIME')) this.time = args.integer(value, errors.claimTime);
    else if (args.is(index, 'RETRYCOUNT')) this.deliveries = args.integer64(value, errors.claimRetryCount);
    else if (args.is(index, 'LASTID')) idAt(args, value, this.lastId);
    else throw unrecognizedClaimOption(args.latin1(index));
    return index + 2;
  }
}

const options = new ClaimOptions();

const isId = ({ args }: Call, index: number): boolean => {
  const form = readStreamId(args.buffer, args.start(index), args.length(index), id);
  return form === 'whole' || form === 'milliseconds';
};

const xclaim: Handler = (call) => {
  const { args, keyspace, reply } = call;
  const entry = streamWithGroup(call);
  const { group } = keyspace.streams.groups;
  const idle = args.integer(4, errors.claimIdleTime);
  options.read(call);
  if (group.compareLast(options.lastId) > 0) {
    group.setLastId(options.lastId);
    keyspace.statistics.changes++;
  }
  const mark = reply.length;
  let claimed = 0;
  for (let i = FIRST_ID; i < options.endOfIds; i++) {
    idAt(args, i, id);
    if (claim(call, entry, group, idle)) claimed++;
  }
  reply.arrayBefore(mark, claimed);
};

/** Claims the entry of {@link id} and replies with it. @returns false if nothing was claimed. */
const claim = (call: Call, entry: number, group: StreamGroup, idle: number): boolean => {
  const { keyspace } = call;
  const { pending } = keyspace.streams.groups;
  const address = pending.find(group, id);
  if (!keyspace.streams.find(keyspace.streams.header(entry), id)) {
    if (address !== 0) pending.remove(group, address);
    return false;
  }
  if (address === 0 && !options.force) return false;
  if (address !== 0 && idle > 0 && nowOf(call) - pending.entry.time < idle) return false;
  const consumer = ensureConsumer(call, group, CONSUMER);
  if (address === 0) pending.add(group, consumer, id, 0, false);
  else pending.give(address, consumer);
  pending.entry.time = timeOf(call);
  if (options.deliveries >= 0n) pending.entry.deliveries = options.deliveries;
  else if (!options.justId) pending.entry.deliveries++;
  replyClaimed(call, consumer, id, options.justId);
  return true;
};

/** The entry at the cursor has come to a consumer: notes that, and replies with the entry or with its id alone. */
export const replyClaimed = (call: Call, consumer: StreamConsumer, id: StreamId, justId: boolean): void => {
  const { keyspace, reply } = call;
  consumer.seen = nowOf(call);
  consumer.active = nowOf(call);
  keyspace.statistics.changes++;
  if (justId) replyId(reply, id);
  else replyEntry(reply, keyspace.streams.cursor);
};

/** A time that cannot be is taken for now: clients reckon with clocks of their own. */
const timeOf = (call: Call): number => {
  const now = nowOf(call);
  const { time } = options;
  return time === undefined || time < 0 || time > now ? now : time;
};

/** XCLAIM. */
export const streamClaims = {
  xclaim: {
    arity: -6,
    flags: ['write', 'fast'],
    keys: oneKey('RW update'),
    syntax:
      'key group consumer min-idle-time id [id ...] [IDLE ms] [TIME unix-time-milliseconds] [RETRYCOUNT count] ' +
      '[FORCE] [JUSTID] [LASTID id]',
    since: '5.0.0',
    complexity: 'O(log N) for each id, when N is the number of pending entries',
    tips: ['nondeterministic_output'],
    summary: 'Gives pending entries to another consumer of the group and returns them.',
    run: xclaim,
  },
} satisfies CommandGroup;
