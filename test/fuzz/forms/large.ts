import fc from 'fast-check';
import { type Form, form, intact, together } from '../form.ts';
import { keyOf } from '../keys.ts';
import { among, maybe, type Words } from '../words.ts';

const MEMBERS = 400;

const number = fc.integer({ min: 0, max: MEMBERS });
const member = number.map((n) => `m${n}`);
const position = fc.integer({ min: -MEMBERS, max: MEMBERS }).map(String);
const score = fc.integer({ min: 0, max: 60 }).map(String);
const portion = fc.integer({ min: 1, max: 120 }).map(String);

/** Very many: some hundred members in a row, each written by `write`. */
const bulk = (write: (n: number) => readonly string[]): Words =>
  fc
    .tuple(number, fc.integer({ min: 20, max: 200 }), fc.constantFrom(1, 3, 7))
    .map(([first, count, step]) => Array.from({ length: count }, (_, i) => write(first + i * step)).flat());

const named = bulk((n) => [`m${n}`]);
const scored = bulk((n) => [String((n * 37) % 60), `m${n}`]);
/** Members whose numbers stand in no order, so that a tree is met everywhere. */
const scattered = bulk((n) => [String(n % 5), `m${(n * 131) % MEMBERS}`]);
const list = keyOf('lists');
const hash = keyOf('hashes');
const set = keyOf('sets');
const sortedSet = keyOf('sortedSets');
const stream = keyOf('streams');

const lists: readonly Form[] = [
  form('RPUSH', list, named),
  form('LPUSH', list, named),
  form('LRANGE', list, position, position),
  form('LINDEX', list, position),
  form('LSET', list, position, member),
  form('LINSERT', list, among('BEFORE', 'AFTER'), member, member),
  form('LREM', list, among('0', '1', '-1', '-3'), member),
  form('LTRIM', list, position, position),
  form('LPOS', list, member, maybe('RANK', among('1', '-1', '2')), maybe('COUNT', '0')),
  form('LPOP', list, portion),
  form('RPOP', list, portion),
];

const hashesAndSets: readonly Form[] = [
  form(
    'HSET',
    hash,
    bulk((n) => [`m${n}`, String(n)]),
  ),
  form('HDEL', hash, named),
  form('HMGET', hash, named),
  form('HGETALL', hash),
  form('HSCAN', hash, '0', 'COUNT', '10000'),
  form('SADD', set, named),
  form(
    'SADD',
    set,
    bulk((n) => [String(n)]),
  ),
  form('SREM', set, named),
  form('SMISMEMBER', set, named),
  form('SINTERSTORE', set, set, set),
  form('SUNIONSTORE', set, set, set),
  form('SDIFFSTORE', set, set, set),
  intact('SSCAN', set, '0', 'COUNT', '10000'),
];

const sortedSets: readonly Form[] = [
  form('ZADD', sortedSet, scored),
  form('ZADD', sortedSet, scattered),
  form('ZREM', sortedSet, named),
  form('ZINCRBY', sortedSet, score, member),
  intact('ZRANK', sortedSet, member),
  intact('ZREVRANK', sortedSet, member),
  form('ZCOUNT', sortedSet, score, score),
  form('ZRANGE', sortedSet, position, position, maybe('REV'), 'WITHSCORES'),
  form('ZRANGEBYSCORE', sortedSet, score, score, maybe('LIMIT', portion, portion)),
  form('ZREMRANGEBYRANK', sortedSet, position, position),
  form('ZREMRANGEBYSCORE', sortedSet, score, score),
  form('ZPOPMIN', sortedSet, portion),
  form('ZPOPMAX', sortedSet, portion),
  form('ZUNIONSTORE', sortedSet, '2', sortedSet, sortedSet),
  form('ZINTERSTORE', sortedSet, '2', sortedSet, set),
  form('ZDIFFSTORE', sortedSet, '2', sortedSet, sortedSet),
  together(
    intact('DEL', 'z1'),
    intact(
      'ZADD',
      'z1',
      bulk((n) => ['0', `m${n}`]),
    ),
    form(
      'ZLEXCOUNT',
      'z1',
      member.map((text) => `[${text}`),
      member.map((text) => `(${text}`),
    ),
    form(
      'ZREMRANGEBYLEX',
      'z1',
      member.map((text) => `(${text}`),
      '+',
    ),
  ),
];

const entryId = fc.integer({ min: 0, max: 300 }).map((n) => `1-${n}`);
const entries = together(...Array.from({ length: 40 }, () => intact('XADD', 'x1', '1-*', 'a', member)));

const streams: readonly Form[] = [
  entries,
  entries,
  form('XRANGE', stream, entryId, entryId),
  form('XREVRANGE', stream, entryId, entryId, 'COUNT', portion),
  form(
    'XDEL',
    stream,
    bulk((n) => [`1-${n}`]),
  ),
  form('XTRIM', stream, 'MAXLEN', portion),
  form('XTRIM', stream, 'MINID', entryId),
  form('XGROUP', 'CREATE', stream, 'g', '0'),
  form('XREADGROUP', 'GROUP', 'g', among('c', 'd'), 'COUNT', portion, 'STREAMS', stream, '>'),
  form(
    'XACK',
    stream,
    'g',
    bulk((n) => [`1-${n}`]),
  ),
  form('XPENDING', stream, 'g', entryId, '+', portion),
  form(
    'XCLAIM',
    stream,
    'g',
    among('c', 'd'),
    '0',
    bulk((n) => [`1-${n}`]),
  ),
  form('XAUTOCLAIM', stream, 'g', among('c', 'd'), '0', entryId, 'COUNT', portion),
];

/** Hundreds of elements at once: enough to split the nodes of trees and the segments of tables. */
export const large: readonly Form[] = [...lists, ...hashesAndSets, ...sortedSets, ...streams];

/** Thresholds under which some hundred elements are still one block. */
export const wideThresholds: readonly Form[] = [
  intact('CONFIG', 'SET', ...wide('hash-max-listpack-entries', 'zset-max-listpack-entries')),
  intact('CONFIG', 'SET', ...wide('set-max-intset-entries', 'stream-node-max-entries')),
];

function wide(...names: readonly string[]): (string | fc.Arbitrary<string>)[] {
  return names.flatMap((name) => [name, among('50', '200', '1000')]);
}
