import fc from 'fast-check';
import { count, element, index, numbered, pattern, randomCount, shortWait, wholeScan } from '../elements.ts';
import { type Form, form, intact } from '../form.ts';
import { keyOf } from '../keys.ts';
import { among, maybe, some, upTo, words } from '../words.ts';
import { finiteScore, score, scoreBound } from './scores.ts';

const key = keyOf('sortedSets');
/** A sorted set mostly, or a set. */
const input = fc.oneof({ weight: 4, arbitrary: key }, keyOf('sets'));
const scoredMembers = some(5, words(score, element));
const withScores = maybe('WITHSCORES');
const limit = maybe('LIMIT', index, index);
const addOption = upTo(3, among('NX', 'XX', 'GT', 'LT', 'CH', 'CH', 'FOO'));
const aggregate = maybe('AGGREGATE', among('SUM', 'MIN', 'MAX', 'SUM', 'MIN', 'MAX', 'FOO'));
const weighted = fc
  .array(fc.tuple(input, finiteScore), { minLength: 1, maxLength: 3 })
  .map((pairs) => [
    ...[String(pairs.length), ...pairs.map(([name]) => name)],
    ...['WEIGHTS', ...pairs.map(([, weight]) => weight)],
  ]);
const inputs = fc.oneof(numbered(input), weighted);
const end = among('MIN', 'MAX', 'MIN', 'MAX', 'FOO');

const members: readonly Form[] = [
  form('ZADD', key, scoredMembers),
  form('ZADD', key, scoredMembers),
  form('ZADD', key, addOption, scoredMembers),
  form('ZADD', key, addOption, 'INCR', score, element),
  form('ZINCRBY', key, score, element),
  form('ZREM', key, some(4, element)),
  form('ZCARD', key),
  form('ZSCORE', key, element),
  form('ZMSCORE', key, some(4, element)),
  // With an argument more 7.2 knows what 7.0 refuses.
  intact('ZRANK', key, element),
  intact('ZREVRANK', key, element),
  form('ZRANDMEMBER', key, maybe(randomCount)),
  form('ZRANDMEMBER', key, randomCount, 'WITHSCORES'),
  intact('ZSCAN', key, wholeScan, maybe('MATCH', pattern)),
  form('ZPOPMIN', key, maybe(count)),
  form('ZPOPMAX', key, maybe(count)),
  form('ZMPOP', numbered(key), end, maybe('COUNT', count)),
];

const ranges: readonly Form[] = [
  form('ZRANGE', key, index, index, maybe('REV'), withScores),
  form('ZRANGE', key, scoreBound, scoreBound, 'BYSCORE', maybe('REV'), limit, withScores),
  form('ZRANGE', key, index, index, upTo(3, among('REV', 'BYSCORE', 'WITHSCORES', 'FOO', 'LIMIT'))),
  form('ZREVRANGE', key, index, index, withScores),
  form('ZRANGEBYSCORE', key, scoreBound, scoreBound, withScores, limit),
  form('ZREVRANGEBYSCORE', key, scoreBound, scoreBound, withScores, limit),
  form('ZCOUNT', key, scoreBound, scoreBound),
  form('ZRANGESTORE', key, key, index, index, maybe('REV')),
  form('ZRANGESTORE', key, key, scoreBound, scoreBound, 'BYSCORE', maybe('REV'), limit),
  form('ZREMRANGEBYRANK', key, index, index),
  form('ZREMRANGEBYSCORE', key, scoreBound, scoreBound),
];

const combinations: readonly Form[] = [
  form('ZUNION', inputs, aggregate, withScores),
  form('ZINTER', inputs, aggregate, withScores),
  form('ZDIFF', numbered(input), withScores),
  form('ZUNIONSTORE', key, inputs, aggregate),
  form('ZINTERSTORE', key, inputs, aggregate),
  form('ZDIFFSTORE', key, numbered(input)),
  form('ZINTERCARD', numbered(input), maybe('LIMIT', count)),
];

export const sortedSets: readonly Form[] = [...members, ...members, ...ranges, ...combinations];

/** The same for clients that would wait. */
export const blockingSortedSets: readonly Form[] = [
  form('BZPOPMIN', some(3, key), shortWait),
  form('BZPOPMAX', some(3, key), shortWait),
  form('BZMPOP', shortWait, numbered(key), end, maybe('COUNT', count)),
];
