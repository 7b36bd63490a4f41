import fc from 'fast-check';
import { element, pattern, randomCount, wholeScan } from '../elements.ts';
import { type Form, form, intact } from '../form.ts';
import { keyOf } from '../keys.ts';
import { float, integer } from '../values.ts';
import { maybe, some, words } from '../words.ts';

const key = keyOf('hashes');
const field = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('a', 'b', 'c', 'd', '1', '2') }, element);
const value = fc.oneof({ weight: 3, arbitrary: element }, float);

export const hashes: readonly Form[] = [
  form('HSET', key, some(4, words(field, value))),
  form('HSET', key, some(4, words(field, value))),
  form('HMSET', key, some(4, words(field, value))),
  form('HSETNX', key, field, value),
  form('HGET', key, field),
  form('HMGET', key, some(4, field)),
  form('HDEL', key, some(4, field)),
  form('HLEN', key),
  form('HSTRLEN', key, field),
  form('HEXISTS', key, field),
  form('HGETALL', key),
  form('HKEYS', key),
  form('HVALS', key),
  form('HINCRBY', key, field, integer),
  form('HINCRBYFLOAT', key, field, float),
  form('HRANDFIELD', key, maybe(randomCount)),
  form('HRANDFIELD', key, randomCount, 'WITHVALUES'),
  intact('HSCAN', key, wholeScan, maybe('MATCH', pattern)),
];
