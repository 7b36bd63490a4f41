import fc from 'fast-check';
import * as v from './values.ts';
import { some, upTo, type Words, words } from './words.ts';

/** Few, so that commands meet; texts, integers and what is too long for a listpack. */
const member = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'aa', 'ab', 'b\x00') },
  { weight: 4, arbitrary: fc.integer({ min: -3, max: 12 }).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', '-0', '007', '9223372036854775807', '9223372036854775808', '\xff'),
  },
  { weight: 1, arbitrary: fc.constantFrom('x'.repeat(64), 'x'.repeat(65)) },
);
const score = fc.oneof(
  { weight: 10, arbitrary: fc.integer({ min: -3, max: 6 }).map(String) },
  { weight: 4, arbitrary: v.float },
  { weight: 2, arbitrary: fc.double({ noNaN: true }).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('inf', '-inf', '-0', '1e400', '1e-400', '1e17', '0x1p3', '9007199254740993'),
  },
);
const scoreLimit = fc.oneof(
  { weight: 8, arbitrary: score },
  { weight: 3, arbitrary: score.map((text) => `(${text}`) },
  { weight: 3, arbitrary: fc.constantFrom('-inf', '+inf', 'inf', '(inf', '') },
);
const rank = fc.oneof(
  { weight: 10, arbitrary: fc.integer({ min: -8, max: 8 }).map(String) },
  { weight: 1, arbitrary: v.integer },
);
const limit = upTo(1, words('LIMIT', rank, rank));
const withScores = upTo(1, words('WITHSCORES'));
const reverse = upTo(1, words('REV'));
const addOptions = upTo(3, words(fc.constantFrom('NX', 'XX', 'GT', 'LT', 'CH', 'CH')));
const keys: Words = fc
  .array(v.key, { minLength: 1, maxLength: 3 })
  .chain((some) =>
    fc
      .constantFrom(String(some.length), String(some.length), String(some.length), '0', '4', 'x')
      .map((count) => [count, ...some]),
  );
const weights: Words = fc.oneof(
  fc.constant([]),
  some(3, words(score)).map((each) => ['WEIGHTS', ...each]),
  words('AGGREGATE', fc.constantFrom('SUM', 'MIN', 'MAX', 'FOO')),
);
const extreme = fc.constantFrom('MIN', 'MAX', 'MIN', 'MAX', 'FOO');
const count = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 4 }).map(String) },
  { weight: 1, arbitrary: v.integer },
);

/** Without ranges of names: where scores differ, Redis's answer depends on how it keeps the set, and on chance. */
export const sortedSetReads: readonly Words[] = [
  words('ZCARD', v.key),
  words('ZSCORE', v.key, member),
  words('ZMSCORE', v.key, some(3, words(member))),
  words('ZRANK', v.key, member),
  words('ZREVRANK', v.key, member),
  words('ZCOUNT', v.key, scoreLimit, scoreLimit),
  words('ZRANGE', v.key, rank, rank, reverse, withScores),
  words('ZRANGE', v.key, scoreLimit, scoreLimit, 'BYSCORE', reverse, limit, withScores),
  words('ZREVRANGE', v.key, rank, rank, withScores),
  words('ZRANGEBYSCORE', v.key, scoreLimit, scoreLimit, withScores, limit),
  words('ZREVRANGEBYSCORE', v.key, scoreLimit, scoreLimit, withScores, limit),
  words('ZUNION', keys, weights, withScores),
  words('ZINTER', keys, weights, withScores),
  words('ZDIFF', keys, withScores),
  words('ZINTERCARD', keys, upTo(1, words('LIMIT', rank))),
  words('ZSCAN', v.key, '0', 'COUNT', '1000'),
  words('OBJECT', 'ENCODING', v.key),
];

export const sortedSetWrites: readonly Words[] = [
  words('ZADD', v.key, some(6, words(score, member))),
  words('ZADD', v.key, some(6, words(score, member))),
  words('ZADD', v.key, addOptions, some(3, words(score, member))),
  words('ZADD', v.key, addOptions, 'INCR', score, member),
  words('SADD', v.key, some(3, words(member))),
  words('ZINCRBY', v.key, score, member),
  words('ZREM', v.key, some(3, words(member))),
  words('ZPOPMIN', v.key, upTo(1, words(count))),
  words('ZPOPMAX', v.key, upTo(1, words(count))),
  words('ZMPOP', keys, extreme, upTo(1, words('COUNT', count))),
  words('ZREMRANGEBYRANK', v.key, rank, rank),
  words('ZREMRANGEBYSCORE', v.key, scoreLimit, scoreLimit),
  words('ZRANGESTORE', v.key, v.key, rank, rank, reverse),
  words('ZRANGESTORE', v.key, v.key, scoreLimit, scoreLimit, 'BYSCORE', reverse, limit),
  words('ZUNIONSTORE', v.key, keys, weights),
  words('ZINTERSTORE', v.key, keys, weights),
  words('ZDIFFSTORE', v.key, keys),
  words('CONFIG', 'SET', 'zset-max-listpack-entries', fc.constantFrom('0', '3', '3', '128')),
];
