import { elementOf, HASH, SET, SHORT_LIST, SORTED_SET } from './collection.ts';
import { encode, keyOf } from './requests.ts';

const KEYS = 100_000;
const LIST_ELEMENTS = 1000;

/** Commands that the engine is timed with. */
export interface Kind {
  readonly name: string;
  /** What `--rows` selects it by. */
  readonly group: string;
  /** Makes one; two that keep a collection as large as it is come as a pair. */
  readonly commands: () => readonly Buffer[];
}

const any = (): number => Math.floor(Math.random() * KEYS);
const anyKey = (): string => keyOf(any());
const anyCounter = (): string => anyKey().replace('key:', 'num:');
const TEN = Array.from({ length: 10 });
const command = (...words: readonly string[]): Buffer[] => [encode(...words)];
const pair = (one: readonly string[], other: readonly string[]): Buffer[] => [
  encode(...one),
  encode(...other),
];

const LIST = 'mylist';

/** What must be there before the kinds are timed: every key, and a list. */
export const FILLING: readonly Buffer[] = [
  ...Array.from({ length: KEYS }, (_, n) => encode('SET', keyOf(n), 'xxx')),
  encode(
    SHORT_LIST.add,
    LIST,
    ...Array.from({ length: LIST_ELEMENTS }, (_, n) => SHORT_LIST.words(n)).flat(),
  ),
];

export const KINDS: readonly Kind[] = [
  { name: 'PING', group: 'ping_mbulk', commands: () => command('PING') },
  { name: 'SET', group: 'set', commands: () => command('SET', anyKey(), 'xxx') },
  { name: 'GET', group: 'get', commands: () => command('GET', anyKey()) },
  { name: 'INCR', group: 'incr', commands: () => command('INCR', anyCounter()) },
  { name: 'MSET', group: 'mset', commands: () => command('MSET', ...TEN.flatMap(() => [anyKey(), 'xxx'])) },
  { name: 'LPUSH, RPOP', group: 'lpush', commands: () => pair(['LPUSH', LIST, 'xxx'], ['RPOP', LIST]) },
  { name: 'RPUSH, LPOP', group: 'rpush', commands: () => pair(['RPUSH', LIST, 'xxx'], ['LPOP', LIST]) },
  { name: 'HSET', group: 'hset', commands: () => command('HSET', 'myhash', ...HASH.words(any())) },
  { name: 'HGET', group: 'hset', commands: () => command('HGET', 'myhash', elementOf(any())) },
  { name: 'SADD', group: 'sadd', commands: () => command('SADD', 'myset', ...SET.words(any())) },
  { name: 'SADD, SPOP', group: 'spop', commands: () => pair(['SADD', 's', elementOf(any())], ['SPOP', 's']) },
  { name: 'ZADD', group: 'zadd', commands: () => command('ZADD', 'myzset', String(any()), elementOf(any())) },
  {
    name: 'ZADD, ZPOPMIN',
    group: 'zpopmin',
    commands: () => pair(['ZADD', 'z', ...SORTED_SET.words(any())], ['ZPOPMIN', 'z']),
  },
  { name: 'LRANGE, 100', group: 'lrange_100', commands: () => command('LRANGE', LIST, '0', '99') },
  { name: 'LRANGE, 600', group: 'lrange_600', commands: () => command('LRANGE', LIST, '0', '599') },
];
