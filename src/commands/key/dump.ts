import { errors } from '../../errors.ts';
import { NO_EXPIRY } from '../../keyspace/database.ts';
import { ValueBuilder } from '../../keyspace/value-builder.ts';
import { dumpValue, NOTHING_LEFT } from '../../keyspace/value-dump.ts';
import { BadPayload } from '../../rdb/bad-payload.ts';
import { valueEnd } from '../../rdb/payload.ts';
import { RdbReader } from '../../rdb/rdb-reader.ts';
import { RdbWriter } from '../../rdb/rdb-writer.ts';
import { MAX_INT64 } from '../../resp/number.ts';
import type { Arguments } from '../arguments.ts';
import { type Call, type CommandGroup, type Handler, oneKey } from '../command.ts';

const MAX_FREQUENCY = 255;
const OPTIONS_AT = 4;

const writer = new RdbWriter();

const dump: Handler = ({ args, database, keyspace, reply }) => {
  const entry = database.read(args.buffer, args.start(1), args.length(1));
  if (entry === 0) return reply.null();
  writer.clear();
  const version = dumpValue(keyspace, entry, writer);
  if (version === NOTHING_LEFT) return reply.null();
  writer.seal(0, version);
  reply.bulk(writer.bytes, 0, writer.length);
  writer.clear();
};

interface RestoreOptions {
  replaces: boolean;
  isAbsolute: boolean;
  /** Seconds since the last access, and the counter of accesses; -1 if not told. */
  idleSeconds: number;
  frequency: number;
}

const restoreOptions = (args: Arguments): RestoreOptions => {
  const options = { replaces: false, isAbsolute: false, idleSeconds: -1, frequency: -1 };
  for (let i = OPTIONS_AT; i < args.count; i++) {
    const hasValue = i + 1 < args.count;
    if (args.is(i, 'REPLACE')) options.replaces = true;
    else if (args.is(i, 'ABSTTL')) options.isAbsolute = true;
    else if (args.is(i, 'IDLETIME') && hasValue && options.frequency === -1) {
      options.idleSeconds = args.integer(++i);
      if (options.idleSeconds < 0) throw errors.invalidIdleTime;
    } else if (args.is(i, 'FREQ') && hasValue && options.idleSeconds === -1) {
      options.frequency = args.integer(++i);
      if (options.frequency < 0 || options.frequency > MAX_FREQUENCY) throw errors.invalidFrequency;
    } else throw errors.syntax;
  }
  return options;
};

/** When the key is to expire, or NO_EXPIRY; a time that 64 bits cannot hold has come, as in Redis. */
const expiryOf = ({ args, keyspace }: Call, isAbsolute: boolean): number => {
  const ttl = args.integer64(2);
  if (ttl < 0n) throw errors.invalidTtl;
  if (ttl === 0n) return NO_EXPIRY;
  const at = isAbsolute ? ttl : ttl + BigInt(Math.floor(keyspace.now));
  return at > MAX_INT64 ? 1 : Number(at);
};

/** Reads the payload of argument 3. @returns an entry in no database; 0 if nothing is left of the value */
const buildEntry = ({ args, keyspace }: Call, expiry: number): number => {
  const { buffer } = args;
  const start = args.start(3);
  const end = valueEnd(buffer, start, args.length(3));
  if (end < 0) throw errors.badPayload;
  const key = { bytes: buffer, start: args.start(1), length: args.length(1) };
  try {
    return new ValueBuilder(keyspace, key, expiry).build(new RdbReader(buffer, start, end));
  } catch (error) {
    throw error instanceof BadPayload ? errors.badFormat : error;
  }
};

const restore: Handler = (call) => {
  const { args, database, keyspace, reply } = call;
  const options = restoreOptions(args);
  const found = database.write(args.buffer, args.start(1), args.length(1));
  if (found !== 0 && !options.replaces) throw errors.busyKey;
  const expiry = expiryOf(call, options.isAbsolute);
  const entry = buildEntry(call, expiry);
  const isGone = entry === 0 || (expiry !== NO_EXPIRY && expiry <= keyspace.now);
  if (isGone) {
    if (entry !== 0) keyspace.release(entry);
    if (found !== 0) database.removeFound(found);
    return reply.ok();
  }
  database.put(found, entry);
  keyspace.access.restart(entry, keyspace.now);
  if (options.idleSeconds >= 0) keyspace.access.setIdleSeconds(entry, options.idleSeconds, keyspace.now);
  if (options.frequency >= 0) keyspace.access.setCounter(entry, options.frequency, keyspace.now);
  reply.ok();
};

/** DUMP and RESTORE: values as bytes that another server understands. */
export const dumping = {
  dump: {
    arity: 2,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: 'key',
    since: '2.6.0',
    complexity: 'O(N), when N is the number of bytes of the value',
    tips: ['nondeterministic_output'],
    summary: 'Returns the value of a key as bytes that RESTORE understands, here or in another server.',
    run: dump,
  },
  restore: {
    arity: -4,
    flags: ['write', 'denyoom'],
    categories: ['keyspace', 'dangerous'],
    keys: oneKey('OW update'),
    syntax: 'key ttl serialized-value [REPLACE] [ABSTTL] [IDLETIME seconds] [FREQ frequency]',
    since: '2.6.0',
    complexity:
      'O(N), when N is the number of bytes of the value; O(N*log(N)) in its members for a sorted set',
    summary: 'Gives a key the value that DUMP has returned.',
    run: restore,
  },
} satisfies CommandGroup;
